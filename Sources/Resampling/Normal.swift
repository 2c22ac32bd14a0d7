/// The standard normal distribution.
///
/// The C library is not asked: it chooses among implementations by processor, and the same evidence
/// must give the same bits everywhere.
package enum Normal {
  /// Φ(z), at most 1e-15 off.
  ///
  /// ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …), as in Marsaglia, "Evaluating the normal distribution",
  /// J. Statistical Software 11(4), 2004. All terms have the same sign, so nothing cancels among
  /// them.
  package static func share(below z: Double) -> Double {
    // Beyond 9 it is 0 or 1 to within 2e-19.
    guard z.magnitude < 9 else { return z < 0 ? 0 : 1 }
    var term = z
    var sum = z
    var factor = 1.0
    while true {
      factor += 2
      term *= z * z / factor
      let next = sum + term
      if next == sum { return min(max(0.5 + density(at: z) * sum, 0), 1) }
      sum = next
    }
  }

  /// The z with Φ(z) = `share`, at most 1e-6 off for shares from 1e-9 to 1 − 1e-9, and 1e-10 from
  /// 1e-5.
  package static func quantile(_ share: Double) -> Double {
    precondition(share > 0 && share < 1)
    if share > 0.5 { return -quantile(1 - share) }
    // Newton's steps. Φ is convex below 0, so from there they fall towards the root and never
    // beyond it: one that rises is rounding.
    var z = 0.0
    while true {
      let next = z - (Normal.share(below: z) - share) / density(at: z)
      guard next < z else { return z }
      z = next
    }
  }

  /// φ(z) = e^(−z²/2) / √(2π)
  private static func density(at z: Double) -> Double {
    0.3989422804014327 * exponential(-z * z / 2)
  }
}

/// eˣ for −700 < x ≤ 0; at most 2 ULP off.
package func exponential(_ x: Double) -> Double {
  // x = k·ln 2 + r with |r| ≤ ½ ln 2; the constant is split so that k times its high part is exact.
  let k = (x * 1.4426950408889634).rounded()
  let r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
  // rⁿ/n! is below half an ULP of 1 from n = 14.
  let power = (1...14).reversed().reduce(1) { sum, n in 1 + sum * r / Double(n) }
  return Double(sign: .plus, exponent: Int(k), significand: power)
}
