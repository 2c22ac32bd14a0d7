/// A sum of reals, each rounded once to a multiple of 2⁻⁶⁰.
///
/// Integers underneath, so the order of addition cannot change a bit. The rounding costs at most
/// 2⁻⁶¹ ≈ 4e-19 for each term that is added.
package struct ExactSum: Statistic {
  /// In units of 2⁻⁶⁰.
  package var units: Int128

  package init(units: Int128) { self.units = units }

  /// Nothing where `value` is not finite or is 2⁴⁰ or more away from 0: a sum of 2²⁶ such terms
  /// still fits.
  package init?(_ value: Double) {
    guard value.magnitude < 0x1p40 else { return nil }
    self.init(near: value)
  }

  /// - Parameter value: 2⁶⁶ at most, either way.
  package init(near value: Double) {
    // In two parts of one sign, each exact: the library's conversion to 128 bits takes ten times as
    // long.
    let scaled = (value * 0x1p60).rounded(.toNearestOrEven)
    let upper = (scaled * 0x1p-64).rounded(.towardZero)
    let lower = UInt64((scaled - upper * 0x1p64).magnitude)
    units = Int128(Int64(upper)) &<< 64 &+ (scaled < 0 ? 0 &- Int128(lower) : Int128(lower))
  }

  package static let zero = ExactSum(units: 0)

  package static func + (a: ExactSum, b: ExactSum) -> ExactSum {
    ExactSum(units: a.units &+ b.units)
  }

  package static func - (a: ExactSum, b: ExactSum) -> ExactSum {
    ExactSum(units: a.units &- b.units)
  }

  /// `count` equal terms.
  package static func * (term: ExactSum, count: Int) -> ExactSum {
    ExactSum(units: term.units &* Int128(count))
  }
}

extension Double {
  /// The nearest double: the only rounding after the terms' own.
  package init(_ sum: ExactSum) {
    // The library's conversion of 128 bits takes a hundred times as long. The upper 64 that are in
    // use decide, and of all others whether any is set: that alone can break a tie.
    let magnitude = sum.units.magnitude
    let shift = max(0, 64 - magnitude.leadingZeroBitCount)
    let upper = UInt64(truncatingIfNeeded: magnitude &>> UInt128(truncatingIfNeeded: shift))
    let isExact = UInt128(upper) &<< UInt128(truncatingIfNeeded: shift) == magnitude
    let value =
      Double(isExact ? upper : upper | 1)
      * Double(sign: .plus, exponent: shift - 60, significand: 1)
    self = sum.units < 0 ? -value : value
  }
}
