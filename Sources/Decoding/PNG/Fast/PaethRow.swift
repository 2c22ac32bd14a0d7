/// A row of bytes whose filter is Paeth, vector by vector.
///
/// In a mask or label map most differences are 0, and then two things are common:
///
/// * left and upper left are the same: the prediction is the byte above, so the next two are the
///   same again, and whole vectors are copies of the row above;
/// * all that lies above is as the upper left: the prediction is the byte to the left, so whole
///   vectors repeat it.
struct PaethRow {
  private var left: UInt8 = 0
  private var upperLeft: UInt8 = 0

  @inline(__always)
  mutating func next(_ differences: ByteVector, above: ByteVector) -> ByteVector {
    if differences.isZero {
      if left == upperLeft {
        left = above[15]
        upperLeft = left
        return above
      }
      if above == ByteVector(repeating: upperLeft) { return ByteVector(repeating: left) }
    }
    let (d, a) = (differences.longs, above.longs)
    return ByteVector(SIMD2(next(d[0], above: a[0]), next(d[1], above: a[1])))
  }

  /// Eight bytes, the first the lowest.
  @inline(__always)
  private mutating func next(_ differences: UInt64, above: UInt64) -> UInt64 {
    var result: UInt64 = 0
    var bit: UInt64 = 0
    while bit < 64 {
      if left == upperLeft {
        // Up to the next difference they are copies of the bytes above; without a difference all 64
        // bits are zeros.
        let zeros = UInt64(truncatingIfNeeded: (differences &>> bit).trailingZeroBitCount)
        let end = min(64, bit &+ zeros & ~7)
        if end > bit {
          result |= above & ~0 &<< bit & ~0 &>> (64 &- end)
          left = UInt8(truncatingIfNeeded: above &>> (end &- 8))
          upperLeft = left
          bit = end
          continue
        }
      }
      let above = UInt8(truncatingIfNeeded: above &>> bit)
      let difference = UInt8(truncatingIfNeeded: differences &>> bit)
      left = difference &+ paeth(left: left, above: above, upperLeft: upperLeft)
      upperLeft = above
      result |= UInt64(left) &<< bit
      bit &+= 8
    }
    return result
  }
}
