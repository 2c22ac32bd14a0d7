/// The bounds of single-precision probabilities whose loss is a logarithm.
///
/// They are formed in single precision, as the frameworks do.
package struct ProductClip: Sendable {
  /// The least and the greatest probability.
  var low: Float
  var high: Float
  var leastComplement: Float

  init(_ epsilon: Double) {
    low = Float(epsilon)
    high = 1 - low
    // Below 3e-8, 1 − ε is 1 and its complement 0, which has no logarithm.
    leastComplement = high < 1 ? 1 - high : low
  }

  /// How many factors a product may have without leaving the range of `Double`: 32, or as many as
  /// so small an ε allows.
  var factors: Int {
    max(1, min(32, Int(680 / -naturalLogarithm(Double(min(low, leastComplement))))))
  }
}
