internal import CLanes

// The loops over strands, as lean as they can be. This page and that of the lanes are compiled once
// for every processor of its kind, and again for those with wider vectors. All do the same steps in
// the same order, and none may contract a product and a sum, so they give the same bits.
//
// A period of a strand is `vectors` vectors of eight values; see `Strand`. Each sum has as many
// places as a period: a kernel's memory holds all vectors of the first sum, then those of the next.

/// Counts `count` periods.
///
/// The bits of non-negative floats are in the order of their values, so the least and greatest bits
/// lie within those of 0 and 1 exactly if all values do. Those of −0 are not, nor are those of NaN.
///
/// - Parameter counts: vectors of `Int32` for own, above, both, least and greatest bits.
@inline(never)
package func addCounts(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, vectors: Int, count: Int,
  above limit: Float, into counts: UnsafeMutableRawPointer
) {
  let counts = unsafe counts.assumingMemoryBound(to: SIMD8<Int32>.self)
  let limit = SIMD8(repeating: limit)
  for vector in 0..<vectors {
    var own = unsafe counts[vector]
    var above = unsafe counts[vectors &+ vector]
    var ownAbove = unsafe counts[2 &* vectors &+ vector]
    var least = unsafe counts[3 &* vectors &+ vector]
    var greatest = unsafe counts[4 &* vectors &+ vector]
    for period in 0..<count {
      let index = period &* vectors &+ vector
      // Fetches what the next periods have here; this kernel is the first to read them.
      unsafe unmask_prefetch(values + (index &+ count &* vectors) &* 32)
      let p = unsafe probabilities(values, index)
      let bits = unsafe unsafeBitCast(p, to: SIMD8<Int32>.self)
      least = unmask_smaller(least, bits)
      greatest = unmask_larger(greatest, bits)
      // A mask is −1 where it holds, so that taking it away counts.
      let isOwn = unsafe owned(truth, index)
      let isAbove = unmask_where_above(p, limit)
      own &-= isOwn
      above &-= isAbove
      ownAbove &-= isAbove & isOwn
    }
    unsafe counts[vector] = own
    unsafe counts[vectors &+ vector] = above
    unsafe counts[2 &* vectors &+ vector] = ownAbove
    unsafe counts[3 &* vectors &+ vector] = least
    unsafe counts[4 &* vectors &+ vector] = greatest
  }
}

/// Adds up what soft overlaps need of `count` periods.
///
/// - Parameter sums: vectors of `Double` for Σp, Σpt, Σp² and Σp²t.
@inline(never)
package func addSums(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, vectors: Int, count: Int,
  into sums: UnsafeMutableRawPointer
) {
  let sums = unsafe sums.assumingMemoryBound(to: Lanes.self)
  for vector in 0..<vectors {
    var predicted = unsafe sums[vector]
    var both = unsafe sums[vectors &+ vector]
    var squared = unsafe sums[2 &* vectors &+ vector]
    var bothSquared = unsafe sums[3 &* vectors &+ vector]
    for period in 0..<count {
      let index = period &* vectors &+ vector
      let p = unsafe probabilities(values, index)
      let wide = unmask_widened(p)
      predicted += wide
      squared += wide * wide
      let own = unmask_widened(p.kept(unsafe owned(truth, index)))
      both += own
      bothSquared += own * own
    }
    unsafe sums[vector] = predicted
    unsafe sums[vectors &+ vector] = both
    unsafe sums[2 &* vectors &+ vector] = squared
    unsafe sums[3 &* vectors &+ vector] = bothSquared
  }
}

/// Multiplies the class's own pixels' p, and the others' 1 − p, p clipped, of `count` periods: 32 at
/// most, because then the powers of two are put aside.
///
/// - Parameters:
///   - products: vectors of `Double` for own pixels and for others.
///   - powers: as many of `Int64`, the powers of two of the products so far.
@inline(never)
package func multiply(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, vectors: Int, count: Int,
  low: Float, high: Float, leastComplement: Float, into products: UnsafeMutableRawPointer,
  _ powers: UnsafeMutableRawPointer
) {
  let products = unsafe products.assumingMemoryBound(to: Lanes.self)
  let powers = unsafe powers.assumingMemoryBound(to: SIMD8<Int64>.self)
  let low = SIMD8(repeating: low)
  let high = SIMD8(repeating: high)
  let leastComplement = SIMD8(repeating: leastComplement)
  let one = SIMD8<Float>(repeating: 1)
  for vector in 0..<vectors {
    var own = unsafe products[vector]
    var other = unsafe products[vectors &+ vector]
    for period in 0..<count {
      let index = period &* vectors &+ vector
      let isOwn = unsafe owned(truth, index)
      let p = unmask_at_most(unmask_at_least(unsafe probabilities(values, index), low), high)
      let q = unmask_at_least(1 - p, leastComplement)
      own *= unmask_widened(unmask_choice(isOwn, p, one))
      other *= unmask_widened(unmask_choice(isOwn, one, q))
    }
    unsafe putAside(powersOf: &own, to: &powers[vector])
    unsafe putAside(powersOf: &other, to: &powers[vectors &+ vector])
    unsafe products[vector] = own
    unsafe products[vectors &+ vector] = other
  }
}

/// Turns products into what they were multiplied for: the negative logarithm.
///
/// - Parameters:
///   - products: `count` vectors of `Double`.
///   - powers: as many of `Int64`, the powers of two of the products.
@inline(never)
package func takeLogarithms(
  _ products: UnsafeMutableRawPointer, _ powers: UnsafeRawPointer, count: Int
) {
  let products = unsafe products.assumingMemoryBound(to: Lanes.self)
  let powers = unsafe powers.assumingMemoryBound(to: SIMD8<Int64>.self)
  for index in 0..<count {
    unsafe products[index] = 0 - log(products[index], timesTwoTo: powers[index])
  }
}

@inline(__always)
private func probabilities(_ values: UnsafeRawPointer, _ index: Int) -> SIMD8<Float> {
  unsafe values.loadUnaligned(fromByteOffset: index &* 32, as: SIMD8<Float>.self)
}

@inline(__always)
private func owned(_ truth: UnsafeRawPointer, _ index: Int) -> SIMD8<Int32> {
  unmask_where_set(unsafe truth.loadUnaligned(fromByteOffset: index &* 8, as: SIMD8<UInt8>.self))
}

extension SIMD8<Float> {
  /// 0 where the mask is not set.
  @inline(__always)
  fileprivate func kept(_ mask: SIMD8<Int32>) -> SIMD8<Float> {
    unsafe unsafeBitCast(
      unsafe unsafeBitCast(self, to: SIMD8<Int32>.self) & mask, to: SIMD8<Float>.self)
  }
}
