internal import CLanes

#if arch(x86_64)
  internal import InflatingAVX2
#endif

/// A deflate stream (RFC 1951) and the memory that it is to fill.
@unsafe
package struct InflatedStream {
  let source: UnsafeRawBufferPointer
  let readable: Int
  let target: UnsafeMutableRawBufferPointer

  /// - Parameters:
  ///   - source: from the stream's first byte to its last.
  ///   - readable: how many bytes of memory follow; fewer than 16 make it fail.
  ///   - target: exactly as long as what the stream holds.
  package init(
    _ source: UnsafeRawBufferPointer, readable: Int, into target: UnsafeMutableRawBufferPointer
  ) {
    unsafe (self.source, self.readable, self.target) = unsafe (source, readable, target)
  }
}

/// Inflates streams at once, which is faster than one after the other where most of what they hold is literals.
///
/// - Returns: Of each whether it was whole and filled its target. One that was not may still be a stream that other
///   readers take: an incomplete code is refused here.
package func inflateTogether(_ streams: [InflatedStream]) -> [Bool] {
  let sources = unsafe streams.map { unsafe $0.source }
  let targets = unsafe streams.map { unsafe $0.target }
  let readable = unsafe streams.map { unsafe $0.readable }
  return unsafe [Bool](unsafeUninitializedCapacity: streams.count) { isWhole, count in
    guard let first = isWhole.baseAddress else { return }
    unsafe isWhole.initialize(repeating: false)
    count = unsafe streams.count
    #if arch(x86_64)
      if unmask_vector_bytes() >= 32 {
        return unsafe InflatingAVX2.inflateInStep(
          sources, readable: readable, into: targets, count: count, isWhole: first)
      }
    #endif
    unsafe inflateInStep(
      sources, readable: readable, into: targets, count: count, isWhole: first)
  }
}
