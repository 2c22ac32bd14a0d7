/// LZW as TIFF has it: codes of 9 to 12 bits, the highest bit first; 256 clears the table, 257 ends (TIFF 6.0,
/// section 13).
///
/// A string in the table has stood in the output before, so the table keeps where: each code is a copy of bytes that lie
/// side by side, eight of them at once.
struct LZWTable {
  /// Of each code the place of its string in the output, and in the lower 16 bits its length.
  private var strings = [UInt64](repeating: 0, count: 4096)

  /// Whether codes begin with the lowest bit, as libtiff wrote them before version 5 of the format: then the first
  /// one, which clears the table, is a byte of 0 and an odd one. libtiff tells them apart the same way.
  static func isOld(_ source: UnsafeRawBufferPointer) -> Bool {
    unsafe source.count >= 2 && source[0] == 0 && source[1] & 1 == 1
  }

  /// Fills `target` with what the codes in `source` say; false where they say too little or are damaged. What comes
  /// behind the last byte is not looked at.
  mutating func unpack(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard let output = target.baseAddress else { return unsafe target.isEmpty }
    guard let input = source.baseAddress else { return unsafe target.isEmpty }
    let count = target.count
    let bits = source.count * 8
    return unsafe strings.withUnsafeMutableBufferPointer { strings in
      guard let strings = strings.baseAddress else { return false }
      var bit = 0
      var width = 9
      // The code that the next string gets, and the one that widens the codes; the table counts from 258.
      var next = 258
      var limit = 511
      var written = 0
      // The string before this one; after a clear there is none.
      var before = 0
      var beforeLength = 0
      while written < count {
        guard bit + width <= bits else { return false }
        let word = unsafe bigEndian(input, source.count, at: bit >> 3)
        let code = Int(truncatingIfNeeded: (word << UInt64(bit & 7)) >> UInt64(64 - width))
        bit += width
        let length: Int
        if code < 256 {
          unsafe output.storeBytes(of: UInt8(code), toByteOffset: written, as: UInt8.self)
          length = 1
        } else if code >= 258 {
          let from: Int
          if code < next {
            let string = unsafe strings[code]
            from = Int(string >> 16)
            length = min(Int(string & 0xffff), count - written)
          } else {
            // The string that this code will make: the one before and its own first byte.
            guard code == next, beforeLength > 0, next < 4096 else { return false }
            from = before
            length = min(beforeLength + 1, count - written)
          }
          unsafe copy(length, in: output, from: from, to: written, end: count)
        } else if code == 256 {
          (width, next, limit, beforeLength) = (9, 258, 511, 0)
          continue
        } else {
          return false
        }
        if beforeLength > 0, next < 4096 {
          unsafe strings[next] = UInt64(before) << 16 | UInt64(beforeLength + 1)
          next += 1
          if next >= limit, width < 12 {
            width += 1
            limit = 1 << width - 1
          }
        }
        before = written
        beforeLength = length
        written += length
      }
      return true
    }
  }
}

/// Eight bytes from `place` on as one number, the first one highest; zeros behind the end.
@inline(__always)
private func bigEndian(_ input: UnsafeRawPointer, _ count: Int, at place: Int) -> UInt64 {
  if place + 8 <= count {
    return UInt64(bigEndian: unsafe input.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }
  var word: UInt64 = 0
  for index in place..<place + 8 {
    word <<= 8
    if index < count { word |= UInt64(unsafe input.load(fromByteOffset: index, as: UInt8.self)) }
  }
  return word
}

/// Copies bytes of `memory` to a later place in it; the two may overlap, and then what was copied is copied again.
/// Up to seven bytes more are written where there is room.
@inline(__always)
private func copy(
  _ length: Int, in memory: UnsafeMutableRawPointer, from: Int, to place: Int, end: Int
) {
  if place - from >= 8, place + length + 8 <= end {
    var done = 0
    repeat {
      let word = unsafe memory.loadUnaligned(fromByteOffset: from + done, as: UInt64.self)
      unsafe memory.storeBytes(of: word, toByteOffset: place + done, as: UInt64.self)
      done += 8
    } while done < length
  } else {
    for index in 0..<length {
      let byte = unsafe memory.load(fromByteOffset: from + index, as: UInt8.self)
      unsafe memory.storeBytes(of: byte, toByteOffset: place + index, as: UInt8.self)
    }
  }
}
