package import Core
internal import Counting

/// What a class's pixels become when it is predicted above one threshold.
package struct Decision: Hashable, Sendable {
  package var threshold: Double
  /// If all pixels were decided for the worst whose side the threshold leaves open: own ones
  /// missed, others predicted.
  package var worst: Overlap
  /// If they were decided for the best; the same where each level is one probability.
  package var best: Overlap

  /// A score, which must not fall as pixels are decided better; as IoU, Dice, precision and recall
  /// do not.
  package func estimate(of score: (Overlap) -> Double?) -> Estimate? {
    guard let low = score(worst), let high = score(best) else { return nil }
    return Estimate(low: low, high: high)
  }
}

extension LevelCurve {
  /// The class is predicted where p > `threshold`, compared in the precision of the planes.
  package func decision(above threshold: Double) -> Decision {
    let limit = scale.rounded(threshold)
    var (worst, best) = (Overlap.zero, Overlap.zero)
    for level in 0..<counts.levels {
      let (own, other) = (counts.own[level], counts.other[level])
      if own + other == 0 { continue }
      let range = scale.probabilities(of: level)
      let isSure = range.lowerBound > limit
      let isPossible = range.upperBound > limit
      worst += Overlap(own, other, predictsOwn: isSure, predictsOther: isPossible)
      best += Overlap(own, other, predictsOwn: isPossible, predictsOther: isSure)
    }
    return Decision(threshold: threshold, worst: worst, best: best)
  }
}

extension Overlap {
  fileprivate init(_ own: Int, _ other: Int, predictsOwn: Bool, predictsOther: Bool) {
    self.init(
      both: predictsOwn ? own : 0, onlyTrue: predictsOwn ? 0 : own,
      onlyPredicted: predictsOther ? other : 0, neither: predictsOther ? 0 : other)
  }
}
