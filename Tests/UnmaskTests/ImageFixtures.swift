/// `drawn("01/10")` is `[[0, 1], [1, 0]]`.
func drawn(_ drawing: String) -> [[Int]] {
  drawing.split(separator: "/").map { row in row.map { $0.wholeNumberValue ?? 0 } }
}

// MARK: - PNG

/// A grey PNG: every digit of the drawing times `factor`.
func gray(_ drawing: String, times factor: Int = 1, depth: Int = 8) -> [UInt8] {
  png(drawn(drawing).map { $0.flatMap { bigEndian($0 * factor, depth / 8) } }, depth: depth)
}

/// A palette PNG whose indices are the digits.
func palette(_ drawing: String, of colors: [[UInt8]]) -> [UInt8] {
  png(drawn(drawing).map { $0.map(UInt8.init) }, color: 3, palette: colors.flatMap(\.self))
}

/// An RGB PNG: each digit is the place of a colour.
func rgb(_ drawing: String, of colors: [[UInt8]]) -> [UInt8] {
  png(drawn(drawing).map { $0.flatMap { colors[$0] } }, color: 2)
}

/// Rows of bytes, none filtered (PNG specification, 5 and 11.2).
func png(
  _ rows: [[UInt8]], depth: Int = 8, color: UInt8 = 0, palette: [UInt8] = []
) -> [UInt8] {
  // Grey, RGB, palette, grey and RGB with opacity.
  let channels = [2: 3, 4: 2, 6: 4][Int(color)] ?? 1
  let width = (rows.first?.count ?? 0) * 8 / (channels * depth)
  let header = bigEndian(width, 4) + bigEndian(rows.count, 4) + [UInt8(depth), color, 0, 0, 0]
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    + chunk("IHDR", header)
    + (palette.isEmpty ? [] : chunk("PLTE", palette))
    + chunk("IDAT", zlib(rows.flatMap { [0] + $0 }))
    + chunk("IEND", [])
}

/// A PNG that says how large it is and has not one pixel.
func pngOfNothing(width: Int, height: Int, depth: UInt8, color: UInt8) -> [UInt8] {
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    + chunk("IHDR", bigEndian(width, 4) + bigEndian(height, 4) + [depth, color, 0, 0, 0])
    + chunk("IDAT", zlib([])) + chunk("IEND", [])
}

private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
  let named = Array(name.utf8) + body
  let crc = named.reduce(~0 as UInt32) { crc, byte in
    (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
      crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1
    }
  }
  return bigEndian(body.count, 4) + named + bigEndian(Int(~crc), 4)
}

/// One stored block (RFC 1950; RFC 1951, 3.2.4).
private func zlib(_ raw: [UInt8]) -> [UInt8] {
  let length = little(raw.count, 2)
  let (a, b) = raw.reduce((1, 0)) { sums, byte in
    let a = (sums.0 + Int(byte)) % 65521
    return (a, (sums.1 + a) % 65521)
  }
  return [0x78, 0x01, 0x01] + length + length.map(~) + raw + bigEndian(b << 16 | a, 4)
}

// MARK: - NPY

enum NumberFormat: String {
  case int64 = "<i8"
  case float32 = "<f4"
  case uint8 = "|u1"
}

/// An array of one image, whose numbers are the digits of the drawing.
func npy(_ format: NumberFormat, _ drawing: String) -> [UInt8] {
  let rows = drawn(drawing)
  return npy(format, [rows.count, rows[0].count], rows.joined().map(Double.init))
}

/// An array of many images of one size.
func npy(_ format: NumberFormat, images drawings: [String]) -> [UInt8] {
  let images = drawings.map(drawn)
  return npy(
    format, [images.count, images[0].count, images[0][0].count],
    images.joined().joined().map(Double.init))
}

/// NPY format version 1.0, as `numpy.lib.format` describes it.
func npy(_ format: NumberFormat, _ shape: [Int], _ numbers: [Double]) -> [UInt8] {
  let shape = shape.map { "\($0)," }.joined(separator: " ")
  let header = "{'descr': '\(format.rawValue)', 'fortran_order': False, 'shape': (\(shape)), }"
  let blanks = String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64)
  let text = Array((header + blanks + "\n").utf8)
  let data = numbers.flatMap { number in
    switch format {
    case .int64: little(Int(number), 8)
    case .float32: little(Int(Float(number).bitPattern), 4)
    case .uint8: little(Int(number), 1)
    }
  }
  return [0x93] + Array("NUMPY".utf8) + [1, 0] + little(text.count, 2) + text + data
}

/// The lowest `size` bytes of `number`, the lowest first.
func little(_ number: Int, _ size: Int) -> [UInt8] {
  (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

private func bigEndian(_ number: Int, _ size: Int) -> [UInt8] { little(number, size).reversed() }
