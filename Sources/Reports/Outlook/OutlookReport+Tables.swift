internal import Core
internal import Diagnosis
internal import Pages
internal import Resampling

extension OutlookReport {
  private struct Row: Sendable {
    var id: Int
    var found: ClassOutlook
    var figure: OutlookFigure
    var hasMoved: Bool
  }

  /// One row a class and figure.
  var table: DataTable {
    let rows = outlook.classes.enumerated().flatMap { id, found in
      found.figures.map {
        Row(id: id, found: found, figure: $0, hasMoved: $0.hasMoved(outlook.level))
      }
    }
    let basis = outlook.basis?.rawValue
    return DataTable(
      "outlook", of: rows,
      [
        .name("class_name") { $0.found.name },
        .word("figure") { $0.figure.kind.rawValue },
        .score("value") { $0.figure.value },
        .score("value_lo") { $0.figure.interval?.low },
        .score("value_hi") { $0.figure.interval?.high },
        .score("reference") { $0.figure.drift?.before },
        .number("diff") { $0.figure.difference },
        .number("diff_lo") { $0.figure.drift?.interval?.low },
        .number("diff_hi") { $0.figure.drift?.interval?.high },
        .score("p_holm") { $0.figure.drift?.pValue },
        .count("moved") { row in row.figure.drift?.pValue.map { _ in row.hasMoved ? 1 : 0 } },
        .word("basis") { $0.figure.kind == .dice ? basis : nil },
        .count("images") { $0.found.images },
        .count("class_id") { $0.id },
      ])
  }

  /// - Throws: Problem: a number is not finite, which is a fault of the program.
  package var json: String {
    get throws(Problem) { try recordText(of: Document(self), "outlook") }
  }
}

/// The shape of outlook.json; adding a key is compatible, changing one is a new version.
private struct Document: Encodable {
  var schemaVersion = "1.0"
  var tool: [String: String]
  var complete: Bool
  var configuration: String
  var predictions: String
  var kind: String
  var images: Int
  var observations: Int
  var listed: Int
  var pixels: Int
  var ignored: Double
  var setUp: [Fault]
  var level: Double
  var basis: String?
  var reference: Reference?
  var classes: [Class]
  var problems: [Unusable]
  var notes: [String]

  struct Fault: Encodable {
    var kind: String
    var severity: String
    var statement: String
  }

  struct Reference: Encodable {
    var directory: String
    var images: Int
    var hasTruth: Bool
    var observations: Int
    var ignored: Double
  }

  struct Class: Encodable {
    var id: Int
    var name: String
    var images: Int
    var unseen: Double?
    var figures: [Figure]
  }

  struct Figure: Encodable {
    var figure: String
    var value: Double
    var interval: [Double]?
    var drift: Drift?
  }

  struct Drift: Encodable {
    var reference: Double
    var difference: Double
    var interval: [Double]?
    var pHolm: Double?
    var moved: Bool?
  }

  struct Unusable: Encodable {
    var image: String
    var what: String
    var remedy: String
  }

  init(_ report: OutlookReport) {
    let outlook = report.outlook
    tool = ["name": "unmask", "version": report.version]
    complete = report.problems.isEmpty
    configuration = report.configuration
    predictions = report.predictions
    kind = report.kind
    images = outlook.images
    listed = report.listed
    pixels = outlook.pixels
    observations = outlook.observations
    ignored = outlook.ignored
    setUp = report.setUp.map {
      Fault(
        kind: $0.kind.rawValue, severity: $0.severity.rawValue, statement: $0.statement.plain)
    }
    level = outlook.level
    basis = outlook.basis?.rawValue
    reference = outlook.reference.map {
      Reference(
        directory: report.reference ?? "", images: $0.images, hasTruth: $0.hasTruth,
        observations: $0.observations, ignored: $0.ignored)
    }
    classes = outlook.classes.enumerated().map { id, found in
      Class(
        id: id, name: found.name, images: found.images, unseen: found.unseen,
        figures: found.figures.map { figure in
          Figure(
            figure: figure.kind.rawValue, value: figure.value,
            interval: figure.interval.map { [$0.low, $0.high] },
            drift: figure.drift.map {
              Drift(
                reference: $0.before, difference: figure.difference ?? 0,
                interval: $0.interval.map { [$0.low, $0.high] }, pHolm: $0.pValue,
                moved: $0.pValue.map { _ in figure.hasMoved(outlook.level) })
            })
        })
    }
    problems = report.problems.map {
      Unusable(image: $0.image, what: $0.problem.what, remedy: $0.problem.remedy)
    }
    notes = report.notes
  }
}

extension ReportFile<OutlookReport> {
  static var record: ReportFile {
    ReportFile("outlook.json", isMain: true) { report throws(Problem) in try report.json }
  }

  static var classes: ReportFile {
    .csv({ $0.table }, named: "outlook", in: { $0.dialect })
  }
}
