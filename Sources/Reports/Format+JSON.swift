internal import Core

extension Format {
  /// The record, with every digit.
  package static let json = Format("json", run: [.record], comparison: [.record])
}

extension ReportFile<Report> {
  static var record: ReportFile {
    ReportFile("report.json", isMain: true) { report throws(Problem) in try report.json }
  }
}

extension ReportFile<ComparisonReport> {
  static var record: ReportFile {
    ReportFile("compare.json", isMain: true) { report throws(Problem) in try report.json }
  }
}
