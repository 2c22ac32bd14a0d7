import Core
import Counting
import Foundation
import Tables

extension RunLevels {
  /// The Lovász hinge of all pixels and classes in one list, between the bounds that bins leave; none
  /// where a bin has no end, as that of logits beyond 17 of what is not the class.
  ///
  /// The Lovász extension adds errors up from the largest down, each times what its pixel takes from the
  /// Jaccard index, so it grows with each of them: with every probability at the worse end of its bin it is
  /// the upper bound, at the better end the lower (Berman et al. 2018, arXiv 1705.08790;
  /// segmentation_models_pytorch 0.6.0, losses/lovasz.py, per_image=False).
  var lovaszHinge: Estimate? {
    let curve = LevelCurve(classes.reduce(.zero, +), on: LevelScale(kind))
    let bounds = Estimate(low: curve.lovaszHinge(\.better), high: curve.lovaszHinge(\.worse))
    return curve.counts.ownPixels > 0 && bounds.high.isFinite ? bounds : nil
  }
}

/// Pixels of one error, 1 less the logit on the side of the truth.
private struct HingeError {
  var better: Double
  var worse: Double
  var own = 0
  var other = 0
}

extension LevelCurve {
  fileprivate func lovaszHinge(_ end: KeyPath<HingeError, Double>) -> Double {
    let own = Double(counts.ownPixels)
    var (missed, wrong, jaccard, sum) = (0.0, 0.0, 0.0, 0.0)
    for error in hingeErrors.sorted(by: { $0[keyPath: end] > $1[keyPath: end] }) {
      if error[keyPath: end] <= 0 { break }
      missed += Double(error.own)
      wrong += Double(error.other)
      let next = 1 - (own - missed) / (own + wrong)
      sum += error[keyPath: end] * (next - jaccard)
      jaccard = next
    }
    return sum
  }

  private var hingeErrors: [HingeError] {
    (0..<counts.levels).flatMap { level -> [HingeError] in
      let (own, other) = (counts.own[level], counts.other[level])
      if own + other == 0 { return [] }
      let p = scale.probabilities(of: level)
      // The probability was rounded from that of the logit, which may be half a step beyond.
      let low = logit(between(p.lowerBound, Float(p.lowerBound).nextDown))
      let high = logit(between(p.upperBound, Float(p.upperBound).nextUp))
      return [
        HingeError(better: 1 - high, worse: 1 - low, own: own),
        HingeError(better: 1 + low, worse: 1 + high, other: other),
      ]
    }
  }
}

private func logit(_ p: Double) -> Double {
  p >= 1 ? .infinity : p <= 0 ? -.infinity : log(p / (1 - p))
}

private func between(_ p: Double, _ next: Float) -> Double { (p + Double(next)) / 2 }
