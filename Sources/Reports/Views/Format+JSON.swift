internal import Core

extension Format {
  /// The record, with every digit.
  package static let json = Format(
    "json", views: [.record], comparison: [.record], outlook: [.record])
}

extension ReportFile<RecordView> {
  static var record: ReportFile {
    ReportFile("report.json", isMain: true) { view throws(Problem) in try view.record.json }
  }
}

extension ReportFile<ComparisonReport> {
  static var record: ReportFile {
    ReportFile("compare.json", isMain: true) { report throws(Problem) in try report.json }
  }
}
