// This page is compiled once more for processors that shift by any register (BMI2).
//
// A code is read symbol by symbol, each of which says where the next one begins: a processor waits for its table
// most of the time. Streams do not wait for each other, so five of them are read in step, a symbol of each in turn,
// as long as all five are literals. Measured on noisy planes: docs/performance.md.

/// Of streams in step. More would not fit into the registers.
let laneCount = 5

/// Literals of a round have at most the bits of the first table, 11; as many rounds follow 56 bits.
private let rounds = 5

/// Until a lane's block ends or it runs out of room; all of them have a block and room.
///
/// Each lane's bits and place are variables of their own, because arrays of them would stay in memory.
@inline(never)
func decodeInStep(_ lanes: UnsafeMutablePointer<Lane>, _ tables: UnsafePointer<Entry>) {
  while unsafe refill(lanes), unsafe refill(lanes + 1), unsafe refill(lanes + 2),
    unsafe refill(lanes + 3), unsafe refill(lanes + 4)
  {
    var (bits0, written0) = unsafe (lanes[0].bits, lanes[0].written)
    var (bits1, written1) = unsafe (lanes[1].bits, lanes[1].written)
    var (bits2, written2) = unsafe (lanes[2].bits, lanes[2].written)
    var (bits3, written3) = unsafe (lanes[3].bits, lanes[3].written)
    var (bits4, written4) = unsafe (lanes[4].bits, lanes[4].written)
    var others: Entry = 0
    for _ in 0..<rounds {
      let entry0 = unsafe next(tables, 0, bits0)
      let entry1 = unsafe next(tables, 1, bits1)
      let entry2 = unsafe next(tables, 2, bits2)
      let entry3 = unsafe next(tables, 3, bits3)
      let entry4 = unsafe next(tables, 4, bits4)
      if entry0 & entry1 & entry2 & entry3 & entry4 & literal == 0 {
        // Those that met a literal are not kept waiting.
        others = unsafe putIfLiteral(entry0, &bits0, &written0)
        unsafe others |= putIfLiteral(entry1, &bits1, &written1) << 1
        unsafe others |= putIfLiteral(entry2, &bits2, &written2) << 2
        unsafe others |= putIfLiteral(entry3, &bits3, &written3) << 3
        unsafe others |= putIfLiteral(entry4, &bits4, &written4) << 4
        break
      }
      unsafe put(entry0, &bits0, &written0)
      unsafe put(entry1, &bits1, &written1)
      unsafe put(entry2, &bits2, &written2)
      unsafe put(entry3, &bits3, &written3)
      unsafe put(entry4, &bits4, &written4)
    }
    unsafe (lanes[0].bits, lanes[0].written) = unsafe (bits0, written0)
    unsafe (lanes[1].bits, lanes[1].written) = unsafe (bits1, written1)
    unsafe (lanes[2].bits, lanes[2].written) = unsafe (bits2, written2)
    unsafe (lanes[3].bits, lanes[3].written) = unsafe (bits3, written3)
    unsafe (lanes[4].bits, lanes[4].written) = unsafe (bits4, written4)
    while others != 0 {
      let lane = others.trailingZeroBitCount
      others &= others &- 1
      unsafe lanes[lane].decodeMatches()
      if unsafe lanes[lane].state != .inBlock { return }
    }
  }
}

/// Whether it has room; then it has 56 bits, too.
@inline(__always)
private func refill(_ lane: UnsafeMutablePointer<Lane>) -> Bool {
  guard unsafe lane.pointee.hasRoom else { return false }
  unsafe refill(&lane.pointee.bits, &lane.pointee.read)
  return true
}

@inline(__always)
private func next(_ tables: UnsafePointer<Entry>, _ lane: Int, _ bits: UInt64) -> Entry {
  unsafe tables[lane &* Lane.stride &+ place(bits, Alphabet.lengths.tableBits)]
}

/// A literal, or nothing.
///
/// - Returns: 0 where it was a literal, else 1.
@inline(__always)
private func putIfLiteral(
  _ entry: Entry, _ bits: inout UInt64, _ written: inout UnsafeMutableRawPointer
) -> Entry {
  let isLiteral = entry >> 31
  unsafe written.storeBytes(of: UInt8(truncatingIfNeeded: entry >> 16), as: UInt8.self)
  unsafe written += Int(truncatingIfNeeded: isLiteral)
  bits &>>= UInt64(truncatingIfNeeded: entry & (0 &- isLiteral))
  return isLiteral ^ 1
}
