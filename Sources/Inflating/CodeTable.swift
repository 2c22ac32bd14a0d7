// This page is compiled once more for processors that shift by any register (BMI2).
//
// A code as a table: the next bits of a stream are a place in it, and there stands an entry, 32 bits that say which
// symbol it is and how many bits to go on by (RFC 1951, 3.2). Codes that are longer than the table's bits
// continue in a second table behind the first.
//
//     literal    bit 31 (of lengths), the byte from bit 16 on, the bits to go on by in the lowest byte
//     base       of a length or distance from bit 16 on, the bits of the code in the second byte, those together
//                with the extra bits in the lowest
//     elsewhere  bit 30 of lengths, 31 of distances, whose bases reach into bit 30. A second table has its start
//                in bits 16 to 27 and its bits in the second byte, the end of a block has bit 29, and what is no
//                symbol has neither.

typealias Entry = UInt32

let literal: Entry = 1 << 31
let endOfBlock: Entry = 1 << 29

/// What a code is of.
struct Alphabet {
  /// Bits that the first table looks at.
  let tableBits: Int
  let elsewhere: Entry
  /// Entries of both tables at most: what zlib's `enough` gives for so many symbols, 15 bits, and those of the first.
  let capacity: Int

  static let lengths = Alphabet(tableBits: 11, elsewhere: 1 << 30, capacity: 2342)
  static let distances = Alphabet(tableBits: 8, elsewhere: 1 << 31, capacity: 402)
  /// Of the lengths of codes: at most 7 bits (3.2.7).
  static let codeLengths = Alphabet(tableBits: 7, elsewhere: 1 << 31, capacity: 128)
}

extension Alphabet {
  /// Fills `table` by the bits of each symbol's code, 0 where it does not occur.
  ///
  /// - Parameters:
  ///   - lengths: at most 15 each, of at most 288 symbols.
  ///   - symbols: an entry for each symbol without the bits of its code, but with its extra bits in the second byte.
  /// - Returns: Whether it is a code that leaves nothing over; or one of a single symbol of one bit, or of none, in
  ///   which what does not occur is no symbol.
  func fill(
    _ table: UnsafeMutablePointer<Entry>, by lengths: UnsafePointer<UInt8>, count: Int,
    _ symbols: UnsafePointer<Entry>
  ) -> Bool {
    var sizes = InlineArray<16, Int>(repeating: 0)
    for symbol in 0..<count { unsafe sizes[Int(lengths[symbol])] &+= 1 }
    // Where the symbols of each length begin in the order of codes: by length, then by number (3.2.2).
    var starts = InlineArray<16, Int>(repeating: 0)
    var left = 1
    for length in 1..<16 {
      if length < 15 { starts[length &+ 1] = starts[length] &+ sizes[length] }
      left = 2 &* left &- sizes[length]
      if left < 0 { return false }
    }
    if left > 0 {
      let used = count &- sizes[0]
      guard used == 0 || used == 1 && sizes[1] == 1 else { return false }
      unsafe table.update(repeating: elsewhere, count: 1 << tableBits)
      for symbol in 0..<count where unsafe lengths[symbol] == 1 {
        let entry = unsafe coded(symbols[symbol], bits: 1)
        for place in stride(from: 0, to: 1 << tableBits, by: 2) { unsafe table[place] = entry }
      }
      return true
    }
    var order = InlineArray<288, UInt16>(repeating: 0)
    for symbol in 0..<count {
      let length = unsafe Int(lengths[symbol])
      if length == 0 { continue }
      order[starts[length]] = UInt16(truncatingIfNeeded: symbol)
      starts[length] &+= 1
    }

    // Codes begin with their highest bit and streams with the lowest: `code` is turned round.
    var code = 0
    var next = 0
    for length in 1...tableBits {
      for _ in 0..<sizes[length] {
        unsafe table[code] = coded(symbols[Int(order[next])], bits: length)
        next &+= 1
        code = following(code, bits: length)
      }
      // Whatever comes behind so many bits.
      let size = 1 << length
      if length < tableBits { unsafe (table + size).update(from: table, count: size) }
    }
    var end = 1 << tableBits
    var (prefix, start, bits) = (-1, 0, 0)
    for length in tableBits &+ 1..<16 {
      for index in 0..<sizes[length] {
        if code & (1 << tableBits &- 1) != prefix {
          prefix = code & (1 << tableBits &- 1)
          start = end
          // As many as the codes need that begin so.
          bits = length &- tableBits
          var held = sizes[length] &- index
          while held < 1 << bits, bits &+ tableBits < 15 {
            bits &+= 1
            held = held << 1 &+ sizes[bits &+ tableBits]
          }
          end = start &+ 1 << bits
          guard end <= capacity else { return false }
          unsafe table[prefix] =
            elsewhere | Entry(truncatingIfNeeded: start << 16 | bits << 8 | tableBits)
        }
        let own = length &- tableBits
        let entry = unsafe coded(symbols[Int(order[next])], bits: own)
        for place in stride(from: code >> tableBits, to: 1 << bits, by: 1 << own) {
          unsafe table[start &+ place] = entry
        }
        next &+= 1
        code = following(code, bits: length)
      }
    }
    return true
  }
}

/// The entry of a symbol whose code, or what is left of it, has so many bits.
@inline(__always)
private func coded(_ symbol: Entry, bits: Int) -> Entry {
  let bits = Entry(truncatingIfNeeded: bits)
  let extra = symbol >> 8 & 255
  return symbol & ~0xff00 | bits << 8 | (extra &+ bits)
}

/// The code after `code`, both turned round; 0 after the last.
@inline(__always)
private func following(_ code: Int, bits: Int) -> Int {
  let zeros = ~code & (1 << bits &- 1)
  if zeros == 0 { return 0 }
  let top = 1 << (Int.bitWidth &- 1 &- zeros.leadingZeroBitCount)
  return code & (top &- 1) | top
}

// MARK: - Symbols

/// Entries of all symbols, for each alphabet one after the other.
struct Symbols {
  static let lengthCount = 288
  static let distanceCount = 32
  static let codeLengthCount = 19
  static let count = lengthCount + distanceCount + codeLengthCount

  /// RFC 1951, 3.2.5: bases of lengths and distances double their steps every four and every two symbols.
  static func write(to entries: UnsafeMutablePointer<Entry>) {
    for byte in 0..<256 { unsafe entries[byte] = literal | Entry(truncatingIfNeeded: byte << 16) }
    unsafe entries[256] = Alphabet.lengths.elsewhere | endOfBlock
    var base = 3
    for index in 0..<28 {
      let extra = index < 8 ? 0 : index / 4 - 1
      unsafe entries[257 + index] = Entry(truncatingIfNeeded: base << 16 | extra << 8)
      base += 1 << extra
    }
    unsafe entries[285] = 258 << 16
    // Two of either alphabet have codes and are no symbols (3.2.6).
    for index in 286..<288 { unsafe entries[index] = Alphabet.lengths.elsewhere }
    base = 1
    for index in 0..<30 {
      let extra = index < 4 ? 0 : index / 2 - 1
      unsafe entries[lengthCount + index] = Entry(truncatingIfNeeded: base << 16 | extra << 8)
      base += 1 << extra
    }
    for index in 30..<32 { unsafe entries[lengthCount + index] = Alphabet.distances.elsewhere }
    for index in 0..<codeLengthCount {
      unsafe entries[lengthCount + distanceCount + index] = Entry(truncatingIfNeeded: index << 16)
    }
  }
}
