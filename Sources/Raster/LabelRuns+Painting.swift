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

/// Copies columns into rows, in squares of 16 as far as they fit.
private func turnBlocks<Number: FixedWidthInteger & BitwiseCopyable>(
  _ source: UnsafeBufferPointer<Number>, height: Int, columns: Int,
  into rows: UnsafeMutableBufferPointer<Number>, width: Int, at first: Int
) {
  var turned = 0
  if Number.self == UInt8.self, let source = unsafe UnsafeRawPointer(source.baseAddress),
    let rows = UnsafeMutableRawPointer(rows.baseAddress)
  {
    turned = columns & ~15
    for row in stride(from: 0, to: height & ~15, by: 16) {
      for column in stride(from: 0, to: turned, by: 16) {
        unsafe turnSquare(
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

/// Turns 16 × 16 bytes: four times the upper half of the lines is interleaved with the lower.
private func turnSquare(
  _ source: UnsafeRawPointer, _ sourceStride: Int, into target: UnsafeMutableRawPointer,
  _ targetStride: Int
) {
  typealias Line = SIMD16<UInt8>
  @inline(__always) func line(_ index: Int) -> Line {
    unsafe source.loadUnaligned(fromByteOffset: index &* sourceStride, as: Line.self)
  }
  @inline(__always) func low(_ a: Line, _ b: Line) -> Line {
    Line(evenHalf: a.lowHalf, oddHalf: b.lowHalf)
  }
  @inline(__always) func high(_ a: Line, _ b: Line) -> Line {
    Line(evenHalf: a.highHalf, oddHalf: b.highHalf)
  }
  typealias Lines = (
    Line, Line, Line, Line, Line, Line, Line, Line, Line, Line, Line, Line, Line, Line, Line, Line
  )
  @inline(__always) func interleaved(_ x: Lines) -> Lines {
    (
      low(x.0, x.8), high(x.0, x.8), low(x.1, x.9), high(x.1, x.9), low(x.2, x.10),
      high(x.2, x.10), low(x.3, x.11), high(x.3, x.11), low(x.4, x.12), high(x.4, x.12),
      low(x.5, x.13), high(x.5, x.13), low(x.6, x.14), high(x.6, x.14), low(x.7, x.15),
      high(x.7, x.15)
    )
  }
  let lines = interleaved(
    interleaved(
      interleaved(
        interleaved(
          (
            line(0), line(1), line(2), line(3), line(4), line(5), line(6), line(7), line(8),
            line(9), line(10), line(11), line(12), line(13), line(14), line(15)
          )))))
  @inline(__always) func store(_ line: Line, _ index: Int) {
    unsafe target.storeBytes(of: line, toByteOffset: index &* targetStride, as: Line.self)
  }
  store(lines.0, 0)
  store(lines.1, 1)
  store(lines.2, 2)
  store(lines.3, 3)
  store(lines.4, 4)
  store(lines.5, 5)
  store(lines.6, 6)
  store(lines.7, 7)
  store(lines.8, 8)
  store(lines.9, 9)
  store(lines.10, 10)
  store(lines.11, 11)
  store(lines.12, 12)
  store(lines.13, 13)
  store(lines.14, 14)
  store(lines.15, 15)
}

extension SIMD16<UInt8> {
  @inline(__always)
  fileprivate init(evenHalf: SIMD8<UInt8>, oddHalf: SIMD8<UInt8>) {
    self = .zero
    self.evenHalf = evenHalf
    self.oddHalf = oddHalf
  }
}
