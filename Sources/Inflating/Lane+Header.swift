// This page is compiled once more for processors that shift by any register (BMI2).

extension Lane {
  /// Reads the header of a block and makes its tables; a stored block is copied (RFC 1951, 3.2.3).
  mutating func readHeader(_ symbols: UnsafePointer<Entry>, _ work: UnsafeMutablePointer<Entry>) {
    guard let isLast = take(1), let kind = take(2) else { return fail() }
    isLastBlock = isLast == 1
    let isRead =
      switch kind {
      case 0: copyStored()
      case 1: unsafe makeFixedTables(symbols)
      case 2: unsafe readTables(symbols, work)
      default: false
      }
    guard isRead else { return fail() }
    if kind == 0 { endBlock() } else { state = .inBlock }
  }

  /// The next bits as a number; `nil` where the stream has none.
  private mutating func take(_ count: Int) -> Int? {
    guard fill(count) else { return nil }
    let number = Int(truncatingIfNeeded: bits) & (1 << count &- 1)
    bits &>>= UInt64(truncatingIfNeeded: count)
    return number
  }

  private mutating func fill(_ count: Int) -> Bool {
    if held >= count { return true }
    guard unsafe read <= lastRead else { return false }
    unsafe refill(&bits, &read)
    return true
  }

  private mutating func copyStored() -> Bool {
    // What is left of the byte.
    guard take(held & 7) != nil, let count = take(16), let complement = take(16),
      count ^ complement == 0xffff
    else { return false }
    unsafe read -= held >> 3
    bits = 1
    guard unsafe streamEnd - read >= count, unsafe end - written >= count else { return false }
    unsafe written.copyMemory(from: read, byteCount: count)
    unsafe read += count
    unsafe written += count
    return true
  }

  /// 3.2.6.
  private func makeFixedTables(_ symbols: UnsafePointer<Entry>) -> Bool {
    var lengths = InlineArray<320, UInt8>(repeating: 8)
    for symbol in 144..<256 { lengths[symbol] = 9 }
    for symbol in 256..<280 { lengths[symbol] = 7 }
    for symbol in 288..<320 { lengths[symbol] = 5 }
    return unsafe makeTables(&lengths, Symbols.lengthCount, Symbols.distanceCount, symbols)
  }

  /// 3.2.7.
  private mutating func readTables(
    _ symbols: UnsafePointer<Entry>, _ work: UnsafeMutablePointer<Entry>
  ) -> Bool {
    guard let literals = take(5), let distances = take(5), let codes = take(4),
      literals <= 29, distances <= 29
    else { return false }
    var lengths = InlineArray<320, UInt8>(repeating: 0)
    for index in 0..<codes &+ 4 {
      guard let length = take(3) else { return false }
      lengths[codeLengthOrder[index]] = UInt8(truncatingIfNeeded: length)
    }
    var span = lengths.mutableSpan
    let isCode = unsafe span.withUnsafeMutableBufferPointer { lengths in
      guard let lengths = lengths.baseAddress else { return false }
      return unsafe Alphabet.codeLengths.fill(
        work, by: lengths, count: Symbols.codeLengthCount,
        symbols + Symbols.lengthCount + Symbols.distanceCount)
    }
    guard isCode else { return false }
    let (first, count) = (literals &+ 257, literals &+ distances &+ 258)
    var index = 0
    while index < count {
      // A code, and the extra bits of a repetition.
      guard fill(14) else { return false }
      let entry = unsafe work[Int(truncatingIfNeeded: bits) & 127]
      guard entry & Alphabet.codeLengths.elsewhere == 0 else { return false }
      bits &>>= UInt64(truncatingIfNeeded: entry & 255)
      let symbol = Int(truncatingIfNeeded: entry >> 16)
      if symbol < 16 {
        span[index] = UInt8(truncatingIfNeeded: symbol)
        index &+= 1
        continue
      }
      let (value, least, extra): (UInt8, Int, Int) =
        switch symbol {
        case 16: (index == 0 ? 255 : span[index &- 1], 3, 2)
        case 17: (0, 3, 3)
        default: (0, 11, 7)
        }
      guard let more = take(extra), value < 16, index &+ least &+ more <= count else {
        return false
      }
      for _ in 0..<least &+ more {
        span[index] = value
        index &+= 1
      }
    }
    // A block without an end.
    guard span[256] > 0 else { return false }
    return unsafe makeTables(&lengths, first, count &- first, symbols)
  }

  /// - Parameter lengths: of the codes of lengths, then of those of distances.
  private func makeTables(
    _ lengths: inout InlineArray<320, UInt8>, _ first: Int, _ second: Int,
    _ symbols: UnsafePointer<Entry>
  ) -> Bool {
    var span = lengths.mutableSpan
    return unsafe span.withUnsafeMutableBufferPointer { lengths in
      guard let lengths = lengths.baseAddress else { return false }
      return unsafe Alphabet.lengths.fill(tables, by: lengths, count: first, symbols)
        && Alphabet.distances.fill(
          distances, by: lengths + first, count: second, symbols + Symbols.lengthCount)
    }
  }
}

private let codeLengthOrder: InlineArray<19, Int> = [
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
]
