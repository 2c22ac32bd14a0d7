// The Paeth predictor is that of left a, above b and upper left c which is nearest to a + b − c; of
// those equally near, the first (PNG specification, 9.4). With the smaller of a and b as low and
// the larger as high, it is
//
//     high   where 2 · (c − low) ≤ high − c
//     low    where 2 · (high − c) ≤ c − low
//     c      otherwise.
//
// For the distance of a + b − c from low is |high − c|, from high |c − low|, and from c it is
// |(high − c) − (c − low)|. Where c lies outside of low … high the last is the sum of the other
// two; where it lies inside, c is nearest just if neither of the two is at most half the other.
// That ties go the same way too is a test: it tries all 2²⁴ triples.

/// The Paeth predictor of one byte.
@inline(__always)
package func paeth(left a: UInt8, above b: UInt8, upperLeft c: UInt8) -> UInt8 {
  let (low, high, c) = (Int(min(a, b)), Int(max(a, b)), Int(c))
  // Without the two above, which would make a row wait for each of its bytes.
  let mirrored = 3 &* c &- Int(b) &- Int(a)
  let inner = high <= mirrored ? low : c
  return UInt8(truncatingIfNeeded: mirrored <= low ? high : inner)
}

/// The Paeth predictor of sixteen bytes at once; a difference below 0 counts as 0, which changes
/// neither comparison.
@inline(__always)
package func paeth(
  left a: ByteVector, above b: ByteVector, upperLeft c: ByteVector
) -> ByteVector {
  let low = b.replacing(with: a, where: a .< b)
  let high = a.replacing(with: b, where: a .< b)
  let under = c.excess(over: low)
  let over = high.excess(over: c)
  let inner = c.replacing(with: low, where: over .<= under.excess(over: over))
  return inner.replacing(with: high, where: under .<= over.excess(over: under))
}

extension ByteVector {
  /// By how much each byte is larger; 0 where it is not.
  @inline(__always)
  fileprivate func excess(over other: ByteVector) -> ByteVector {
    (self &- other).replacing(with: ByteVector(), where: self .< other)
  }
}
