internal import Core
internal import Resampling

extension Format {
  /// GitLab's code quality report, which a merge request shows: `artifacts: reports: codequality`.
  package static let codeQuality = Format(
    "code-quality", isUsual: false,
    views: [
      ReportFile("gl-code-quality-report.json") { view throws(Problem) in
        try recordText(
          of: view.notices.map { CodeQualityIssue($0, in: view) }, "code quality report")
      }
    ])
}

/// An issue as GitLab reads it: docs.gitlab.com, "Code Quality", its implementation of a custom tool.
private struct CodeQualityIssue: Encodable {
  var description: String
  var checkName: String
  /// The same for the same check and class in every run, whatever the number is: otherwise each run would
  /// have new issues. Equal ones are shown once.
  var fingerprint: String
  var severity: String
  var location: Location

  struct Location: Encodable {
    var path: String
    var lines: Lines
  }

  struct Lines: Encodable {
    var begin: Int
  }

  init(_ notice: Notice, in view: RecordView) {
    // The name of the check is not shown by itself.
    description = "\(notice.id): \(notice.text)"
    checkName = notice.id
    let identity = [notice.id, notice.className ?? "", view.configuration]
    fingerprint = fingerprintText(identity)
    severity = notice.kind == .error ? "major" : "minor"
    location = Location(path: view.configuration, lines: Lines(begin: notice.line ?? 1))
  }
}

/// 128 bits in hexadecimal digits.
func fingerprintText(_ parts: [String]) -> String {
  ["a", "b"].map { start in
    let digits = String(fnv1a(([start] + parts).joined(separator: "\u{0}")), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}
