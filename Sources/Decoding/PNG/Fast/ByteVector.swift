/// Sixteen bytes at once.
///
/// Each operation is written so that the compiler finds the one instruction for it that every
/// processor with vectors has.
package typealias ByteVector = SIMD16<UInt8>

extension ByteVector {
  /// Each byte's own place.
  static var places: ByteVector {
    ByteVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  }

  var isZero: Bool { longs[0] | longs[1] == 0 }

  /// All bits set where `condition` holds, none elsewhere.
  @inline(__always)
  init(where condition: SIMDMask<SIMD16<Int8>>) {
    self = ByteVector().replacing(with: ByteVector(repeating: 255), where: condition)
  }
}

// MARK: - As fewer, longer numbers

extension ByteVector {
  var pairs: SIMD8<UInt16> { unsafe unsafeBitCast(self, to: SIMD8<UInt16>.self) }
  var quads: SIMD4<UInt32> { unsafe unsafeBitCast(self, to: SIMD4<UInt32>.self) }

  /// The first byte is the lowest of the first number, on any machine.
  var longs: SIMD2<UInt64> {
    let longs = unsafe unsafeBitCast(self, to: SIMD2<UInt64>.self)
    return SIMD2(UInt64(littleEndian: longs[0]), UInt64(littleEndian: longs[1]))
  }

  init(_ pairs: SIMD8<UInt16>) { self = unsafe unsafeBitCast(pairs, to: ByteVector.self) }

  init(_ quads: SIMD4<UInt32>) { self = unsafe unsafeBitCast(quads, to: ByteVector.self) }

  init(_ longs: SIMD2<UInt64>) {
    let longs = SIMD2(longs[0].littleEndian, longs[1].littleEndian)
    self = unsafe unsafeBitCast(longs, to: ByteVector.self)
  }
}

// MARK: - Moving bytes

extension ByteVector {
  /// All bytes moved towards the end, after `first`; what no longer fits is dropped.
  @inline(__always)
  func moved(behind first: UInt8) -> ByteVector {
    ByteVector(
      first, self[0], self[1], self[2], self[3], self[4], self[5], self[6], self[7], self[8],
      self[9], self[10], self[11], self[12], self[13], self[14])
  }

  @inline(__always)
  func moved(behind first: UInt16) -> ByteVector {
    let x = pairs
    return ByteVector(SIMD8(first, x[0], x[1], x[2], x[3], x[4], x[5], x[6]))
  }

  @inline(__always)
  func moved(behind first: UInt32) -> ByteVector {
    unsafe unsafeBitCast(SIMD4(first, quads[0], quads[1], quads[2]), to: ByteVector.self)
  }

  @inline(__always)
  func moved(behind first: UInt64) -> ByteVector { ByteVector(SIMD2(first, longs[0])) }

  /// The first halves of both, interleaved.
  @inline(__always)
  func firstBytes(with b: ByteVector) -> ByteVector {
    let a = self
    return ByteVector(
      a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3], a[4], b[4], a[5], b[5], a[6], b[6], a[7],
      b[7])
  }

  @inline(__always)
  func lastBytes(with b: ByteVector) -> ByteVector {
    let a = self
    return ByteVector(
      a[8], b[8], a[9], b[9], a[10], b[10], a[11], b[11], a[12], b[12], a[13], b[13], a[14],
      b[14], a[15], b[15])
  }

  /// The first halves of both, interleaved in pairs of bytes.
  @inline(__always)
  func firstPairs(with other: ByteVector) -> ByteVector {
    let (a, b) = (pairs, other.pairs)
    return ByteVector(SIMD8(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]))
  }

  @inline(__always)
  func lastPairs(with other: ByteVector) -> ByteVector {
    let (a, b) = (pairs, other.pairs)
    return ByteVector(SIMD8(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]))
  }
}

// MARK: - In and out of memory

extension MutableRawSpan {
  // The span checks its bounds, and every pattern of bits is a number or a vector.

  @inline(__always)
  func load<Value: BitwiseCopyable>(_ byte: Int, as _: Value.Type = Value.self) -> Value {
    unsafe unsafeLoadUnaligned(fromByteOffset: byte, as: Value.self)
  }

  @inline(__always)
  mutating func store<Value: BitwiseCopyable>(_ value: Value, at byte: Int) {
    storeBytes(of: value, toByteOffset: byte, as: Value.self)
  }
}
