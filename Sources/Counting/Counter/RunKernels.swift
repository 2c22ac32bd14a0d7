internal import CLanes

// The loops over the pixels of label maps and masks. Like the strands' loops they are compiled once for
// every processor of its kind, and again for those with wider vectors.

/// Finds the pixels after which a run of equal ones ends in either of two rows: where the next pixel
/// differs, and the last one.
///
/// How many ends 64 pixels have cannot be predicted, so four places are always written, and what
/// follows overwrites those that are not ends.
///
/// - Parameters:
///   - count: 65,536 pixels at most.
///   - ends: room for four places more than there are pixels.
/// - Returns: how many there are.
@inline(never)
package func findEnds(
  _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, count: Int, into ends: UnsafeMutableRawPointer
) -> Int {
  let (a, b) = unsafe (
    a.assumingMemoryBound(to: UInt8.self), b.assumingMemoryBound(to: UInt8.self)
  )
  let ends = unsafe ends.assumingMemoryBound(to: UInt16.self)
  var found = 0
  var index = 0
  while index &+ 65 <= count {
    var bits = unsafe unmask_ends_of_64(a + index, b + index)
    let end = found &+ bits.nonzeroBitCount
    for place in found..<found &+ 4 {
      unsafe ends[place] = UInt16(truncatingIfNeeded: index &+ bits.trailingZeroBitCount)
      bits &= bits &- 1
    }
    var place = found &+ 4
    while place < end {
      unsafe ends[place] = UInt16(truncatingIfNeeded: index &+ bits.trailingZeroBitCount)
      bits &= bits &- 1
      place &+= 1
    }
    found = end
    index &+= 64
  }
  while index < count {
    let next = index &+ 1
    if unsafe next == count || a[index] != a[next] || b[index] != b[next] {
      unsafe ends[found] = UInt16(truncatingIfNeeded: index)
      found &+= 1
    }
    index = next
  }
  return found
}

/// Notes at which pixels a mask is not 0.
///
/// - Parameters:
///   - once: a bit for each pixel, in words: whether a mask before was not 0 there.
///   - twice: the same: whether several were not.
/// - Returns: how many pixels no mask before had, and how many just one.
@inline(never)
package func addSeen(
  _ mask: UnsafeRawPointer, count: Int, once: UnsafeMutableRawPointer,
  twice: UnsafeMutableRawPointer
) -> (first: Int, second: Int) {
  let mask = unsafe mask.assumingMemoryBound(to: UInt8.self)
  let once = unsafe once.assumingMemoryBound(to: UInt64.self)
  let twice = unsafe twice.assumingMemoryBound(to: UInt64.self)
  var (first, second) = (0, 0)
  for word in 0..<(count &+ 63) / 64 {
    let set = unsafe setBits(mask, word, count)
    first &+= unsafe (set & ~once[word]).nonzeroBitCount
    let again = unsafe set & once[word]
    second &+= unsafe (again & ~twice[word]).nonzeroBitCount
    unsafe twice[word] |= again
    unsafe once[word] |= set
  }
  return (first, second)
}

/// Writes a bit for each byte: whether it is not 0.
///
/// - Parameters:
///   - bits: little-endian words, lowest bit first, with room for a bit of each byte.
@inline(never)
package func findSet(_ bytes: UnsafeRawPointer, count: Int, into bits: UnsafeMutableRawPointer) {
  let bytes = unsafe bytes.assumingMemoryBound(to: UInt8.self)
  let bits = unsafe bits.assumingMemoryBound(to: UInt64.self)
  for word in 0..<(count &+ 63) / 64 {
    unsafe bits[word] = setBits(bytes, word, count).littleEndian
  }
}

/// A bit for each byte of a word of 64, those behind the last byte 0.
@inline(__always)
private func setBits(_ bytes: UnsafePointer<UInt8>, _ word: Int, _ count: Int) -> UInt64 {
  let first = word &* 64
  if first &+ 64 <= count { return unsafe unmask_set_of_64(bytes + first) }
  var set: UInt64 = 0
  for byte in first..<count where unsafe bytes[byte] != 0 {
    set |= 1 &<< UInt64(truncatingIfNeeded: byte)
  }
  return set
}

/// Counts how often each pattern of up to eight bits occurs, of patterns that lie side by side.
///
/// - Parameters:
///   - bits: `count` times eight patterns, and a word more.
///   - size: how many bits a pattern has.
///   - tables: eight tables, each with one `UInt32` a pattern, because reading a count that was
///     just written stalls and neighbours are mostly equal.
@inline(never)
package func countPatterns(
  _ bits: UnsafeRawPointer, count: Int, size: Int, into tables: UnsafeMutableRawPointer
) {
  let cells = unsafe tables.assumingMemoryBound(to: UInt32.self)
  let patterns = 1 &<< size
  let mask = UInt64(truncatingIfNeeded: patterns &- 1)
  for eight in 0..<count {
    var word = unsafe UInt64(
      littleEndian: bits.loadUnaligned(fromByteOffset: eight &* size, as: UInt64.self))
    var table = unsafe cells
    for _ in 0..<8 {
      unsafe table[Int(truncatingIfNeeded: word & mask)] &+= 1
      unsafe table += patterns
      word &>>= UInt64(truncatingIfNeeded: size)
    }
  }
}
