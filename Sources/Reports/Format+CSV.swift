internal import Core

extension Format {
  /// For spreadsheets, a table a file.
  package static let csv = Format(
    "csv",
    run: [
      ReportFile("classes.csv") { $0.classesCSV }, .images,
      ReportFile("reductions.csv") { $0.reductionsCSV }, .findings,
      ReportFile("curves.csv") { $0.curvesCSV }, ReportFile("gates.csv") { $0.gatesCSV },
    ], comparison: [.classes])
}

extension ReportFile<Report> {
  static var images: ReportFile {
    ReportFile("images.csv") { report, sink throws(Problem) in try report.writeImagesCSV(sink) }
  }

  static var findings: ReportFile { ReportFile("findings.csv") { $0.findingsCSV } }
}

extension ReportFile<ComparisonReport> {
  static var classes: ReportFile { ReportFile("compare.csv") { $0.csv } }
}
