// This page is compiled once for each of the wider vectors. It hashes as many nodes of the tree at once as
// a vector has words; `Nodes.swift` does the same without vectors.

/// Hashes whole chunks that follow each other (section 4.2), none of them the root.
///
/// - Parameters:
///   - chunks: `count` times 1024 bytes.
///   - number: of the first chunk in the input.
///   - values: becomes 32 bytes for each chunk.
@inline(never)
package func hashChunks(
  _ chunks: UnsafeRawPointer, count: Int, number: UInt64, into values: UnsafeMutableRawPointer
) {
  var done = 0
  while done < count {
    let some = min(count &- done, Words.scalarCount)
    let start = unsafe chunks + done &* 1024
    let t = numbers(from: number &+ UInt64(done))
    var h = initialValues
    for block in 0..<16 {
      let m = unsafe blocks(start + block &* 64, stride: 1024, count: some)
      let flags = block == 0 ? chunkStartFlag : block == 15 ? chunkEndFlag : 0
      compress(&h, m, t, length: 64, flags: flags)
    }
    unsafe store(h, count: some, to: values + done &* 32)
    done &+= some
  }
}

/// Hashes parents (section 4.3), none of them the root.
///
/// - Parameters:
///   - children: two values of 32 bytes for each parent.
///   - values: becomes 32 bytes for each parent; may be where the children are.
@inline(never)
package func hashParents(
  _ children: UnsafeRawPointer, count: Int, into values: UnsafeMutableRawPointer
) {
  var done = 0
  while done < count {
    let some = min(count &- done, Words.scalarCount)
    var h = initialValues
    let m = unsafe blocks(children + done &* 64, stride: 64, count: some)
    compress(&h, m, (Words(), Words()), length: 64, flags: parentFlag)
    unsafe store(h, count: some, to: values + done &* 32)
    done &+= some
  }
}

private var initialValues: Values {
  @inline(__always) get {
    (
      Words(repeating: iv.0), Words(repeating: iv.1), Words(repeating: iv.2),
      Words(repeating: iv.3), Words(repeating: iv.4), Words(repeating: iv.5),
      Words(repeating: iv.6), Words(repeating: iv.7)
    )
  }
}

/// The numbers of chunks that follow each other.
@inline(__always)
private func numbers(from first: UInt64) -> (low: Words, high: Words) {
  var (low, high) = (Words(), Words())
  for lane in 0..<Words.scalarCount {
    let number = first &+ UInt64(lane)
    low[lane] = UInt32(truncatingIfNeeded: number)
    high[lane] = UInt32(truncatingIfNeeded: number &>> 32)
  }
  return (low, high)
}
