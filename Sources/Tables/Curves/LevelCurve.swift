package import Core
package import Counting

/// One class's pixels and all others by probability: all that a curve over thresholds is made of.
///
/// What follows from the order of the pixels is exact where a level is one probability. Where it is
/// a bin, each pixel may stand anywhere in its bin, and an `Estimate` has the bounds of all cases.
package struct LevelCurve: Sendable {
  package let counts: LevelCounts
  package let scale: LevelScale

  /// - Precondition: `counts` has the levels of `scale`, or none.
  package init(_ counts: LevelCounts, on scale: LevelScale) {
    precondition(counts.levels == 0 || counts.levels == scale.levels, "not the levels of the scale")
    self.counts = LevelCounts(levels: scale.levels) + counts
    self.scale = scale
  }

  package init(_ histogram: LevelHistogram) { self.init(LevelCounts(histogram), on: .bits8) }

  func isOneProbability(_ level: Int) -> Bool {
    let range = scale.probabilities(of: level)
    return range.lowerBound == range.upperBound
  }
}
