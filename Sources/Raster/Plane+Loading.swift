// A run is a range of pixels in row-major order: pixel `row * width + column`. It is copied to
// the front of the caller's buffer, which may be longer.
//
// A b1 that is neither 0 nor 1 is copied as it is, so that it shows as a foreign label.

extension Plane {
  /// The values of `run`; the wider elements are rounded to the nearest `Float`.
  package func load(_ run: Range<Int>, into target: inout MutableSpan<Float>) {
    switch element {
    case .b1, .u1: copy(run, into: &target) { (x: UInt8) in Float(x) }
    case .u2: copy(run, into: &target) { (x: UInt16) in Float(x) }
    case .u4: copy(run, into: &target) { (x: UInt32) in Float(x) }
    case .u8: copy(run, into: &target) { (x: UInt64) in Float(x) }
    case .i1: copy(run, into: &target) { (x: Int8) in Float(x) }
    case .i2: copy(run, into: &target) { (x: Int16) in Float(x) }
    case .i4: copy(run, into: &target) { (x: Int32) in Float(x) }
    case .i8: copy(run, into: &target) { (x: Int64) in Float(x) }
    case .f2: copy(run, into: &target) { (x: UInt16) in Float(halfBitPattern: x) }
    case .f4: copy(run, into: &target) { (x: UInt32) in Float(bitPattern: x) }
    case .f8: copy(run, into: &target) { (x: UInt64) in Float(Double(bitPattern: x)) }
    }
  }

  /// The values of `run`; 64-bit integers are rounded to the nearest `Double`.
  package func load(_ run: Range<Int>, into target: inout MutableSpan<Double>) {
    switch element {
    case .b1, .u1: copy(run, into: &target) { (x: UInt8) in Double(x) }
    case .u2: copy(run, into: &target) { (x: UInt16) in Double(x) }
    case .u4: copy(run, into: &target) { (x: UInt32) in Double(x) }
    case .u8: copy(run, into: &target) { (x: UInt64) in Double(x) }
    case .i1: copy(run, into: &target) { (x: Int8) in Double(x) }
    case .i2: copy(run, into: &target) { (x: Int16) in Double(x) }
    case .i4: copy(run, into: &target) { (x: Int32) in Double(x) }
    case .i8: copy(run, into: &target) { (x: Int64) in Double(x) }
    case .f2: copy(run, into: &target) { (x: UInt16) in Double(Float(halfBitPattern: x)) }
    case .f4: copy(run, into: &target) { (x: UInt32) in Double(Float(bitPattern: x)) }
    case .f8: copy(run, into: &target) { (x: UInt64) in Double(bitPattern: x) }
    }
  }

  /// The values of `run`, of elements b1 and u1 only.
  package func load(_ run: Range<Int>, into target: inout MutableSpan<UInt8>) {
    switch element {
    case .b1, .u1: copy(run, into: &target) { (x: UInt8) in x }
    default: preconditionFailure("\(element) does not fit UInt8")
    }
  }

  /// Shows the values of `run`, of elements b1 and u1 only: as they are where they lie without
  /// gaps, otherwise loaded into `room`.
  package func withBytes(
    _ run: Range<Int>, loadedInto room: inout [UInt8], _ body: (Span<UInt8>) -> Void
  ) {
    precondition(element.size == 1, "\(element) does not fit UInt8")
    guard columnStride == 1, rowStride == width else {
      var target = room.mutableSpan
      load(run, into: &target)
      body(room.span.extracting(first: run.count))
      return
    }
    bytes.withSpan { bytes in
      unsafe bytes.extracting((offset + run.lowerBound)..<(offset + run.upperBound))
        .withUnsafeBytes { bytes in
          unsafe body(Span(_unsafeElements: bytes.bindMemory(to: UInt8.self)))
        }
    }
  }

  /// Shows the values of `run`, of element u2 only: where they lie without gaps as they are, which
  /// may be with their bytes swapped, elsewhere loaded into `room`.
  package func withShorts(
    _ run: Range<Int>, loadedInto room: inout [UInt16],
    _ body: (_ values: RawSpan, _ areByteSwapped: Bool) -> Void
  ) {
    precondition(element == .u2, "\(element) is not UInt16")
    guard columnStride == 2, rowStride == width * 2 else {
      var target = room.mutableSpan
      load(run, into: &target)
      unsafe body(room.span.extracting(first: run.count).bytes, false)
      return
    }
    bytes.withSpan { bytes in
      body(
        bytes.extracting((offset + run.lowerBound * 2)..<(offset + run.upperBound * 2)),
        isByteSwapped)
    }
  }

  /// The values of `run`, of elements b1, u1 and u2 only.
  package func load(_ run: Range<Int>, into target: inout MutableSpan<UInt16>) {
    switch element {
    case .b1, .u1: copy(run, into: &target) { (x: UInt8) in UInt16(x) }
    case .u2: copy(run, into: &target) { (x: UInt16) in x }
    default: preconditionFailure("\(element) does not fit UInt16")
    }
  }

  /// What the values of `run` mean, of elements b1 and u1 only; `meanings` has one for each byte.
  @_specialize(where Meaning == UInt8)
  @_specialize(where Meaning == UInt16)
  package func load<Meaning: BitwiseCopyable>(
    _ run: Range<Int>, through meanings: [Meaning], into target: inout MutableSpan<Meaning>
  ) {
    precondition(element.size == 1 && meanings.count == 256, "a byte has one of 256 meanings")
    unsafe meanings.withUnsafeBufferPointer { meanings in
      _ = copy(run, into: &target) { (x: UInt8) in unsafe meanings[Int(x)] }
    }
  }

  /// 1 where a value of `run` is not 0, of elements b1 and u1 only.
  package func loadMask(_ run: Range<Int>, into target: inout MutableSpan<UInt8>) {
    precondition(element.size == 1, "masks are bytes")
    copy(run, into: &target) { (x: UInt8) in x == 0 ? 0 : 1 }
  }

  /// All bytes, row by row, of elements b1 and u1 only.
  package var levels: [UInt8] {
    var levels = [UInt8](repeating: 0, count: pixels)
    var span = levels.mutableSpan
    load(0..<pixels, into: &span)
    return levels
  }

  /// The values of `run` as labels; returns the first pixel whose value is not an integer or is too
  /// large for one, and nil when all are fine.
  ///
  /// Any element may hold labels: they are often saved as floats. From the pixel returned on,
  /// `target` means nothing.
  package func loadLabels(_ run: Range<Int>, into target: inout MutableSpan<Int64>) -> Int? {
    switch element {
    case .b1, .u1: copy(run, into: &target) { (x: UInt8) in Int64(x) }
    case .u2: copy(run, into: &target) { (x: UInt16) in Int64(x) }
    case .u4: copy(run, into: &target) { (x: UInt32) in Int64(x) }
    case .u8: copy(run, into: &target) { (x: UInt64) in Int64(exactly: x) }
    case .i1: copy(run, into: &target) { (x: Int8) in Int64(x) }
    case .i2: copy(run, into: &target) { (x: Int16) in Int64(x) }
    case .i4: copy(run, into: &target) { (x: Int32) in Int64(x) }
    case .i8: copy(run, into: &target) { (x: Int64) in x }
    case .f2, .f4, .f8: loadWholeNumbers(run, into: &target)
    }
  }

  /// The values are loaded into the room of the labels first: a `Double` takes as many bytes.
  private func loadWholeNumbers(
    _ run: Range<Int>, into target: inout MutableSpan<Int64>
  ) -> Int? {
    unsafe target.withUnsafeMutableBufferPointer { labels in
      unsafe labels.withMemoryRebound(to: Double.self) { room in
        var values = unsafe MutableSpan(_unsafeElements: room)
        load(run, into: &values)
      }
    }
    for index in 0..<run.count {
      let value = Double(bitPattern: UInt64(bitPattern: target[index]))
      guard let label = Int64(whole: value) else { return run.lowerBound + index }
      target[index] = label
    }
    return nil
  }
}

extension Plane {
  /// Copies `run`, each stored number through `number`; stops at the first that has none and
  /// returns its pixel.
  ///
  /// Always inlined, so that each `switch` case above becomes loops of its own, and a `number`
  /// that is never nil costs no test.
  @inline(__always) @discardableResult
  private func copy<Stored: FixedWidthInteger & BitwiseCopyable, Number: BitwiseCopyable>(
    _ run: Range<Int>, into target: inout MutableSpan<Number>, number: (Stored) -> Number?
  ) -> Int? {
    if run.isEmpty { return nil }
    precondition(run.lowerBound >= 0 && run.upperBound <= pixels, "the run leaves the plane")
    precondition(run.count <= target.count, "the buffer is too short")
    precondition(isInsideBytes, "the plane leaves its bytes")

    return unsafe target.withUnsafeMutableBufferPointer { target in
      bytes.withSpan { span in
        unsafe span.withUnsafeBytes { bytes in
          guard let source = bytes.baseAddress, let target = target.baseAddress else { return nil }
          var next = run.lowerBound
          while next < run.upperBound {
            let end = endOfPiece(from: next, in: run)
            let fault = unsafe copyPiece(
              end - next, from: source + byte(ofPixel: next),
              to: target + (next - run.lowerBound), number: number)
            if let fault { return next + fault }
            next = end
          }
          return nil
        }
      }
    }
  }

  /// One loop for each way a piece can lie; the constant strides are what the compiler turns into
  /// vector code or a plain copy.
  @inline(__always)
  private func copyPiece<Stored: FixedWidthInteger & BitwiseCopyable, Number: BitwiseCopyable>(
    _ count: Int, from source: UnsafeRawPointer, to target: UnsafeMutablePointer<Number>,
    number: (Stored) -> Number?
  ) -> Int? {
    @inline(__always)
    func loop(stride: Int, _ number: (Stored) -> Number?) -> Int? {
      for index in 0..<count {
        let stored = unsafe source.loadUnaligned(fromByteOffset: index &* stride, as: Stored.self)
        guard let number = number(stored) else { return index }
        unsafe target[index] = number
      }
      return nil
    }
    let size = MemoryLayout<Stored>.size
    return switch (columnStride == size, isByteSwapped) {
    case (true, false): loop(stride: size, number)
    case (true, true): loop(stride: size) { number($0.byteSwapped) }
    case (false, false): loop(stride: columnStride, number)
    case (false, true): loop(stride: columnStride) { number($0.byteSwapped) }
    }
  }

  /// Where the pixels from `start` on stop lying at one stride: at the end of the row, unless the
  /// next row goes on at the same stride.
  private func endOfPiece(from start: Int, in run: Range<Int>) -> Int {
    if rowStride == width * columnStride { return run.upperBound }
    return min(run.upperBound, start - start % width + width)
  }

  private func byte(ofPixel pixel: Int) -> Int {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: width)
    return offset + row * rowStride + column * columnStride
  }

  /// A place is linear in row and column, so the corners are the extremes.
  private var isInsideBytes: Bool {
    let lastRow = (height - 1) * rowStride
    let lastColumn = (width - 1) * columnStride
    return offset + min(0, lastRow) + min(0, lastColumn) >= 0
      && offset + max(0, lastRow) + max(0, lastColumn) + element.size <= bytes.count
  }
}

extension Float {
  /// The value of an IEEE 754 half, computed: `Float16` does not exist on every machine, and
  /// where it does its conversion may be a call for each number.
  @inline(__always)
  fileprivate init(halfBitPattern half: UInt16) {
    let magnitude = UInt32(half & 0x7fff)
    // The mantissa grows from 10 to 23 bits and the bias of the exponent from 15 to 127. The
    // exponent of infinity and NaN goes from 31 to 255: by 112 twice.
    let normal = magnitude << 13 + 112 << 23
    let infinite = normal + 112 << 23
    // Below 2⁻¹⁴ a half is a multiple of 2⁻²⁴.
    let subnormal = (Float(Int32(bitPattern: magnitude)) * 0x1p-24).bitPattern
    let bits = magnitude < 0x0400 ? subnormal : magnitude < 0x7c00 ? normal : infinite
    self.init(bitPattern: bits | UInt32(half & 0x8000) << 16)
  }
}

extension Int64 {
  /// `value`, if it is whole and not too large; unlike `init(exactly:)`, without a call.
  fileprivate init?(whole value: Double) {
    guard value >= -0x1p63, value < 0x1p63 else { return nil }
    self.init(value)
    guard Double(self) == value else { return nil }
  }
}
