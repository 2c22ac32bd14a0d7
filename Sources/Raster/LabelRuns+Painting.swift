extension LabelRuns {
  /// Whether every label fits a byte, with two to spare for what has no class and what does not count.
  private var fitBytes: Bool {
    pieces.allSatisfy { $0.label < 0xfe || $0.label >= Label.none }
  }

  /// One number a pixel, column by column: bytes where all labels fit, else labels.
  ///
  /// Of bytes 254 is no class and 255 does not count, which are the lower halves of the labels.
  package func painted() -> Plane {
    let isByte = fitBytes
    let bytes = isByte ? painted(UInt8.self) : painted(UInt16.self)
    let size = isByte ? 1 : 2
    return Plane(
      bytes: bytes, element: isByte ? .u1 : .u2, rowStride: size, columnStride: height * size,
      width: width, height: height)
  }

  private func painted<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) -> Bytes {
    Bytes(count: pixels, of: Number.self) { numbers in
      var index = 0
      paint(0..<pixels, from: &index, into: &numbers)
    }
  }

  /// The same row by row, to be counted against a map that lies so.
  package var map: LabelMap {
    guard fitBytes else {
      var rows = [Label](repeating: .none, count: pixels)
      var target = rows.mutableSpan
      turn(into: &target)
      return LabelMap(rows, width: width)
    }
    let bytes = Bytes(count: pixels) { turn(into: &$0) }
    return LabelMap(
      Plane(packed: bytes, element: .u1, width: width, height: height), meaning: Self.meanings)
  }

  /// What the painted bytes mean.
  package static let meanings = (0..<256).map { Label($0) | ($0 >= 0xfe ? 0xff00 : 0) }

  /// Writes the labels of some pixels, as many bits of them as fit, from the piece on that the first is in.
  private func paint<Number: FixedWidthInteger & BitwiseCopyable>(
    _ pixels: Range<Int>, from index: inout Int, into target: inout MutableSpan<Number>
  ) {
    let pieces = pieces.span
    unsafe target.withUnsafeMutableBufferPointer { target in
      precondition(target.count >= pixels.count)
      var start = pixels.lowerBound
      while start < pixels.upperBound {
        let piece = pieces[index]
        let end = min(Int(piece.end), pixels.upperBound)
        unsafe target.extracting(
          (start - pixels.lowerBound)..<(end - pixels.lowerBound)
        ).update(repeating: Number(truncatingIfNeeded: piece.label))
        if Int(piece.end) == end { index += 1 }
        start = end
      }
    }
  }

  /// Writes the labels row by row. Some columns are painted at a time, so that they stay in the cache until they are
  /// turned.
  private func turn<Number: FixedWidthInteger & BitwiseCopyable>(
    into rows: inout MutableSpan<Number>
  ) {
    var columns = [Number](repeating: 0, count: height * min(width, columnsAtOnce))
    var index = 0
    for first in stride(from: 0, to: width, by: columnsAtOnce) {
      let count = min(columnsAtOnce, width - first)
      var target = columns.mutableSpan
      paint((first * height)..<((first + count) * height), from: &index, into: &target)
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe rows.withUnsafeMutableBufferPointer { rows in
          unsafe turnBlocks(
            columns, height: height, columns: count, into: rows, width: width, at: first)
        }
      }
    }
  }
}

/// A cache line of bytes.
private let columnsAtOnce = 64

/// Copies columns into rows; bytes in blocks of 8 columns and 16 rows as far as they fit.
private func turnBlocks<Number: FixedWidthInteger & BitwiseCopyable>(
  _ source: UnsafeBufferPointer<Number>, height: Int, columns: Int,
  into rows: UnsafeMutableBufferPointer<Number>, width: Int, at first: Int
) {
  var turned = 0
  if Number.self == UInt8.self, let source = unsafe UnsafeRawPointer(source.baseAddress),
    let rows = UnsafeMutableRawPointer(rows.baseAddress)
  {
    turned = columns & ~7
    for row in stride(from: 0, to: height & ~15, by: 16) {
      for column in stride(from: 0, to: turned, by: 8) {
        unsafe turnBlock(
          source + (column &* height &+ row), height,
          into: rows + (row &* width &+ first &+ column), width)
      }
    }
  }
  for column in 0..<columns {
    for row in (column < turned ? height & ~15 : 0)..<height {
      unsafe rows[row &* width &+ first &+ column] = source[column &* height &+ row]
    }
  }
}

/// Turns two squares of 8 × 8 bytes, one below the other: their quarters across the diagonal change places, then the
/// quarters of these, and once more (Warren, Hacker's Delight, 7-3). A word is eight bytes of a column, the first lowest.
private func turnBlock(
  _ source: UnsafeRawPointer, _ sourceStride: Int, into target: UnsafeMutableRawPointer,
  _ targetStride: Int
) {
  typealias Words = SIMD2<UInt64>
  @inline(__always) func column(_ index: Int) -> Words {
    let place = unsafe source + index &* sourceStride
    return Words(
      UInt64(littleEndian: unsafe place.loadUnaligned(as: UInt64.self)),
      UInt64(littleEndian: unsafe place.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
  @inline(__always) func exchange(
    _ a: inout Words, _ b: inout Words, _ bits: UInt64, _ mask: UInt64
  ) {
    let shift = Words(repeating: bits)
    let differences = ((a &>> shift) ^ b) & Words(repeating: mask)
    b ^= differences
    a ^= differences &<< shift
  }
  var (a, b, c, d) = (column(0), column(1), column(2), column(3))
  var (e, f, g, h) = (column(4), column(5), column(6), column(7))
  exchange(&a, &e, 32, 0x0000_0000_ffff_ffff)
  exchange(&b, &f, 32, 0x0000_0000_ffff_ffff)
  exchange(&c, &g, 32, 0x0000_0000_ffff_ffff)
  exchange(&d, &h, 32, 0x0000_0000_ffff_ffff)
  exchange(&a, &c, 16, 0x0000_ffff_0000_ffff)
  exchange(&b, &d, 16, 0x0000_ffff_0000_ffff)
  exchange(&e, &g, 16, 0x0000_ffff_0000_ffff)
  exchange(&f, &h, 16, 0x0000_ffff_0000_ffff)
  exchange(&a, &b, 8, 0x00ff_00ff_00ff_00ff)
  exchange(&c, &d, 8, 0x00ff_00ff_00ff_00ff)
  exchange(&e, &f, 8, 0x00ff_00ff_00ff_00ff)
  exchange(&g, &h, 8, 0x00ff_00ff_00ff_00ff)
  @inline(__always) func store(_ words: Words, _ row: Int) {
    let place = unsafe target + row &* targetStride
    unsafe place.storeBytes(of: words[0].littleEndian, as: UInt64.self)
    unsafe place.storeBytes(
      of: words[1].littleEndian, toByteOffset: 8 &* targetStride, as: UInt64.self)
  }
  store(a, 0)
  store(b, 1)
  store(c, 2)
  store(d, 3)
  store(e, 4)
  store(f, 5)
  store(g, 6)
  store(h, 7)
}
