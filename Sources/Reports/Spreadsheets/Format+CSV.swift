internal import Core

extension Format {
  /// For spreadsheets and data frames: a table a file, and what their columns hold.
  package static let csv = Format(
    "csv",
    run: Report.tables.map(\.csv) + [
      ReportFile("datapackage.json") { report throws(Problem) in try report.dataPackage }
    ],
    comparison: [.classes], outlook: [.classes])
}

extension ReportFile<ComparisonReport> {
  static var classes: ReportFile {
    .csv({ $0.table }, named: "compare", in: { $0.dialect })
  }
}

extension Report {
  /// Every table of a run.
  static let tables: [RunTable] = [
    RunTable("classes") { $0.classTable }, .images, RunTable("reductions") { $0.reductionTable },
    .findings, RunTable("curves") { $0.curveTable }, .gates,
  ]

  /// A table by its name, which is known before there is a run.
  struct RunTable: Sendable {
    var name: String
    var table: @Sendable (Report) -> DataTable

    init(_ name: String, _ table: @escaping @Sendable (Report) -> DataTable) {
      (self.name, self.table) = (name, table)
    }

    static let images = RunTable("images") { $0.imageTable }
    static let findings = RunTable("findings") { $0.findingTable }
    static let gates = RunTable("gates") { $0.gateTable }

    var csv: ReportFile<Report> { .csv(table, named: name, in: { $0.dialect }) }
    /// `classes.csv`
    var fileName: String { csv.name }
  }
}
