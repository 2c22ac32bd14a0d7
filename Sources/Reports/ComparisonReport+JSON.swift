internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

extension ComparisonReport {
  /// The record of the comparison: sorted keys, every digit, `null` for what is undefined.
  ///
  /// - Throws: Problem: a number is not finite, which is a fault of the program.
  package var json: String {
    get throws(Problem) { try recordText(of: Document(self), "comparison") }
  }
}

/// The shape of compare.json; adding a key is compatible, changing one is a new version.
private struct Document: Encodable {
  var schemaVersion = "1.0"
  var tool: [String: String]
  var complete: Bool
  var runA: String
  var runB: String
  var images: Int
  var unpaired: [[String: String]]
  var changedTruth: [String]
  var headline: Headline
  var classes: [Class]
  var checks: [Record.Checked]
  var missed: [Missed]
  var settings: Settings
  var notes: [String]

  init(_ report: ComparisonReport) {
    let comparison = report.comparison
    tool = ["name": "unmask", "version": report.version]
    complete = report.pairing.isComplete
    (runA, runB) = report.runs
    images = report.pairing.paired
    unpaired = report.pairing.unpaired.map { ["image": $0.image, "reason": $0.reason.rawValue] }
    changedTruth = report.pairing.changedTruth
    headline = Headline(comparison)
    classes = comparison.classes.indices.map { Class($0, of: comparison) }
    checks = report.gates.map(Record.Checked.init)
    missed = comparison.missed.map(Missed.init)
    settings = Settings(comparison)
    notes = report.notes.map(\.text)
  }

  struct Headline: Encodable {
    var measure: String
    var reduction: String
    var chain: String
    var value: Numbers
    var direction: String
    var scale: Number
    var tolerance: Number
    var within: Number
    var mix: Number

    init(_ comparison: Comparison) {
      measure = comparison.headline.name
      reduction = comparison.headline.reductionName
      chain = comparison.headline.formula.text
      value = Numbers(comparison.printed)
      direction = ["better", "same", "worse"][comparison.direction + 1]
      scale = Number(comparison.before.scale)
      tolerance = Number(comparison.tolerance)
      within = Number(comparison.split?.within)
      mix = Number(comparison.split?.mix)
    }
  }

  struct Class: Encodable {
    var id: Int
    var name: String
    var state: String
    var outcome: String?
    var verdictA: String?
    var verdictB: String?
    var score: Numbers
    var pHolm: Number
    var recall: Numbers
    var precision: Numbers
    var lossMean: Numbers?
    var lossPositive: Numbers?
    var lossNegative: Numbers?
    var headlinePart: Number
    var imagesA: Int
    var imagesB: Int

    init(_ id: Int, of comparison: Comparison) {
      let change = comparison.classes[id]
      let (before, after) = (comparison.before.classes[id], comparison.after.classes[id])
      self.id = id
      name = change.name
      state = ComparisonReport.state(before, after).rawValue
      outcome = change.outcome?.rawValue
      verdictA = before.verdict?.rawValue
      verdictB = after.verdict?.rawValue
      score = Numbers(change.score)
      pHolm = Number(change.pValue)
      recall = Numbers(change.recall)
      precision = Numbers(change.precision)
      lossMean = change.loss.map { Numbers($0.mean) }
      lossPositive = change.loss.map { Numbers($0.positive) }
      lossNegative = change.loss.map { Numbers($0.negative) }
      headlinePart = Number(change.part)
      imagesA = before.images
      imagesB = after.images
    }
  }

  struct Missed: Encodable {
    var kind: String
    var classes: [String]
    var sentence: String

    init(_ missed: Comparison.Missed) {
      kind = missed.kind.rawValue
      classes = missed.classes
      sentence = missed.sentence.plain
    }
  }

  struct Settings: Encodable {
    var score: String
    var floor: Double
    var level: Double
    var replicates: Int
    var seed: String

    init(_ comparison: Comparison) {
      score = comparison.headline.poor.measure.name
      floor = comparison.settings.floor
      level = comparison.settings.bootstrap.level
      replicates = comparison.settings.bootstrap.replicates
      // Beyond 2⁵³ many readers of JSON would round a number.
      seed = "\(comparison.settings.bootstrap.seed)"
    }
  }

  struct Numbers: Encodable {
    var a: Number
    var b: Number
    var difference: Number
    var low: Number
    var high: Number
    /// The smallest change that such images would have shown, four times in five.
    var detectable: Number

    init(_ change: Change) {
      a = Number(change.before)
      b = Number(change.after)
      difference = Number(change.difference)
      low = Number(change.interval?.low)
      high = Number(change.interval?.high)
      detectable = Number(change.detectable)
    }
  }

  /// `null` where it is undefined, and never −0.
  struct Number: Encodable {
    private var value: Double?

    init(_ value: Double?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let value { try container.encode(value + 0) } else { try container.encodeNil() }
    }
  }
}
