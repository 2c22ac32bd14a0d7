internal import Core

extension Quantisation {
  /// The least and the greatest probability that a level stands for, in single precision; `top` is
  /// the level of 1.
  func ends(ofLevels levels: Lanes, top: Double) -> (low: Probability, high: Probability) {
    let (below, above) = self == .round ? (0.5, 0.5) : (0, 1)
    let low = (levels - below).clamped(0, top).single / Float(top)
    let high = (levels + above).clamped(0, top).single / Float(top)
    return (Probability(low, .levels), Probability(high, .levels))
  }
}
