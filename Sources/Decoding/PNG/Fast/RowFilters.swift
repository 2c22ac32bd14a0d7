// One row from left to right. `bytes` is where it lies; what lies above is a stride before.

extension FilteredRows {
  /// Adds the byte to the left, so that the row becomes the running sum of itself.
  func addLeft(_ bytes: Range<Int>, _ memory: inout MutableRawSpan) {
    var byte = bytes.lowerBound
    var last = ByteVector()
    while byte + 16 <= bytes.upperBound {
      let sum = runningSum(memory.load(byte), step: step) &+ last
      memory.store(sum, at: byte)
      last = step == 1 ? ByteVector(repeating: sum[15]) : ByteVector(SIMD8(repeating: sum.pairs[7]))
      byte += 16
    }
    add(byte..<bytes.upperBound, of: bytes, &memory) { left, _, _ in left }
  }

  /// Adds the byte above.
  func addAbove(_ bytes: Range<Int>, _ memory: inout MutableRawSpan) {
    var byte = bytes.lowerBound
    while byte + 16 <= bytes.upperBound {
      let above: ByteVector = memory.load(byte - stride)
      memory.store(memory.load(byte) &+ above, at: byte)
      byte += 16
    }
    add(byte..<bytes.upperBound, of: bytes, &memory) { _, above, _ in above }
  }

  /// Adds half the sum of left and above.
  func addAverage(_ bytes: Range<Int>, _ memory: inout MutableRawSpan) {
    add(bytes, of: bytes, &memory) { left, above, _ in (left & above) &+ (left ^ above) >> 1 }
  }

  /// Adds the Paeth predictor; with what is special of masks where samples are bytes.
  func addPaeth(_ bytes: Range<Int>, _ memory: inout MutableRawSpan) {
    var byte = bytes.lowerBound
    if step == 1 {
      var row = PaethRow()
      while byte + 16 <= bytes.upperBound {
        let above: ByteVector = memory.load(byte - stride)
        memory.store(row.next(memory.load(byte), above: above), at: byte)
        byte += 16
      }
    }
    add(byte..<bytes.upperBound, of: bytes, &memory, paeth)
  }

  /// Adds a prediction to each byte of `part`, which begins with a whole sample.
  @inline(__always)
  private func add(
    _ part: Range<Int>, of bytes: Range<Int>, _ memory: inout MutableRawSpan,
    _ prediction: (_ left: UInt8, _ above: UInt8, _ upperLeft: UInt8) -> UInt8
  ) {
    // Two bytes of a sample take turns; of one byte, both are the same.
    var left: (UInt8, UInt8) = (0, 0)
    var upperLeft: (UInt8, UInt8) = (0, 0)
    if part.lowerBound > bytes.lowerBound {
      let (one, two) = (part.lowerBound - step, part.lowerBound - 1)
      left = (memory.load(one), memory.load(two))
      upperLeft = (memory.load(one - stride), memory.load(two - stride))
    }
    for byte in part {
      let above: UInt8 = memory.load(byte - stride)
      let value = memory.load(byte) &+ prediction(left.0, above, upperLeft.0)
      memory.store(value, at: byte)
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
