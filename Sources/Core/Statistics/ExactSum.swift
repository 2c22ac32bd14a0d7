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
    units = Int128((value * 0x1p60).rounded(.toNearestOrEven))
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
    // The general conversion of 128 bits is slow, and most sums fit 64.
    let units = Int64(exactly: sum.units).map { Double($0) } ?? Double(sum.units)
    self = units * 0x1p-60
  }
}
