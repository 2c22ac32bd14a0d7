/// Eight numbers at once. All arithmetic is done in Double, whatever the input was: what the
/// frameworks' numbers depend on is the precision in which p and 1 − p are *formed* (see
/// `Probability`), not the precision of the logarithm.
package typealias Lanes = SIMD8<Double>

extension Lanes {
  static let one = Lanes(repeating: 1)

  func clamped(_ low: Double, _ high: Double) -> Lanes {
    let low = Lanes(repeating: low)
    let high = Lanes(repeating: high)
    return self.replacing(with: low, where: self .< low).replacing(with: high, where: self .> high)
  }
}

/// The natural logarithm of positive, normal x; at most 1 ULP off.
///
/// The C library's is not used: it chooses among implementations by processor, and the same
/// evidence must give the same bits everywhere. The method is fdlibm's (`e_log.c`): x = m·2ᵉ with
/// m in [√½, √2), f = m − 1, s = f / (2 + f), and log(1 + f) = f − (f²/2 − s·(f²/2 + R(s²))).
@inline(__always)
package func log(_ x: Lanes) -> Lanes { log(x, timesTwoTo: .zero) }

/// log(x · 2ᵏ), with |k| below a million and no more error than that of x.
@inline(__always)
package func log(_ x: Lanes, timesTwoTo k: SIMD8<Int64>) -> Lanes {
  let bits = unsafe unsafeBitCast(x, to: SIMD8<Int64>.self)
  // √½ has the upper word 0x3fe6a09e; what lies below it belongs to the next exponent.
  let shifted = bits &- 0x3fe6_a09e_0000_0000
  let exponent = shifted &>> 52
  let m = unsafe unsafeBitCast(bits &- (exponent &<< 52), to: Lanes.self)
  let e = double(exponent &+ k)
  let f = m - 1
  let s = f / (f + 2)
  let z = s * s
  let w = z * z
  let even = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
  let oddTail = 0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)
  let odd = z * (0.6666666666666735130 + w * oddTail)
  let half = f * f * 0.5
  let low = s * (half + (even + odd)) + e * 1.90821492927058770002e-10
  return e * 6.93147180369123816490e-01 - ((half - low) - f)
}

/// Puts the powers of two of a positive, normal product aside, so that more factors may follow than
/// `Double` has room for: the product is in [1, 2) then, without a bit lost.
@inline(__always)
package func putAside(powersOf product: inout Lanes, to k: inout SIMD8<Int64>) {
  let bits = unsafe unsafeBitCast(product, to: SIMD8<Int64>.self)
  k &+= (bits &>> 52) &- 1023
  product = unsafe unsafeBitCast(bits & 0x000f_ffff_ffff_ffff | 1023 &<< 52, to: Lanes.self)
}

/// eˣ for −708 ≤ x ≤ 709, beyond which it is as at these ends; at most 2 ULP off.
///
/// x = k·ln 2 + r with |r| ≤ ½ ln 2, and eʳ by the rational approximation of fdlibm (`e_exp.c`).
package func exp(_ x: Lanes) -> Lanes {
  let x = x.clamped(-708, 709)
  let k = (x * 1.44269504088896338700).rounded(.toNearestOrEven)
  let high = x - k * 6.93147180369123816490e-01
  let low = k * 1.90821492927058770002e-10
  let r = high - low
  let t = r * r
  let inner = t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08)
  let middle = -2.77777777770155933842e-03 + t * (6.61375632143793436117e-05 + inner)
  let c = r - t * (1.66666666666666019037e-01 + t * middle)
  let y = 1 - ((low - (r * c) / (2 - c)) - high)
  return y * powerOfTwo(k)
}

/// log(1 + x) for x ≥ 0, without losing what 1 + x rounds away (Kahan's correction); at most 3 ULP
/// off.
package func log1p(_ x: Lanes) -> Lanes {
  let u = x + 1
  let corrected = log(u) * (x / (u - 1))
  return corrected.replacing(with: x, where: u .== 1)
}

/// log(1 + eᶻ) without overflow: max(z, 0) + log(1 + e^−|z|).
func softplus(_ z: Lanes) -> Lanes {
  let magnitude = z.replacing(with: -z, where: z .< 0)
  return z.replacing(with: 0, where: z .< 0) + log1p(exp(-magnitude))
}

@inline(__always)
private func double(_ integers: SIMD8<Int64>) -> Lanes {
  // |integer| < 2⁵¹: adding it to the bits of 1.5·2⁵² makes its value the distance from there.
  let magic: Double = 0x1.8p52
  let bits = integers &+ SIMD8(repeating: Int64(bitPattern: magic.bitPattern))
  return unsafe unsafeBitCast(bits, to: Lanes.self) - magic
}

/// 2ᵏ for whole k in −1022…1023.
private func powerOfTwo(_ k: Lanes) -> Lanes {
  let magic = Lanes(repeating: 0x1.8p52)
  let integer =
    unsafe unsafeBitCast(k + magic, to: SIMD8<Int64>.self)
    &- SIMD8(repeating: Int64(bitPattern: (0x1.8p52 as Double).bitPattern))
  return unsafe unsafeBitCast((integer &+ 1023) &<< 52, to: Lanes.self)
}

extension Lanes {
  /// Each number as it is, without a conversion that the compiler turns into a loop.
  @inline(__always)
  init(widening x: SIMD8<Float>) {
    self.init(
      Double(x[0]), Double(x[1]), Double(x[2]), Double(x[3]), Double(x[4]), Double(x[5]),
      Double(x[6]), Double(x[7]))
  }

  @inline(__always)
  init(widening x: SIMD8<UInt8>) {
    self.init(
      Double(x[0]), Double(x[1]), Double(x[2]), Double(x[3]), Double(x[4]), Double(x[5]),
      Double(x[6]), Double(x[7]))
  }

  /// Each number rounded to single precision.
  var single: SIMD8<Float> {
    SIMD8<Float>(
      Float(self[0]), Float(self[1]), Float(self[2]), Float(self[3]), Float(self[4]),
      Float(self[5]), Float(self[6]), Float(self[7]))
  }

  /// From the first lane to the last, so that the sum does not depend on the machine.
  var total: Double {
    ((self[0] + self[1]) + (self[2] + self[3])) + ((self[4] + self[5]) + (self[6] + self[7]))
  }
}

/// Lets `body` see an array of vectors as the numbers they are made of.
func withScalars<Scalar: SIMDScalar, Result, Failure: Error>(
  of vectors: inout [SIMD8<Scalar>],
  _ body: (inout MutableSpan<Scalar>) throws(Failure) -> Result
) throws(Failure) -> Result where Scalar: BitwiseCopyable, Scalar.SIMD8Storage: BitwiseCopyable {
  var span = vectors.mutableSpan
  return try unsafe span.withUnsafeMutableBytes { bytes throws(Failure) in
    // A SIMD8 is exactly its eight scalars, one after the other.
    var scalars = unsafe MutableSpan<Scalar>(
      _unsafeElements: unsafe bytes.bindMemory(to: Scalar.self))
    return try body(&scalars)
  }
}

/// The natural logarithm of one positive, normal number; the same bits on every machine.
package func naturalLogarithm(_ x: Double) -> Double { log(Lanes(repeating: x))[0] }
