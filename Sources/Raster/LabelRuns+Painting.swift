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

/// Copies columns into rows, in squares of 16 where they fit.
private func turnBlocks<Number: FixedWidthInteger & BitwiseCopyable>(
  _ source: UnsafeBufferPointer<Number>, height: Int, columns: Int,
  into rows: UnsafeMutableBufferPointer<Number>, width: Int, at first: Int
) {
  for column in 0..<columns {
    for row in 0..<height {
      unsafe rows[row &* width &+ first &+ column] = source[column &* height &+ row]
    }
  }
}
