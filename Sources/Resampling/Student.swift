/// Student's t by way of the normal distribution.
///
/// Wallace: "Bounds on normal approximations to Student's and the chi-square distributions", Annals of Mathematical Statistics
/// 30(4), 1959. From 7 degrees of freedom a quantile is 0.6 % too large at most, and never too small.
package enum Student {
  /// The quantile of t where that of the normal distribution is `z`: t² = ν·(exp(z²w²/ν) − 1) with w = (8ν + 3)/(8ν + 1).
  ///
  /// - Parameter freedom: ν, more than 0.
  package static func quantile(normal z: Double, freedom: Double) -> Double {
    let scaled = z * (8 * freedom + 3) / (8 * freedom + 1)
    return (freedom * (1 / exponential(-scaled * scaled / freedom) - 1)).squareRoot()
  }
}
