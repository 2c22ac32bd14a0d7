package import Core
package import Counting
package import Tables

/// The one number that people look at, and the rule by which a class counts as poor.
package struct Headline: Sendable {
  /// What it is made of: a measure by a chain, or a sum of several.
  package let formula: Formula
  /// The first gauge that looks at predictions; sentences about losses and chains are about this
  /// one.
  package let leading: Gauge
  /// What it is called: a measure, or a preset.
  package var name: String
  /// What its chain is called; `nil` where the name says it all.
  package var reduction: String?
  package var poor: PoorRule
  /// Relative to the headline's scale; `nil`: min(1 %, ½/C).
  package var tolerance: Double?

  /// A measure by a chain that has a name.
  package init(
    measure: Measure, reduction: String, chain: Chain, poor: PoorRule, tolerance: Double? = nil
  ) {
    self.init(
      Formula(measure, chain), called: measure.name, by: reduction, poor: poor,
      tolerance: tolerance)
  }

  /// - Precondition: the formula has a part.
  package init(
    _ formula: Formula, called name: String, by reduction: String? = nil, poor: PoorRule,
    tolerance: Double? = nil
  ) {
    guard let leading = formula.readingGauges.first ?? formula.gauges.first else {
      preconditionFailure("a headline is made of something that is measured")
    }
    self.formula = formula
    self.leading = leading
    self.name = name
    self.reduction = reduction
    self.poor = poor
    self.tolerance = tolerance
  }
}

extension Headline {
  /// Another measure by another chain, with the same rule of what is poor.
  package func replacing(_ measure: Measure, by reduction: String, _ chain: Chain) -> Headline {
    Headline(
      measure: measure, reduction: reduction, chain: chain, poor: poor, tolerance: tolerance)
  }

  /// `bce by keras`, or a preset's name.
  package var title: String { reduction.map { "\(name) by \($0)" } ?? name }

  /// What the columns `reduction` of documents say.
  package var reductionName: String {
    reduction ?? (Preset.all.contains { $0.id == name } ? "preset" : "combine")
  }

  /// Whether it is one measure by one chain and nothing else.
  package var isSingle: Bool { formula.single != nil }

  /// Whether larger is better: only for a single score. A sum is made small, whatever its terms
  /// are.
  package var isScore: Bool { formula.single?.measure.worst == .smallest }

  /// The printed number as a cost: a loss as it is, a score as 1 − score.
  func cost(_ printed: Double) -> Double { isScore ? 1 - printed : printed }
}

/// When a class is poor, whatever the headline says: `iou < 0.5`.
///
/// Always a score of the whole run's pixels, never the printed loss itself: a rare class that is
/// never found has a small loss.
package struct PoorRule: Sendable {
  package var measure: Measure
  package var limit: Double

  package init(measure: Measure, limit: Double) {
    self.measure = measure
    self.limit = limit
  }

  /// `iou < 0.5`
  package var text: String { "\(measure.name) < \(shortest(limit))" }

  func score(of overlap: Overlap) -> Double? {
    measure.scoreOfClass?(overlap)
  }

  /// 1 − score; 1 for a class that has no score, as where it is true but never predicted.
  func badness(of overlap: Overlap) -> Double { score(of: overlap).map { 1 - $0 } ?? 1 }
  var largestBadness: Double { 1 - limit }
}
