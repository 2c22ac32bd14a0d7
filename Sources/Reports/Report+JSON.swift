internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Report {
  /// The record of the run, of which all other documents are views: sorted keys, every digit,
  /// `null` for what is undefined.
  ///
  /// - Throws: Problem: a number is not finite, which is a fault of the program.
  package var json: String {
    get throws(Problem) {
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      do {
        return String(decoding: try encoder.encode(Document(self)), as: UTF8.self) + "\n"
      } catch {
        throw Problem(
          "the report holds a number that JSON cannot: \(error)",
          remedy: "this is a fault of the program; please report it")
      }
    }
  }
}

/// The shape of report.json; adding a key is compatible, changing one is a new version.
private struct Document: Encodable {
  var schemaVersion = "1.0"
  var tool: Tool
  var status: Status
  var setup: [SetUp]
  var inputs: Inputs
  var headline: Headline
  var classes: [Class]
  var reductions: [Reduced]
  var presets: [Printed]
  var revealing: [Revealing]
  var findings: [Noticed]
  var curves: [Curve]
  var weights: Weights?
  var problems: [Fault]
  var notes: [String]

  init(_ report: Report) {
    let diagnosis = report.headline
    tool = Tool(version: report.version)
    status = Status(
      complete: report.inputs.isComplete,
      hidden: diagnosis.classes.filter { $0.verdict == .hidden }.map(\.name),
      muted: diagnosis.classes.filter { $0.verdict == .muted }.map(\.name),
      exposed: diagnosis.classes.filter { $0.verdict == .exposed }.map(\.name),
      undetermined: diagnosis.classes.filter { $0.verdict == .undetermined }.map(\.name),
      setup: report.setUp.filter { $0.severity != .accepted }.map(\.kind.rawValue))
    setup = report.setUp.map(SetUp.init)
    inputs = Inputs(report.inputs, report.saving)
    headline = Headline(diagnosis, in: report)
    classes = diagnosis.classes.enumerated().map { Class(id: $0, $1, in: report) }
    reductions = report.reductions.map(Reduced.init)
    presets = report.presets.map(Printed.init)
    revealing = report.others.map(Revealing.init)
    findings = report.findings.map(Noticed.init)
    curves = report.curves.map(Curve.init)
    weights = report.weights.flatMap { $0.hasWeights ? Weights($0) : nil }
    problems = report.inputs.problems.map(Fault.init)
    notes = report.inputs.notes
  }

  struct Tool: Encodable {
    var name = "unmask"
    var version: String
  }

  struct Status: Encodable {
    var complete: Bool
    var hidden: [String]
    var muted: [String]
    var exposed: [String]
    var undetermined: [String]
    /// Kinds of faults of the set-up that are not accepted.
    var setup: [String]
  }

  struct SetUp: Encodable {
    var kind: String
    var severity: String
    var title: String
    var statement: String
    var remedy: String
    var lines: [String]
    var numbers: [String: Double]

    init(_ fault: SetUpFault) {
      kind = fault.kind.rawValue
      severity = fault.severity.rawValue
      title = fault.title.plain
      statement = "\(fault.statement.plain)."
      remedy = "\(fault.remedy.plain)."
      lines = fault.lines
      numbers = fault.numbers
    }
  }

  struct Inputs: Encodable {
    var kind: String
    var activation: String
    var classes: [String]
    var threshold: Double?
    var thresholds: [Double]?
    var images: Int
    var imagesUsed: Int
    var imagesDropped: Int
    var batchSize: Int?
    var countedPx: Int
    var ignoredPx: Int
    var unclassedPx: Int
    var overlappingPx: Int
    var unlistedPredictionsPx: Int
    var levels: Int?
    var quantised: String?
    var saturatedPx: Int?
    var saturatedWrongPx: Int?

    init(_ inputs: Report.Inputs, _ saving: Report.Saving) {
      kind = inputs.kind
      activation = inputs.activation
      classes = inputs.classes.names
      threshold = inputs.threshold
      thresholds = inputs.thresholds
      images = inputs.listed
      imagesUsed = inputs.used
      imagesDropped = inputs.dropped
      batchSize = inputs.batchSize
      countedPx = inputs.pixels
      ignoredPx = inputs.ignored
      unclassedPx = inputs.unclassed
      overlappingPx = inputs.overlapping
      unlistedPredictionsPx = inputs.unlistedPredictions
      levels = saving.levels
      quantised = saving.levels.map { _ in saving.quantisation.rawValue }
      saturatedPx = saving.allSaturated?.all
      saturatedWrongPx = saving.allSaturated?.wrong
    }
  }

  struct Headline: Encodable {
    var measure: String
    var reduction: String
    var chain: String
    @Value var value: Double?
    @Value var valueLo: Double?
    @Value var valueHi: Double?
    var roundingLo: Double?
    var roundingHi: Double?
    var saturatedWrongShare: Double?
    @Value var scale: Double?
    @Value var skill: Double?
    @Value var tolerance: Double?
    var poor: String
    var orderGap: Gap?
    var bootstrap: Draws?

    init(_ diagnosis: Diagnosis, in report: Report) {
      let interval = report.reducedHeadline?.bounds?.interval
      (roundingLo, roundingHi) = (interval?.low, interval?.high)
      saturatedWrongShare = report.saving.cappedShare
      measure = diagnosis.headline.name
      reduction = diagnosis.headline.reductionName
      chain = diagnosis.headline.formula.text
      value = diagnosis.printed
      valueLo = diagnosis.printedInterval?.low
      valueHi = diagnosis.printedInterval?.high
      scale = diagnosis.scale
      skill = diagnosis.skill
      tolerance = diagnosis.tolerance
      poor = diagnosis.headline.poor.text
      orderGap = diagnosis.orderGap.map(Gap.init)
      bootstrap = diagnosis.bootstrap.map { Draws($0, used: diagnosis.printedReplicates) }
    }
  }

  struct Draws: Encodable {
    var replicates: Int
    /// For the headline's own interval.
    var replicatesUsed: Int?
    var seed: String
    var level: Double

    init(_ settings: Bootstrap.Settings, used: Int?) {
      replicates = settings.replicates
      replicatesUsed = used
      seed = "\(settings.seed)"
      level = settings.level
    }
  }

  struct Gap: Encodable {
    var gap: Double
    var lowest: Double
    var lowestChain: String
    var highest: Double
    var highestChain: String
    var orders: Int

    init(_ gap: OrderGap) {
      self.gap = gap.gap + 0
      lowest = gap.lowest + 0
      lowestChain = gap.lowestChain
      highest = gap.highest + 0
      highestChain = gap.highestChain
      orders = gap.orders
    }
  }

  struct Class: Encodable {
    var id: Int
    var name: String
    var state: String
    var verdict: String?
    var tendency: String?
    @Value var badness: Double?
    @Value var skill: Double?
    @Value var voice: Double?
    @Value var voiceOwnPixels: Double?
    @Value var headroom: Double?
    @Value var reach: Double?
    @Value var share: Double?
    @Value var badnessShare: Double?
    @Value var maskingFactor: Double?
    @Value var scoreLo: Double?
    @Value var scoreHi: Double?
    @Value var pPoor: Double?
    @Value var pValue: Double?
    @Value var headroomLo: Double?
    @Value var headroomHi: Double?
    @Value var reachLo: Double?
    @Value var reachHi: Double?
    @Value var iou: Double?
    @Value var dice: Double?
    @Value var precision: Double?
    @Value var recall: Double?
    @Value var lossMean: Double?
    @Value var lossPositive: Double?
    @Value var lossNegative: Double?
    var lossMeanRoundingLo: Double?
    var lossMeanRoundingHi: Double?
    var lossPositiveRoundingLo: Double?
    var lossPositiveRoundingHi: Double?
    var lossNegativeRoundingLo: Double?
    var lossNegativeRoundingHi: Double?
    var saturatedPx: Int?
    var saturatedWrongPx: Int?
    @Value var pixelShare: Double?
    var truthPx: Int
    var predictedPx: Int
    var tpPx: Int
    var images: Int
    var imagesFound: Int
    var sentence: String

    init(id: Int, _ found: ClassDiagnosis, in report: Report) {
      self.id = id
      name = found.name
      state = found.state.rawValue
      verdict = found.verdict?.rawValue
      tendency = found.tendency?.rawValue
      badness = found.badness
      skill = found.skill
      voice = found.voice
      voiceOwnPixels = found.ownVoice
      headroom = found.headroom
      reach = found.reach
      share = found.share
      badnessShare = found.badnessShare
      maskingFactor = found.maskingFactor
      scoreLo = found.certainty?.score?.low
      scoreHi = found.certainty?.score?.high
      pPoor = found.certainty?.poorProbability
      pValue = found.certainty?.pValue
      headroomLo = found.headroomInterval?.low
      headroomHi = found.headroomInterval?.high
      reachLo = found.reachInterval?.low
      reachHi = found.reachInterval?.high
      iou = found.overlap.iou
      dice = found.overlap.dice
      precision = found.overlap.precision
      recall = found.overlap.recall
      lossMean = found.loss?.mean
      lossPositive = found.loss?.positive
      lossNegative = found.loss?.negative
      let interval = report.saving.interval(id)
      (lossMeanRoundingLo, lossMeanRoundingHi) = (interval?.mean?.low, interval?.mean?.high)
      (lossPositiveRoundingLo, lossPositiveRoundingHi) = (
        interval?.positive?.low, interval?.positive?.high
      )
      (lossNegativeRoundingLo, lossNegativeRoundingHi) = (
        interval?.negative?.low, interval?.negative?.high
      )
      saturatedPx = report.saving.saturated(id)?.all
      saturatedWrongPx = report.saving.saturated(id)?.wrong
      pixelShare = found.pixelShare
      truthPx = found.overlap.truth
      predictedPx = found.overlap.predicted
      tpPx = found.overlap.both
      images = found.images
      imagesFound = found.imagesFound
      sentence = report.headline.sentence(about: found).plain
    }
  }

  struct Reduced: Encodable {
    var measure: String
    var reduction: String
    var chain: String
    @Value var value: Double?
    var roundingLo: Double?
    var roundingHi: Double?
    var noIntervalReason: String?
    var orderGap: Gap?
    var steps: [Step]
    var undefinedReason: String?

    init(_ reduced: Report.Reduced) {
      measure = reduced.measure
      reduction = reduced.reduction
      chain = reduced.chain
      value = reduced.value
      let interval = reduced.bounds?.interval
      (roundingLo, roundingHi) = (interval?.low, interval?.high)
      noIntervalReason = reduced.unbounded
      orderGap = reduced.orderGap.map(Gap.init)
      steps = reduced.steps.map(Step.init)
      undefinedReason = reduced.obstacle.map { "\($0.what); \($0.remedy)" }
    }
  }

  struct Step: Encodable {
    var operation: String
    var axes: [String]
    var dividesBy: String?
    var shape: String
    var value: Double?
    var classValues: [Double?]?
    var lowest: Double?
    var highest: Double?

    init(_ result: StepResult) {
      operation = result.step.description
      axes = result.step.axes.map(\.rawValue)
      dividesBy = result.divisor?.text
      shape = result.leftText
      value = result.value
      classValues = result.classValues
      lowest = result.lowest
      highest = result.highest
    }
  }

  struct Printed: Encodable {
    var id: String
    var version: String
    var measure: String
    var chain: String
    @Value var value: Double?
    var roundingLo: Double?
    var roundingHi: Double?
    var perClass: [Double?]?
    var undefinedReason: String?
    var shuffled: BatchSpread?

    init(_ printed: Report.PresetValue) {
      id = printed.preset.id
      version = printed.preset.versions
      measure = printed.preset.parts.map(\.measureName).joined(separator: ", ")
      chain = printed.preset.single?.chainText ?? printed.preset.text
      value = printed.value
      (roundingLo, roundingHi) = (printed.interval?.low, printed.interval?.high)
      perClass = printed.perClass
      undefinedReason = printed.obstacle?.what
      shuffled = printed.spread
    }
  }

  struct Revealing: Encodable {
    var measure: String
    var reduction: String
    @Value var value: Double?
    var verdicts: [String: String]

    init(_ diagnosis: Diagnosis) {
      measure = diagnosis.headline.name
      reduction = diagnosis.headline.reductionName
      value = diagnosis.printed
      verdicts = Dictionary(
        diagnosis.classes.compactMap { found in
          found.verdict.map { (found.name, $0.rawValue) }
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  struct Noticed: Encodable {
    var kind: String
    var className: String?
    var sentence: String
    var remedy: String
    var snippet: String?
    var numbers: [String: Double]

    init(_ finding: Finding) {
      kind = finding.kind.rawValue
      className = finding.className
      sentence = finding.sentence.plain
      remedy = finding.advice.plain
      snippet = finding.snippet?.text
      numbers = finding.numbers.mapValues { $0 + 0 }
    }
  }

  struct Curve: Encodable {
    var name: String
    @Value var iou: Double?
    @Value var bestIou: Double?
    @Value var bestThreshold: Double?
    @Value var averagePrecision: Double?
    @Value var auroc: Double?
    @Value var calibrationError: Double?

    init(_ curve: ClassCurve) {
      name = curve.name
      iou = curve.iou
      bestIou = curve.bestIoU?.value
      bestThreshold = curve.bestThreshold
      averagePrecision = curve.averagePrecision?.value
      auroc = curve.areaUnderROC?.value
      calibrationError = curve.calibrationError?.value
    }
  }

  struct Weights: Encodable {
    var classes: [Entry]
    var unclassedPx: Int
    @Value var noClass: Double?
    @Value var meanWeight: Double?
    /// What became of each kind of weight.
    var uses: [String: String]
    var sentences: [String]

    init(_ audit: WeightAudit) {
      classes = audit.classes.map(Entry.init)
      unclassedPx = audit.unclassed
      noClass = audit.noClass
      meanWeight = audit.meanWeight
      uses = Dictionary(
        uniqueKeysWithValues: audit.uses.map { ($0.key.rawValue, $0.value.rawValue) })
      sentences = audit.sentences
    }

    struct Entry: Encodable {
      var name: String
      var classWeight: Double
      var positiveWeight: Double
      @Value var sampleWeight: Double?
      var truthPx: Int
      var reachedPx: Int
      var missedPx: Int

      init(_ found: WeightAudit.ClassWeights) {
        name = found.name
        classWeight = found.classWeight
        positiveWeight = found.positiveWeight
        sampleWeight = found.sampleWeight
        truthPx = found.pixels
        reachedPx = found.reached
        missedPx = found.missed
      }
    }
  }

  struct Fault: Encodable {
    var image: String
    var what: String
    var file: String?
    var line: Int?
    var byte: Int?
    var remedy: String

    init(_ fault: ImageProblem) {
      image = fault.image
      what = fault.problem.what
      remedy = fault.problem.remedy
      switch fault.problem.place {
      case nil: break
      case .file(let file): self.file = file
      case .line(let line, let file): (self.file, self.line) = (file, line)
      case .byte(let byte, let file): (self.file, self.byte) = (file, byte)
      }
    }
  }
}

/// A number that is written as `null` where it is undefined, and never as −0.
@propertyWrapper
private struct Value: Encodable {
  var wrappedValue: Double?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue + 0)
    } else {
      try container.encodeNil()
    }
  }
}
