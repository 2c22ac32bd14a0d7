internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

// What chains make of measures, step by step.
extension Record {
  struct Reduced: Codable {
    var measure: String
    var reduction: String
    var chain: String
    @Nullable var value: Double?
    var roundingLo: Double?
    var roundingHi: Double?
    var noIntervalReason: String?
    var orderGap: Gap?
    var steps: [Step]
    var undefinedReason: String?

    init(_ reduced: Report.Reduced) {
      measure = reduced.measure
      reduction = reduced.reduction
      chain = reduced.text
      value = reduced.value
      let interval = reduced.bounds?.interval
      (roundingLo, roundingHi) = (interval?.low, interval?.high)
      noIntervalReason = reduced.unbounded
      orderGap = reduced.orderGap.map(Gap.init)
      steps = reduced.steps.map(Step.init)
      undefinedReason = reduced.obstacle.map { "\($0.what); \($0.remedy)" }
    }
  }

  struct Step: Codable {
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

  struct Printed: Codable {
    var id: String
    var version: String
    var measure: String
    var chain: String
    @Nullable var value: Double?
    /// `nan` or `inf` where the framework prints that.
    var state: String?
    var roundingLo: Double?
    var roundingHi: Double?
    var perClass: [Double?]?
    var undefinedReason: String?
    var shuffled: BatchSpread?

    init(_ printed: Report.PresetValue) {
      id = printed.preset.id
      version = printed.preset.versions
      measure = printed.preset.parts.map(\.measureText).joined(separator: ", ")
      chain = printed.preset.single?.chainText ?? printed.preset.text
      value = printed.value
      (roundingLo, roundingHi) = (printed.interval?.low, printed.interval?.high)
      perClass = printed.perClass
      state = printed.prints?.rawValue
      undefinedReason = printed.nan?.line.plain ?? printed.obstacle?.what
      shuffled = printed.spread
    }
  }

  struct Revealing: Codable {
    var measure: String
    var reduction: String
    @Nullable var value: Double?
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
}
