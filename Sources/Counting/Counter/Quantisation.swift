/// How probabilities became the levels of a plane, which says what a level may have been.
package enum Quantisation: String, CaseIterable, Codable, Sendable {
  /// round(p · 255): half a level to either side.
  case round
  /// floor(p · 255), as `(p * 255).astype(uint8)` has it: up to the next level.
  ///
  /// The top level is 1 alone: the product in single precision reaches 255 for no smaller p, and
  /// 65535 neither.
  case truncate
}

extension Quantisation {
  /// The least and the greatest probability that a level stands for, in single precision; `top` is
  /// the level of 1.
  func ends(ofLevels levels: Lanes, top: Double) -> (low: Probability, high: Probability) {
    let (below, above) = self == .round ? (0.5, 0.5) : (0, 1)
    let low = (levels - below).clamped(0, top).single / Float(top)
    let high = (levels + above).clamped(0, top).single / Float(top)
    return (Probability(low), Probability(high))
  }
}
