/// One row on its way: its samples are read at one place and written at another before it.
struct Row {
  let read: Int
  let written: Int
  /// Where the row above was written.
  let above: Int
  let length: Int
}

// A row from left to right, whole vectors first.

extension Row {
  func copy(_ memory: inout MutableRawSpan) {
    add(&memory) { _ in
      SIMD64()
    } byte: { _, _, _ in
      0
    }
  }

  /// Adds the byte above.
  func addAbove(_ memory: inout MutableRawSpan) {
    add(&memory) {
      $0
    } byte: { _, above, _ in
      above
    }
  }

  /// Adds the byte to the left, so that the row becomes the running sum of itself.
  func addLeft(_ memory: inout MutableRawSpan, step: Int) {
    var column = 0
    var last = ByteVector()
    while column + 16 <= length {
      let sum = runningSum(memory.load(read + column), step: step) &+ last
      memory.store(sum, at: written + column)
      last = step == 1 ? ByteVector(repeating: sum[15]) : ByteVector(SIMD8(repeating: sum.pairs[7]))
      column += 16
    }
    add(&memory, from: column, step: step) { left, _, _ in left }
  }

  /// Adds half the sum of left and above.
  func addAverage(_ memory: inout MutableRawSpan, step: Int) {
    add(&memory, from: 0, step: step) { left, above, _ in (left & above) &+ (left ^ above) >> 1 }
  }

  /// Adds the Paeth predictor, by the way for masks where samples are bytes and most differences 0.
  func addPaeth(_ memory: inout MutableRawSpan, step: Int) {
    guard step == 1 else { return add(&memory, from: 0, step: 2, paeth) }
    guard isLikeMask(memory) else { return add(&memory, from: 0, step: 1, paeth) }
    var column = 0
    var row = PaethRow()
    while column + 16 <= length {
      let above: ByteVector = memory.load(self.above + column)
      memory.store(row.next(memory.load(read + column), above: above), at: written + column)
      column += 16
    }
    add(&memory, from: column, step: 1, paeth)
  }

  /// Whether at least a quarter of its vectors are 0, of which one in four is looked at.
  private func isLikeMask(_ memory: borrowing MutableRawSpan) -> Bool {
    var (seen, zeros) = (0, 0)
    for column in stride(from: 0, to: length - 15, by: 64) {
      seen += 1
      if memory.load(read + column, as: ByteVector.self).isZero { zeros += 1 }
    }
    return zeros * 4 >= seen
  }

  /// Adds what only depends on the row above: to 64 bytes at once, and to each of the rest.
  @inline(__always)
  private func add(
    _ memory: inout MutableRawSpan, vector: (SIMD64<UInt8>) -> SIMD64<UInt8>,
    byte: (_ left: UInt8, _ above: UInt8, _ upperLeft: UInt8) -> UInt8
  ) {
    var column = 0
    while column + 64 <= length {
      let bytes: SIMD64<UInt8> = memory.load(read + column)
      memory.store(bytes &+ vector(memory.load(above + column)), at: written + column)
      column += 64
    }
    add(&memory, from: column, step: 1, byte)
  }

  /// Adds a prediction to each byte from `start` on, where a sample begins.
  @inline(__always)
  private func add(
    _ memory: inout MutableRawSpan, from start: Int, step: Int,
    _ prediction: (_ left: UInt8, _ above: UInt8, _ upperLeft: UInt8) -> UInt8
  ) {
    // The two bytes of a sample take turns; where a sample is one byte, both are the same.
    var left: (UInt8, UInt8) = (0, 0)
    var upperLeft: (UInt8, UInt8) = (0, 0)
    if start > 0 {
      let (one, two) = (start - step, start - 1)
      left = (memory.load(written + one), memory.load(written + two))
      upperLeft = (memory.load(self.above + one), memory.load(self.above + two))
    }
    for column in start..<length {
      let above: UInt8 = memory.load(self.above + column)
      let value = memory.load(read + column) &+ prediction(left.0, above, upperLeft.0)
      memory.store(value, at: written + column)
      left = (step == 1 ? value : left.1, value)
      upperLeft = (step == 1 ? above : upperLeft.1, above)
    }
  }
}

/// Each byte with all those before it that are a number of steps away.
@inline(__always)
private func runningSum(_ vector: ByteVector, step: Int) -> ByteVector {
  var sum = vector
  if step == 1 { sum &+= sum.moved(behind: 0 as UInt8) }
  sum &+= sum.moved(behind: 0 as UInt16)
  sum &+= sum.moved(behind: 0 as UInt32)
  return sum &+ sum.moved(behind: 0 as UInt64)
}
