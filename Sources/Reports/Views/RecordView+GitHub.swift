internal import Core
internal import Pages

// What GitHub's runners show of a job: annotations, a summary, and outputs of a step.
extension RecordView {
  /// Workflow commands, worst first; a runner shows ten errors and ten warnings of a step, and drops the
  /// rest without a word.
  package var gitHubAnnotations: [String] {
    let kinds = [(Notice.Kind.error, "error"), (.warning, "warning")]
    var shown = kinds.map { _ in 0 }
    var commands: [String] = []
    for notice in notices {
      for (place, (kind, word)) in kinds.enumerated() where notice.kind == kind {
        shown[place] += 1
        if shown[place] <= mostAnnotations { commands.append(command(word, notice)) }
      }
    }
    return commands
      + zip(kinds, shown).filter { $1 > mostAnnotations }.map { kind, count in
        "::notice title=unmask::\(Figure.count(count - mostAnnotations, "more \(kind.1)")): see the report"
      }
  }

  private func command(_ kind: String, _ notice: Notice) -> String {
    let line = notice.line.map { ",line=\($0)" } ?? ""
    return
      "::\(kind) file=\(escaped(configuration, isProperty: true))\(line),title=\(escaped("unmask \(notice.id)", isProperty: true))::\(escaped(notice.text, isProperty: false))"
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

  /// The report for `$GITHUB_STEP_SUMMARY`; above 1 MiB the runner would show none of it.
  package var gitHubSummary: String { record.page.markdown(within: 256 * 1024) }

  /// `name=value`, a line each, of characters that cannot end a line or begin another value.
  package func gitHubOutputs(reportAt place: String) -> String {
    let poor = record.status.hidden + record.status.muted + record.status.exposed
    let values = [
      ("verdict", record.status.verdict ?? "none"),
      ("gates_failed", "\(record.checks.count { $0.state == "fail" })"),
      ("worst_class", poor.first ?? ""),
      ("hidden_classes", record.status.hidden.joined(separator: ",")), ("report", place),
    ]
    return values.map { name, value in "\(name)=\(plain(value, besides: "_.,/-"))\n" }.joined()
  }
}

private let mostAnnotations = 8

/// With `_` in place of whatever is neither an ASCII letter, a digit nor one of `others`.
func plain(_ value: String, besides others: String) -> String {
  String(
    value.map { character in
      character.isASCII && (character.isLetter || character.isNumber)
        || others.contains(character) ? character : "_"
    })
}
