internal import CLanes

// The loops over strands, as lean as they can be. This page and that of the lanes are compiled
// twice: for every processor of its kind, and for those with AVX2. Both do the same steps in the
// same order, and neither may contract a product and a sum, so they give the same bits.
//
// A period of a strand is `vectors` vectors of eight values; see `Strand`.

/// What is added up of the probabilities in one vector of a period; pixels are counted: the class's
/// own, those above the threshold, and those that are both.
///
/// A tuple and no struct, for which the compiler would write functions that both builds share.
package typealias StrandSums = (
  predicted: Lanes, both: Lanes, squared: Lanes, own: SIMD8<UInt32>, above: SIMD8<UInt32>,
  ownAbove: SIMD8<UInt32>, least: SIMD8<Float>, greatest: SIMD8<Float>
)

/// The sums of a loss there: on the class's own pixels, and on the others.
package typealias StrandLoss = (own: Lanes, other: Lanes)

/// Adds up what overlaps need of `count` periods.
///
/// - Parameter sums: one `StrandSums` for each vector.
@inline(never)
package func addSums(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, vectors: Int, count: Int,
  above limit: Float, into sums: UnsafeMutableRawPointer
) {
  let sums = unsafe sums.assumingMemoryBound(to: StrandSums.self)
  let limit = SIMD8(repeating: limit)
  for vector in 0..<vectors {
    var sum = unsafe sums[vector]
    for period in 0..<count {
      let index = period &* vectors &+ vector
      let p = unsafe probabilities(values, index)
      let own = unsafe owned(truth, index)
      sum.least = unmask_at_most(sum.least, p)
      sum.greatest = unmask_at_least(sum.greatest, p)
      // A mask is −1 where it holds, so that taking it away counts.
      let above = unmask_where_above(p, limit)
      sum.own &-= own
      sum.above &-= above
      sum.ownAbove &-= above & own
      let wide = unmask_widened(p)
      sum.predicted += wide
      sum.squared += wide * wide
      sum.both += unmask_widened(p.kept(own))
    }
    unsafe sums[vector] = sum
  }
}

/// Adds −log p on the class's own pixels and −log(1 − p) on the others, p clipped: the logarithm of
/// the product over `count` periods, 32 at most.
///
/// - Parameter losses: one `StrandLoss` for each vector.
@inline(never)
package func addLogarithms(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, vectors: Int, count: Int,
  low: Float, high: Float, leastComplement: Float, into losses: UnsafeMutableRawPointer
) {
  let losses = unsafe losses.assumingMemoryBound(to: StrandLoss.self)
  let low = SIMD8(repeating: low)
  let high = SIMD8(repeating: high)
  let leastComplement = SIMD8(repeating: leastComplement)
  let one = SIMD8<Float>(repeating: 1)
  for vector in 0..<vectors {
    var ownProduct = Lanes(repeating: 1)
    var otherProduct = Lanes(repeating: 1)
    for period in 0..<count {
      let index = period &* vectors &+ vector
      unsafe unmask_prefetch(values + (index &+ count &* vectors) &* 32)
      let own = unsafe owned(truth, index)
      let p = unmask_at_most(unmask_at_least(unsafe probabilities(values, index), low), high)
      let q = unmask_at_least(1 - p, leastComplement)
      ownProduct *= unmask_widened(unmask_choice(own, p, one))
      otherProduct *= unmask_widened(unmask_choice(own, one, q))
    }
    unsafe losses[vector].own -= log(ownProduct)
    unsafe losses[vector].other -= log(otherProduct)
  }
}

/// Tells for which class each pixel is true first, and whether it is so for others too, of pixels
/// whose bytes lie side by side.
///
/// A pixel's bytes are looked at in chunks of eight, as a word. It takes 252 pixels at most, because
/// the pixels of each class are counted in a byte.
///
/// - Parameters:
///   - end: where the bytes end; beyond nothing is read.
///   - pixels: two words for each pixel, 0 before: whether it is true for a class (all bits set) and
///     whether it is for several (not 0).
///   - firsts: for each chunk eight bytes, which count the pixels that are true first for a class.
@inline(never)
package func findFirsts(
  _ truth: UnsafeRawPointer, classes: Int, count: Int, end: Int,
  pixels: UnsafeMutableRawPointer, firsts: UnsafeMutableRawPointer
) {
  let states = unsafe pixels.assumingMemoryBound(to: (seen: Words, several: Words).self)
  let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
  for chunk in stride(from: 0, to: classes, by: 8) {
    let inChunk = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* min(8, classes &- chunk))
    var sums = Words.zero
    for pixel in stride(from: 0, to: count, by: 4) {
      let start = pixel &* classes &+ chunk
      var word = unsafe Words(
        loadWord(truth, start, end), loadWord(truth, start &+ classes, end),
        loadWord(truth, start &+ 2 &* classes, end), loadWord(truth, start &+ 3 &* classes, end))
      word &= inChunk
      // The highest bit of each byte that is not 0.
      let set = ((word & low) &+ low | word) & ~low
      let first = set & (0 &- set)
      var state = unsafe states[pixel / 4]
      sums &+= (first & ~state.seen) &>> 7
      state.several |= set ^ first | set & state.seen
      state.seen |= 0 &- ((set | (0 &- set)) &>> 63)
      unsafe states[pixel / 4] = state
    }
    let sum = sums[0] &+ sums[1] &+ sums[2] &+ sums[3]
    unsafe firsts.storeBytes(of: sum.littleEndian, toByteOffset: chunk, as: UInt64.self)
  }
}

private typealias Words = SIMD4<UInt64>

/// Eight bytes, the first one lowest; 0 for those behind the end.
@inline(__always)
private func loadWord(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int) -> UInt64 {
  if start &+ 8 <= end {
    return unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
  }
  var word: UInt64 = 0
  for index in stride(from: end &- 1, through: start, by: -1) {
    word = word &<< 8 | UInt64(unsafe bytes.load(fromByteOffset: index, as: UInt8.self))
  }
  return word
}

@inline(__always)
private func probabilities(_ values: UnsafeRawPointer, _ index: Int) -> SIMD8<Float> {
  unsafe values.loadUnaligned(fromByteOffset: index &* 32, as: SIMD8<Float>.self)
}

@inline(__always)
private func owned(_ truth: UnsafeRawPointer, _ index: Int) -> SIMD8<UInt32> {
  unmask_where_set(unsafe truth.loadUnaligned(fromByteOffset: index &* 8, as: SIMD8<UInt8>.self))
}

extension SIMD8<Float> {
  /// 0 where the mask is not set.
  @inline(__always)
  fileprivate func kept(_ mask: SIMD8<UInt32>) -> SIMD8<Float> {
    unsafe unsafeBitCast(
      unsafe unsafeBitCast(self, to: SIMD8<UInt32>.self) & mask, to: SIMD8<Float>.self)
  }
}
