/// At most 1024 bytes of the input, a leaf of the tree (section 4.2).
struct Chunk {
  static let size = 1024

  private let number: UInt64
  /// Of all blocks but the last, which is kept until it is known whether another follows.
  private var value = Value.initial
  private var blocks = 0
  /// Filled up with zeros.
  private var last = Block()
  private var lastCount = 0

  init(number: UInt64) { self.number = number }

  /// How many bytes there are so far.
  var count: Int { blocks &* 64 &+ lastCount }

  /// Adds bytes, for which there must be room.
  mutating func append(_ start: UnsafeRawPointer, _ count: Int) {
    var done = 0
    while done < count {
      if lastCount == 64 {
        compress(last)
        (last, lastCount) = (.zero, 0)
      }
      while lastCount == 0, count &- done > 64 {
        unsafe compress(start.loadUnaligned(fromByteOffset: done, as: Block.self))
        done &+= 64
      }
      let some = min(64 &- lastCount, count &- done)
      unsafe withUnsafeMutableBytes(of: &last) { bytes in
        unsafe bytes.baseAddress?.advanced(by: lastCount)
          .copyMemory(from: start + done, byteCount: some)
      }
      lastCount &+= some
      done &+= some
    }
  }

  private mutating func compress(_ block: Block) {
    value.compress(block, number: number, length: 64, flags: start)
    blocks &+= 1
  }

  /// The flag of the block that follows.
  private var start: UInt32 { blocks == 0 ? chunkStartFlag : 0 }

  /// What the chunk hashes to if nothing follows in it.
  ///
  /// - Parameter flags: `rootFlag` or 0.
  func value(flags: UInt32) -> Value {
    var value = value
    value.compress(
      last, number: number, length: UInt32(lastCount), flags: start | chunkEndFlag | flags)
    return value
  }
}
