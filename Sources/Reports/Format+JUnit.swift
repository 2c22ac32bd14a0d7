internal import Core
internal import Diagnosis
internal import Pages

extension Format {
  /// For CI systems that show test results: what could not be read, and the checks.
  package static let junit = Format("junit", run: [ReportFile("junit.xml") { $0.junit }])
}

extension Report {
  /// JUnit's XML as GitLab, Jenkins and GitHub's reporters read it: names carry ids and never values, since
  /// histories go by names; what GitLab shows is the text of a failure, and Jenkins its message.
  fileprivate var junit: String {
    let inputs = inputCases
    let checks = gates.map(\.junitCase)
    let suites = [("unmask.inputs", inputs), ("unmask.checks", checks)]
    let all = inputs + checks
    func counts(_ cases: [JUnitCase]) -> String {
      "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.kind == .failure })\" errors=\"\(cases.count { $0.kind == .error })\" skipped=\"\(cases.count { $0.kind == .skipped })\""
    }
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"unmask\" \(counts(all))>\n"
    for (name, cases) in suites {
      text += "  <testsuite name=\"\(name)\" \(counts(cases))>\n"
      for each in cases { text += each.text }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  /// One case where all inputs were used, or one a cause.
  private var inputCases: [JUnitCase] {
    if let fault = setUp.first(where: { $0.severity == .error }) {
      return [
        JUnitCase(
          suite: "unmask.inputs", name: "set-up", kind: .error, message: fault.title.plain,
          body: "\(fault.statement.plain). \(fault.remedy.plain)")
      ]
    }
    let causes = inputs.problems.causes
    guard !causes.isEmpty else {
      return [JUnitCase(suite: "unmask.inputs", name: "images", kind: .passed)]
    }
    return causes.prefix(Report.mostCauses).enumerated().map { index, cause in
      JUnitCase(
        suite: "unmask.inputs", name: index == 0 ? "images" : "images-\(index + 1)", kind: .error,
        message: "\(Figure.count(cause.problems.count, "image")) could not be used",
        body: cause.first.problem.description)
    }
  }

  private static let mostCauses = 100
}

/// One test case, as its consumers want it.
private struct JUnitCase {
  enum Kind { case passed, warned, failure, error, skipped }

  var suite: String
  var name: String
  var kind: Kind
  var message = ""
  var body = ""
  var line: Int?

  /// Escaped for XML 1.0, without the characters that it cannot hold.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{20}"..."\u{d7ff}", "\u{e000}"..."\u{fffd}", "\u{10000}"..."\u{10ffff}":
        result.unicodeScalars.append(scalar)
      default: result += "\u{fffd}"
      }
    }
    return result
  }

  var text: String {
    let place = line.map { " line=\"\($0)\"" } ?? ""
    let head =
      "    <testcase classname=\"\(escaped(suite))\" name=\"\(escaped(name))\"\(place)"
    func with(_ element: String, _ type: String? = nil) -> String {
      let type = type.map { " type=\"\($0)\"" } ?? ""
      return
        "\(head)>\n      <\(element) message=\"\(escaped(message))\"\(type)>\(escaped(body))</\(element)>\n    </testcase>\n"
    }
    return switch kind {
    case .passed: "\(head)/>\n"
    case .warned: "\(head)>\n      <system-out>\(escaped(body))</system-out>\n    </testcase>\n"
    case .failure: with("failure", "CheckFailed")
    case .error: with("error", "InputError")
    case .skipped: with("skipped")
    }
  }
}

extension GateResult {
  fileprivate var junitCase: JUnitCase {
    let kind: JUnitCase.Kind =
      switch (state, outcome) {
      case (.fail, _): .failure
      case (.warn, _): .warned
      case (.pass, .missing), (.pass, .insufficient), (.pass, .unjudged): .skipped
      case (.pass, _): .passed
      }
    return JUnitCase(
      suite: "unmask.checks.\(gate.id)", name: className ?? gate.id, kind: kind,
      message: line.plain, body: line.plain, line: gate.line)
  }
}
