internal import CLanes

// Compiled once for every processor of its kind, and again for those with wider vectors. Whole
// numbers may be added in any order.

/// Adds up the products of counts and the lower and the higher digits of terms, each below 2³².
///
/// - Parameters:
///   - counts: `count` numbers of 64 bits, of which the lower 32 count; eight divides it.
///   - low: as many of 32 bits; so is `high`.
@inline(never)
package func sumDigits(
  _ counts: UnsafeRawPointer, _ low: UnsafeRawPointer, _ high: UnsafeRawPointer, count: Int
) -> (low: UInt64, high: UInt64) {
  var lows = SIMD8<UInt64>.zero
  var highs = SIMD8<UInt64>.zero
  for index in 0..<count / 8 {
    let some = unsafe counts.loadUnaligned(
      fromByteOffset: index &* 64, as: SIMD8<UInt64>.self)
    lows &+= unmask_product(
      some, unsafe low.loadUnaligned(fromByteOffset: index &* 32, as: SIMD8<UInt32>.self))
    highs &+= unmask_product(
      some, unsafe high.loadUnaligned(fromByteOffset: index &* 32, as: SIMD8<UInt32>.self))
  }
  var sums = (low: lows[0], high: highs[0])
  for lane in 1..<8 {
    sums.low &+= lows[lane]
    sums.high &+= highs[lane]
  }
  return sums
}
