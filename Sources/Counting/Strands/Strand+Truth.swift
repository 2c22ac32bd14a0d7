internal import Core

extension Strand {
  /// What the truth of several classes says about pixels.
  struct PixelCounts {
    /// For each class, how many pixels are true for it and for none before it.
    var first: [Int]
    var unclassed = 0
    /// How many are true for several classes.
    var overlapping = 0
  }

  /// Counts the pixels of a run whose number eight divides; `nil` where there are too many classes.
  ///
  /// Every byte of truth becomes a bit, in the order of the bytes: then eight pixels of C classes are
  /// C bytes, and a pixel is a number of C bits.
  func pixelCounts(in run: Range<Int>) -> PixelCounts? {
    // One word holds the bits of so many, wherever in a byte they begin.
    guard classes <= 56 else { return nil }
    let bits = bits(in: run)
    return classes <= 8
      ? countPatterns(unsafe bits.span.bytes, periods: run.count / 8)
      : countPixels(unsafe bits.span.bytes, pixels: run.count)
  }

  /// Words of them, and one word more.
  private func bits(in run: Range<Int>) -> [UInt64] {
    let count = run.count * classes
    var bits = [UInt64](repeating: 0, count: count / 64 + 2)
    unsafe withMemory(run) { _, truth in
      unsafe bits.withUnsafeMutableBytes { bits in
        guard let bits = bits.baseAddress else { return }
        unsafe findSetHere(truth, count: count, into: bits)
      }
    }
    return bits
  }

  /// For up to eight classes, counts how often each of their 2ᶜ patterns occurs.
  private func countPatterns(_ bits: RawSpan, periods: Int) -> PixelCounts {
    var tables = [UInt32](repeating: 0, count: 8 << classes)
    unsafe tables.withUnsafeMutableBytes { tables in
      unsafe bits.withUnsafeBytes { bits in
        guard let bits = bits.baseAddress, let tables = tables.baseAddress else { return }
        unsafe countPatternsHere(bits, count: periods, size: classes, into: tables)
      }
    }
    let patterns = 0..<1 << classes
    var counts = PixelCounts(first: .init(repeating: 0, count: classes))
    for pattern in patterns {
      let count = (0..<8).reduce(0) { $0 + Int(tables[$1 << classes | pattern]) }
      if pattern == 0 {
        counts.unclassed = count
      } else {
        counts.first[pattern.trailingZeroBitCount] += count
        if pattern & (pattern - 1) != 0 { counts.overlapping += count }
      }
    }
    return counts
  }

  private func countPixels(_ bits: RawSpan, pixels: Int) -> PixelCounts {
    // After the classes come the pixels that are true for none of them.
    var first = [Int](repeating: 0, count: classes + 1)
    var overlapping = 0
    let behind: UInt64 = 1 &<< UInt64(classes)
    for pixel in 0..<pixels {
      let bit = pixel &* classes
      let word = bits.word(atByte: bit / 8) &>> UInt64(bit % 8) & (behind &- 1)
      first[(word | behind).trailingZeroBitCount] &+= 1
      overlapping &+= word & (word &- 1) == 0 ? 0 : 1
    }
    return PixelCounts(
      first: Array(first.dropLast()), unclassed: first[classes], overlapping: overlapping)
  }
}

extension RawSpan {
  fileprivate func word(atByte byte: Int) -> UInt64 {
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: byte, as: UInt64.self))
  }
}
