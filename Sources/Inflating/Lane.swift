// This page is compiled once more for processors that shift by any register (BMI2).

/// A deflate stream (RFC 1951) on its way from one piece of memory to another.
@safe
struct Lane {
  /// What was read and not yet used, the next bit lowest; above the last one stands a 1.
  var bits: UInt64 = 1
  var read: UnsafeRawPointer
  var written: UnsafeMutableRawPointer
  /// The last place from which eight bytes can be read.
  let lastRead: UnsafeRawPointer
  let streamEnd: UnsafeRawPointer
  let start: UnsafeMutableRawPointer
  let end: UnsafeMutableRawPointer
  /// Where the tables of its block stand: lengths, then distances.
  let tables: UnsafeMutablePointer<Entry>
  var isLastBlock = false
  var state = State.betweenBlocks

  enum State: UInt8 {
    case betweenBlocks, inBlock, done, failed
  }

  /// Bytes that are free behind `written` while nobody looks whether there are: those of a round of literals, a
  /// match, and the vectors that reach beyond it.
  static let room = 320
  /// Entries from a lane's tables to those of the next. No multiple of a page, so that not all of them meet in the
  /// same places of the first cache.
  static let stride = Alphabet.lengths.capacity + Alphabet.distances.capacity + 40
}

extension Lane {
  var hasRoom: Bool {
    unsafe read <= lastRead && end - written >= Lane.room
  }

  var distances: UnsafeMutablePointer<Entry> { unsafe tables + Alphabet.lengths.capacity }

  /// How many bits were read and not used.
  var held: Int { 63 &- bits.leadingZeroBitCount }

  mutating func fail() { state = .failed }

  mutating func endBlock() {
    state = .betweenBlocks
    guard isLastBlock else { return }
    // All of it, and no more.
    let used = unsafe read - held >> 3
    state = unsafe used == streamEnd && written == end ? .done : .failed
  }
}

/// Reads on until at least 56 bits are there; eight bytes can be read.
@inline(__always)
func refill(_ bits: inout UInt64, _ read: inout UnsafeRawPointer) {
  let free = bits.leadingZeroBitCount
  let held = UInt64(truncatingIfNeeded: 63 &- free)
  let word = unsafe UInt64(littleEndian: read.loadUnaligned(as: UInt64.self))
  unsafe read += free >> 3
  let end: UInt64 = 1 &<< (held | 56)
  bits = (bits ^ 1 &<< held | word &<< held) & (end &- 1) | end
}
