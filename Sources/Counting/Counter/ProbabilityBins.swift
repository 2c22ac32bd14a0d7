/// 65,536 bins of 0…1 for probabilities that are floats, finest where masks have their pixels.
///
/// A bin is (lower, upper], so that the threshold `upper` lies between it and the next. From ½
/// outwards:
///
///     1/32 ≤ d         width 2⁻¹⁵
///     2⁻¹³ ≤ d < 1/32  1024 bins for each halving of d
///     d < 2⁻¹³         near 1 width 2⁻²⁴, the step of single precision, so that a bin is one
///                      number; near 0 128 bins for each halving, down to 2⁻¹⁴¹
///
/// where d is the distance from the nearer end. 0 and 1 have a bin of their own. Bins of equal
/// width would leave the order of saturated pixels open: on real predictions that go down to 1e-31
/// the area under a ROC curve is then known to 0.12 only, with these bins to 2e-5.
package enum ProbabilityBins {
  package static let count = 65536

  /// The bin of a probability; what is below 0 or not a number has that of 0, what is above 1 that
  /// of 1, so that ignored pixels need not be looked at.
  @inline(__always)
  package static func bin(of p: Double) -> Int {
    guard p > 0 else { return 0 }
    guard p < 1 else { return count - 1 }
    if p > 0.5 {
      let d = 1 - p
      return count - 1 - (d < 0x1p-13 ? max(1, Int(d * 0x1p24)) : 2048 + step(of: d))
    }
    // The number before p is asked: what would be [lower, upper) is (lower, upper].
    let d = Double(bitPattern: p.bitPattern &- 1)
    return d < 0x1p-13
      ? max(1, Int(d.bitPattern >> 45) - middle >> 45 + 16384) : 16384 + step(of: d)
  }

  /// How many steps d is away from 2⁻¹³.
  @inline(__always)
  private static func step(of d: Double) -> Int {
    d < 0x1p-5
      ? Int(d.bitPattern >> 42) - middle >> 42 : 8192 - 1024 + Int(d * 0x1p15)
  }

  /// The greatest probability in a bin; the bin below ends where this one begins.
  package static func upper(of bin: Int) -> Double {
    // Above ½ the greatest p has the smallest d of its bin, below ½ the greatest.
    let index = count - 1 - bin
    if index == 1 { return 1.0.nextDown }
    if index < 2048 { return 1 - Double(index) * 0x1p-24 }
    if index < 2048 + steps { return 1 - start(ofStep: index - 2048) }
    if bin >= 16384 { return start(ofStep: bin - 16384 + 1) }
    return bin == 0 ? 0 : Double(bitPattern: UInt64((bin + 1 - 16384) << 45 + middle))
  }

  /// Steps from 2⁻¹³ to ½: 8 halvings, then equal widths.
  private static let steps = 8192 + 15360

  /// The d at which a step begins.
  private static func start(ofStep step: Int) -> Double {
    step < 8192
      ? Double(bitPattern: UInt64(step << 42 + middle)) : Double(step - 8192 + 1024) * 0x1p-15
  }

  /// The bits of 2⁻¹³.
  private static let middle = (1023 - 13) << 52
}
