// What `Draws` and `Poisson` say, eight words at once. Only wide vectors gain by it: they multiply and
// compare words of 64 bits.

private typealias Words = SIMD8<UInt64>

/// Draws how often some clusters occur in one replicate.
///
/// - Parameters:
///   - starts: where the clusters' sequences start, `count` words; eight divides it.
///   - distance: how far in its sequence the replicate is from there.
///   - bounds: sixteen words; a count is the number of those that a word is not below.
@inline(never)
package func drawCounts(
  _ starts: UnsafeRawPointer, count: Int, distance: UInt64, bounds: UnsafeRawPointer,
  into counts: UnsafeMutableRawPointer
) {
  let bounds = unsafe bounds.assumingMemoryBound(to: UInt64.self)
  // Added to the bits of this number, a small integer becomes its distance from it.
  let magic = SIMD8(repeating: 0x1.8p52)
  var index = 0
  while index < count {
    let start = unsafe starts.loadUnaligned(fromByteOffset: index &* 8, as: Words.self)
    let word = mixed(start &+ Words(repeating: distance))
    var number = SIMD8<Int64>.zero
    for bound in 0..<8 { number &+= unsafe reached(bounds[bound], by: word) }
    // One count in a million is above eight.
    if any(word .>= Words(repeating: unsafe bounds[8])) {
      for bound in 8..<16 { number &+= unsafe reached(bounds[bound], by: word) }
    }
    let bits = unsafe number &+ unsafeBitCast(magic, to: SIMD8<Int64>.self)
    let values = unsafe unsafeBitCast(bits, to: SIMD8<Double>.self) - magic
    unsafe counts.storeBytes(of: values, toByteOffset: index &* 8, as: SIMD8<Double>.self)
    index &+= 8
  }
}

@inline(__always)
private func reached(_ bound: UInt64, by word: Words) -> SIMD8<Int64> {
  SIMD8<Int64>.zero.replacing(with: 1, where: word .>= Words(repeating: bound))
}

@inline(__always)
private func mixed(_ word: Words) -> Words {
  var z = word
  z = (z ^ (z &>> 30)) &* Words(repeating: 0xbf58_476d_1ce4_e5b9)
  z = (z ^ (z &>> 27)) &* Words(repeating: 0x94d0_49bb_1331_11eb)
  return z ^ (z &>> 31)
}
