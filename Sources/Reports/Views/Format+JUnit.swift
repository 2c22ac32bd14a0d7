internal import Core

extension Format {
  /// For CI systems that show test results: what could not be read, and the checks.
  package static let junit = Format("junit", views: [ReportFile("junit.xml") { $0.junit }])
}

extension RecordView {
  /// JUnit's XML as GitLab, Jenkins and GitHub's reporters read it: names carry ids and never values, since
  /// histories go by names; what GitLab shows is the text of a failure, and Jenkins its message.
  fileprivate var junit: String {
    let inputs = inputCases
    let checks = record.checks.map(\.junitCase)
    let suites = [("unmask.inputs", inputs), ("unmask.checks", checks)]
    let all = inputs + checks
    func counts(_ cases: [JUnitCase]) -> String {
      "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.kind == .failure })\" errors=\"\(cases.count { $0.kind == .error })\" skipped=\"\(cases.count { $0.kind == .skipped })\""
    }
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"unmask\" \(counts(all))>\n"
    for (name, cases) in suites {
      text += "  <testsuite name=\"\(name)\" \(counts(cases))>\n"
      for each in cases { text += each.text(in: configuration) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  /// One case where all inputs were used, or one a cause.
  private var inputCases: [JUnitCase] {
    if let fault = record.setup.first(where: { $0.severity == "error" }) {
      return [
        JUnitCase(
          suite: "unmask.inputs", name: "set-up", kind: .error, message: fault.title,
          body: "\(fault.statement) \(fault.remedy)")
      ]
    }
    let causes = record.problems.map(\.problem).causes
    guard !causes.isEmpty else {
      return [JUnitCase(suite: "unmask.inputs", name: "images", kind: .passed)]
    }
    return causes.prefix(mostCauses).enumerated().map { index, cause in
      JUnitCase(
        suite: "unmask.inputs", name: index == 0 ? "images" : "images-\(index + 1)", kind: .error,
        message: "\(Figure.count(cause.problems.count, "image")) could not be used",
        body: cause.first.problem.description)
    }
  }
}

private let mostCauses = 100

/// One test case, as its consumers want it.
private struct JUnitCase {
  enum Kind { case passed, warned, failure, error, skipped }

  var suite: String
  var name: String
  var kind: Kind
  var message = ""
  var body = ""
  var line: Int?

  func text(in configuration: String) -> String {
    let place =
      line.map { " file=\"\(escapedXML(configuration))\" line=\"\($0)\"" } ?? ""
    let head =
      "    <testcase classname=\"\(escapedXML(suite))\" name=\"\(escapedXML(name))\"\(place)"
    func with(_ element: String, _ type: String? = nil) -> String {
      let type = type.map { " type=\"\($0)\"" } ?? ""
      return
        "\(head)>\n      <\(element) message=\"\(escapedXML(message))\"\(type)>\(escapedXML(body))</\(element)>\n    </testcase>\n"
    }
    return switch kind {
    case .passed: "\(head)/>\n"
    case .warned: "\(head)>\n      <system-out>\(escapedXML(body))</system-out>\n    </testcase>\n"
    case .failure: with("failure", "CheckFailed")
    case .error: with("error", "InputError")
    case .skipped: with("skipped")
    }
  }
}

extension Record.Checked {
  fileprivate var junitCase: JUnitCase {
    let kind: JUnitCase.Kind =
      switch (state, outcome) {
      case ("fail", _): .failure
      case ("warn", _): .warned
      case (_, "passed"), (_, "failed"): .passed
      default: .skipped
      }
    return JUnitCase(
      suite: "unmask.checks.\(id)", name: className ?? id, kind: kind, message: sentence,
      body: sentence, line: line)
  }
}

/// Escaped for XML 1.0, without the characters that it cannot hold.
private func escapedXML(_ text: String) -> String {
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
