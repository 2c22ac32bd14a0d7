internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

// The number that people look at.
extension Record {
  struct Headline: Codable {
    var measure: String
    var reduction: String
    var chain: String
    @Nullable var value: Double?
    @Nullable var valueLo: Double?
    @Nullable var valueHi: Double?
    var roundingLo: Double?
    var roundingHi: Double?
    var saturatedWrongShare: Double?
    @Nullable var scale: Double?
    @Nullable var skill: Double?
    @Nullable var tolerance: Double?
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
      bootstrap = diagnosis.bootstrap.map { Draws($0) }
    }
  }

  struct Draws: Codable {
    var replicates: Int
    var seed: String
    var level: Double

    init(_ settings: Bootstrap.Settings) {
      replicates = settings.replicates
      seed = "\(settings.seed)"
      level = settings.level
    }
  }

  struct Gap: Codable {
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
}
