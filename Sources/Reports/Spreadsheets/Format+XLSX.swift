internal import Core
internal import Diagnosis

extension Format {
  /// For spreadsheets, all tables that people read in one workbook.
  package static let xlsx = Format(
    "xlsx", isUsual: false,
    run: [ReportFile("report.xlsx", bytes: { report throws(Problem) in try report.workbook })])
}

extension Report {
  /// By which a workbook of ours is known.
  package static var workbookMark: String { Workbook.mark }

  /// - Throws: Problem: never, in truth: no table is read from a file.
  package var workbook: [UInt8] {
    get throws(Problem) {
      var workbook = Workbook()
      try workbook.add(summaryTable, called: "summary")
      try workbook.add(classTable, called: "classes")
      try workbook.add(reductionTable, called: "reductions")
      try workbook.add(worstImageTable, called: "worst images")
      try workbook.add(gateTable, called: "gates")
      try workbook.add(findingTable, called: "findings")
      return workbook.bytes
    }
  }

  private struct Fact: Sendable {
    var name: String
    var text: String?
    var number: Double?
  }

  /// The few numbers of the whole run.
  private var summaryTable: DataTable {
    let facts = [
      Fact(name: "verdict", text: setUp.withholdVerdict ? "set-up" : headline.verdict?.rawValue),
      Fact(name: "measure", text: headline.headline.name),
      Fact(name: "reduction", text: headline.headline.reductionName),
      Fact(name: "headline", number: headline.printed),
      Fact(name: "skill", number: headline.skill),
      Fact(name: "scale", number: headline.scale),
      Fact(name: "tolerance", number: headline.tolerance),
      Fact(name: "images used", number: Double(inputs.used)),
      Fact(name: "images not usable", number: Double(inputs.problems.count)),
      Fact(name: "counted pixels", number: Double(inputs.pixels)),
      Fact(name: "checks failed", number: Double(gates.failed.count)),
      Fact(name: "unmask", text: version),
    ]
    return DataTable(
      "summary", of: facts,
      [.word("what") { $0.name }, .name("text") { $0.text }, .number("number") { $0.number }])
  }

  /// Of each class that fails the images with most wrong pixels; the first classes as the report has them.
  private var worstImageTable: DataTable {
    var worst: [String: [ImageRow]] = [:]
    let failing = Set(headline.poorClasses.map(\.name))
    for row in images where failing.contains(row.className) && row.overlap.wrong > 0 {
      worst[row.className, default: []].append(row)
      // Now and then, so that 100,000 images take no memory.
      if worst[row.className, default: []].count > 1000 {
        worst[row.className] = worst[row.className].map(Report.mostWrong)
      }
    }
    let rows = headline.poorClasses.flatMap { Report.mostWrong(worst[$0.name] ?? []) }
    return DataTable("worst images", of: rows, ImageRow.columns)
  }

  private static func mostWrong(_ rows: [ImageRow]) -> [ImageRow] {
    Array(rows.sorted { ($1.overlap.wrong, $0.image) < ($0.overlap.wrong, $1.image) }.prefix(20))
  }
}
