internal import Core
internal import Diagnosis
internal import Pages

// What GitHub's runners show of a job: annotations, a summary, and outputs of a step.
extension Report {
  /// Workflow commands, worst first; a runner shows ten errors and ten warnings of a step, and drops the
  /// rest without a word.
  ///
  /// - Parameter path: of the configuration, where checks have their lines.
  package func gitHubAnnotations(of path: String) -> [String] {
    var commands: [String] = []
    if let fault = setUp.first(where: { $0.severity == .error }) {
      commands.append(
        command("error", "unmask set-up", "\(fault.title.plain): \(fault.statement.plain)", path))
    }
    if !inputs.isComplete {
      let cause = inputs.problems.causes.first?.first.problem.description ?? ""
      commands.append(
        command(
          "error", "unmask inputs",
          "\(Figure.count(inputs.problems.count, "image")) could not be used: \(cause)", path))
    }
    for (kind, results) in [("error", gates.failed), ("warning", gates.warned)] {
      for result in results.prefix(Report.mostAnnotations) {
        commands.append(
          command(kind, "unmask \(result.gate.id)", result.line.plain, path, result.gate.line))
      }
      let left = results.count - Report.mostAnnotations
      if left > 0 {
        commands.append(
          command("notice", "unmask", "\(left) more \(kind)s: see gates.csv", path))
      }
    }
    return commands
  }

  private static let mostAnnotations = 8

  private func command(
    _ kind: String, _ title: String, _ text: String, _ path: String, _ line: Int? = nil
  ) -> String {
    let line = line.map { ",line=\($0)" } ?? ""
    return
      "::\(kind) file=\(escaped(path, isProperty: true))\(line),title=\(escaped(title, isProperty: true))::\(escaped(text, isProperty: false))"
  }

  /// As actions/toolkit escapes data and properties.
  private func escaped(_ text: String, isProperty: Bool) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// The report for `$GITHUB_STEP_SUMMARY`; above a limit the runner would show none of it.
  package var gitHubSummary: String {
    let whole = page.markdown
    return whole.utf8.count <= Report.mostSummaryBytes ? whole : shortPage.markdown
  }

  private static let mostSummaryBytes = 256 * 1024

  /// `name=value`, a line each, of characters that cannot end a line or begin another value.
  package func gitHubOutputs(reportAt place: String) -> String {
    let worst = headline.poorClasses.first?.name ?? ""
    let hidden = headline.classes.filter { $0.verdict == .hidden }.map(\.name)
    let values = [
      ("verdict", headline.verdict?.rawValue ?? "none"),
      ("gates_failed", "\(gates.failed.count)"), ("worst_class", worst),
      ("hidden_classes", hidden.joined(separator: ",")), ("report", place),
    ]
    return values.map { name, value in "\(name)=\(plain(value))\n" }.joined()
  }

  private func plain(_ value: String) -> String {
    String(
      value.map { character in
        character.isASCII && (character.isLetter || character.isNumber)
          || "_.,/-".contains(character) ? character : "_"
      })
  }
}
