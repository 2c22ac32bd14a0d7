import Raster

/// What pixels hold that were never written: GDAL leaves out the strips and tiles that have nothing but
/// missing values (SPARSE_OK), and reads them as GDAL_NODATA, or as 0 where there is none.
enum TIFFFill {
  /// The number that the text stands for, such as "-9999", "nan", "1e+20" or "255 ".
  static func number(_ text: String?) -> Double? { text.flatMap { Double(trimmed($0)) } }

  /// The same as a number of `element`, in the order of this machine's bytes: rounded and limited to what it holds,
  /// as GDAL does. All digits of a whole number count.
  static func bytes(of text: String?, as element: Plane.Element) -> [UInt8] {
    guard let text, let number = number(text) else {
      return [UInt8](repeating: 0, count: element.size)
    }
    func whole<Number: FixedWidthInteger>(_: Number.Type) -> [UInt8] {
      if let exact = Number(trimmed(text)) { return memory(exact) }
      let rounded = number.rounded()
      if rounded.isNaN { return memory(0 as Number) }
      return memory(
        Number(exactly: rounded) ?? (rounded < 0 ? Number.min : Number.max))
    }
    return switch element {
    case .b1, .u1: whole(UInt8.self)
    case .u2: whole(UInt16.self)
    case .u4: whole(UInt32.self)
    case .u8: whole(UInt64.self)
    case .i1: whole(Int8.self)
    case .i2: whole(Int16.self)
    case .i4: whole(Int32.self)
    case .i8: whole(Int64.self)
    case .f2: memory(half(Float(number)))
    case .f4: memory(Float(number).bitPattern)
    case .f8: memory(number.bitPattern)
    }
  }

  private static func trimmed(_ text: String) -> Substring {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func memory<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    let little = (0..<Number.bitWidth / 8).map {
      UInt8(truncatingIfNeeded: number >> Number(8 * $0))
    }
    return 1 == 1.littleEndian ? little : little.reversed()
  }

  /// The bits of the nearest IEEE 754 half: `Float16` does not exist on every machine.
  private static func half(_ number: Float) -> UInt16 {
    let sign = number.sign == .minus ? 0x8000 as UInt16 : 0
    if number.isNaN { return sign | 0x7e00 }
    let size = number.magnitude
    if size >= 65_520 { return sign | 0x7c00 }
    // Below 2⁻¹⁴ a half is a multiple of 2⁻²⁴, above it has 10 bits behind the first.
    if size < 0x1p-14 { return sign | UInt16((size * 0x1p24).rounded(.toNearestOrEven)) }
    let steps = (size.significand * 1024).rounded(.toNearestOrEven)
    return sign | (UInt16(size.exponent + 15) << 10 &+ UInt16(steps) &- 1024)
  }
}
