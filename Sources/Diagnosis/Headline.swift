package import Core
package import Counting

/// The one number that people look at, and by what a class counts as poor.
package struct Headline: Sendable {
  package var measure: Measure
  package var reduction: String
  package var chain: Chain
  package var poor: PoorRule
  /// Relative to the headline's scale; `nil`: min(1 %, ½/C).
  package var tolerance: Double?

  package init(
    measure: Measure, reduction: String, chain: Chain, poor: PoorRule, tolerance: Double? = nil
  ) {
    self.measure = measure
    self.reduction = reduction
    self.chain = chain
    self.poor = poor
    self.tolerance = tolerance
  }

  /// What is printed as something to make small: a loss as it is, a score as 1 − score.
  func cost(_ printed: Double) -> Double { measure.worst == .smallest ? 1 - printed : printed }
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

  func score(of overlap: Overlap) -> Double? {
    if case .score(.each(let score)) = measure.form { score(overlap) } else { nil }
  }

  /// 1 − score, and what it may be at most; a class that is there and was never predicted is as
  /// bad as can be, also where the score itself says nothing.
  func badness(of overlap: Overlap) -> Double { score(of: overlap).map { 1 - $0 } ?? 1 }
  var largestBadness: Double { 1 - limit }
}
