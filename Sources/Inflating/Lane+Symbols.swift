// This page is compiled once more for processors that shift by any register (BMI2).

extension Lane {
  /// Goes on while the next symbols are matches, with up to a literal between two: in a plane they stand together,
  /// where it is 0 or 1.
  @inline(never)
  mutating func decodeMatches() {
    var (read, written) = unsafe (self.read, self.written)
    // Without the 1 above them, so that the place of the next symbol is known before the bits are filled up.
    var held = UInt64(truncatingIfNeeded: self.held)
    var bits = self.bits ^ 1 &<< held
    var step = Step.symbol
    var wasLiteral = false
    // At least 12 bits are there: no more than four rounds came before, of 11 bits each.
    var entry = unsafe tables[place(bits, Alphabet.lengths.tableBits)]
    while step == .symbol, unsafe read <= lastRead && end - written >= Lane.room {
      let word = unsafe UInt64(littleEndian: read.loadUnaligned(as: UInt64.self))
      bits |= word &<< held
      unsafe read += Int(truncatingIfNeeded: (63 &- held) &>> 3)
      held |= 56
      if entry & literal == 0 {
        step = unsafe decode(entry, &bits, &held, &written, hasRoom: true)
        wasLiteral = false
      } else if wasLiteral {
        break
      } else {
        unsafe put(entry, &bits, &written)
        held &-= UInt64(truncatingIfNeeded: entry & 255)
        wasLiteral = true
      }
      // At least 16 are there, since all 64 were filled.
      entry = unsafe tables[place(bits, Alphabet.lengths.tableBits)]
    }
    unsafe (self.read, self.written) = unsafe (read, written)
    self.bits = bits & (1 &<< held &- 1) | 1 &<< held
    finish(step)
  }

  /// To the end of the block, whatever room there is.
  @inline(never)
  mutating func decodeAlone() {
    var (bits, read, written) = unsafe (self.bits, self.read, self.written)
    var step = Step.symbol
    // The 1 above the bits counts them.
    var uncounted: UInt64 = 0
    while step == .symbol {
      if unsafe read <= lastRead {
        unsafe refill(&bits, &read)
      } else if bits.leadingZeroBitCount > 63 - 48 {
        // No symbol is longer, and a whole stream is followed by more than that.
        step = .fault
        break
      }
      let hasRoom = unsafe end - written >= Lane.room
      let entry = unsafe tables[place(bits, Alphabet.lengths.tableBits)]
      if entry & literal == 0 {
        step = unsafe decode(entry, &bits, &uncounted, &written, hasRoom: hasRoom)
      } else if hasRoom {
        unsafe put(entry, &bits, &written)
        // There are bits for two more.
        for _ in 0..<2 {
          let entry = unsafe tables[place(bits, Alphabet.lengths.tableBits)]
          if entry & literal == 0 { break }
          unsafe put(entry, &bits, &written)
        }
      } else if unsafe written < end {
        unsafe put(entry, &bits, &written)
      } else {
        step = .fault
      }
    }
    unsafe (self.bits, self.read, self.written) = unsafe (bits, read, written)
    finish(step)
  }

  private mutating func finish(_ step: Step) {
    switch step {
    case .symbol: break
    case .end: endBlock()
    case .fault: state = .failed
    }
  }
}

/// What a symbol was.
private enum Step {
  case symbol, end, fault
}

/// Where the next bits lead.
@inline(__always)
func place(_ bits: UInt64, _ count: Int) -> Int {
  Int(truncatingIfNeeded: bits) & (1 << count &- 1)
}

/// A literal, and on to what follows.
@inline(__always)
func put(_ entry: Entry, _ bits: inout UInt64, _ written: inout UnsafeMutableRawPointer) {
  unsafe written.storeBytes(of: UInt8(truncatingIfNeeded: entry >> 16), as: UInt8.self)
  unsafe written += 1
  bits &>>= UInt64(truncatingIfNeeded: entry)
}

extension Lane {
  /// What no literal of the first table is; at least 48 bits are there.
  ///
  /// - Parameter hasRoom: whether `Lane.room` bytes may be written.
  @inline(__always)
  private func decode(
    _ first: Entry, _ bits: inout UInt64, _ held: inout UInt64,
    _ written: inout UnsafeMutableRawPointer, hasRoom: Bool
  ) -> Step {
    var entry = first
    if entry & Alphabet.lengths.elsewhere != 0 {
      let start = Int(truncatingIfNeeded: entry >> 16) & 0xfff
      if entry & endOfBlock != 0 {
        use(UInt64(truncatingIfNeeded: entry & 255), of: &bits, &held)
        return .end
      }
      if start == 0 { return .fault }
      use(UInt64(truncatingIfNeeded: Alphabet.lengths.tableBits), of: &bits, &held)
      let count = Int(truncatingIfNeeded: entry >> 8) & 255
      entry = unsafe tables[start &+ place(bits, count)]
      if entry & literal != 0 {
        guard unsafe hasRoom || written < end else { return .fault }
        unsafe put(entry, &bits, &written)
        held &-= UInt64(truncatingIfNeeded: entry & 255)
        return .symbol
      }
      if entry & Alphabet.lengths.elsewhere != 0 {
        use(UInt64(truncatingIfNeeded: entry & 255), of: &bits, &held)
        return entry & endOfBlock != 0 ? .end : .fault
      }
    }
    let length = value(entry, bits)
    use(UInt64(truncatingIfNeeded: entry & 255), of: &bits, &held)

    entry = unsafe distances[place(bits, Alphabet.distances.tableBits)]
    if entry & Alphabet.distances.elsewhere != 0 {
      let start = Int(truncatingIfNeeded: entry >> 16) & 0xfff
      if start == 0 { return .fault }
      use(UInt64(truncatingIfNeeded: Alphabet.distances.tableBits), of: &bits, &held)
      let count = Int(truncatingIfNeeded: entry >> 8) & 255
      entry = unsafe distances[start &+ place(bits, count)]
      if entry & Alphabet.distances.elsewhere != 0 { return .fault }
    }
    let distance = value(entry, bits)
    use(UInt64(truncatingIfNeeded: entry & 255), of: &bits, &held)

    guard unsafe distance <= written - start else { return .fault }
    if hasRoom {
      unsafe copy(from: written - distance, to: written, length, distance)
    } else {
      guard unsafe length <= end - written else { return .fault }
      for index in 0..<length {
        unsafe (written + index).storeBytes(
          of: (written + index - distance).load(as: UInt8.self), as: UInt8.self)
      }
    }
    unsafe written += length
    return .symbol
  }
}

@inline(__always)
private func use(_ count: UInt64, of bits: inout UInt64, _ held: inout UInt64) {
  bits &>>= count
  held &-= count
}

/// A base and its extra bits, which stand behind the bits of the code.
@inline(__always)
private func value(_ entry: Entry, _ bits: UInt64) -> Int {
  let all: UInt64 = 1 &<< UInt64(truncatingIfNeeded: entry) &- 1
  let extra = (bits & all) &>> UInt64(truncatingIfNeeded: entry >> 8)
  return Int(truncatingIfNeeded: entry >> 16) &+ Int(truncatingIfNeeded: extra)
}

/// A match; writes up to 32 bytes beyond its end.
@inline(__always)
private func copy(
  from source: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer, _ length: Int,
  _ distance: Int
) {
  if distance >= 16 {
    // Most end within the first two.
    unsafe copy16(from: source, to: target)
    unsafe copy16(from: source + 16, to: target + 16)
    var done = 32
    while done < length {
      unsafe copy16(from: source + done, to: target + done)
      done &+= 16
    }
  } else if distance == 1 {
    let bytes = unsafe SIMD16<UInt8>(repeating: source.load(as: UInt8.self))
    var done = 0
    repeat {
      unsafe (target + done).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      done &+= 16
    } while done < length
  } else {
    for index in 0..<length {
      unsafe (target + index).storeBytes(
        of: (source + index).load(as: UInt8.self), as: UInt8.self)
    }
  }
}

@inline(__always)
private func copy16(from source: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer) {
  unsafe target.storeBytes(
    of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
}
