// In and out of memory.

/// A block of each message, transposed.
///
/// - Parameters:
///   - stride: from one message to the next, in bytes.
///   - count: how many messages there are; the last one stands in for those that a vector has too few of.
@inline(__always)
func blocks(_ start: UnsafeRawPointer, stride: Int, count: Int) -> Blocks {
  @inline(__always)
  func vector(_ index: Int) -> Words {
    let vectors = 16 / Words.scalarCount
    let message = unsafe start + min(index / vectors, count &- 1) &* stride
    return unsafe message.loadUnaligned(
      fromByteOffset: index % vectors &* MemoryLayout<Words>.size, as: Words.self)
  }
  return transposed(
    (
      vector(0), vector(1), vector(2), vector(3), vector(4), vector(5), vector(6), vector(7),
      vector(8), vector(9), vector(10), vector(11), vector(12), vector(13), vector(14), vector(15)
    ))
}

/// Puts the first `count` values one after the other.
@inline(__always)
func store(_ h: Values, count: Int, to place: UnsafeMutableRawPointer) {
  let values = transposed(h)
  unsafe withUnsafeBytes(of: values) { values in
    if let values = values.baseAddress {
      unsafe place.copyMemory(from: values, byteCount: count &* 32)
    }
  }
}
