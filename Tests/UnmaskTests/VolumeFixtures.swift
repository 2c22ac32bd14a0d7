import Testing

/// A volume of 4 columns, 3 rows and 2 slices, of three classes; columns change fastest.
enum Volumes {
  static let size = [4, 3, 2]
  static let truth = [0, 0, 1, 2, 0, 1, 1, 2, 0, 0, 1, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2]
  static let found = [0, 0, 1, 0, 0, 1, 1, 2, 0, 1, 1, 1, 0, 0, 2, 2, 0, 0, 0, 2, 0, 0, 0, 0]
  /// True, found, both.
  static let counts = (0..<3).map { c in
    (
      truth.count { $0 == c }, found.count { $0 == c },
      zip(truth, found).count { $0 == c && $1 == c }
    )
  }
  static let rows = zip(["ground", "organ", "tumour"], counts).map {
    "a \($0) \($1.0) \($1.1) \($1.2)"
  }

  /// Of a scanner: voxels run to the left, to the back and upwards.
  static let lps = [-1.5, 0, 0, 90, 0, -1.5, 0, 126, 0, 0, 2, -72]
  static let ras = [1.5, 0, 0, 85.5, 0, 1.5, 0, 123, 0, 0, 2, -72]

  /// The same voxels walked from the other end of columns and rows, which is where `ras` puts them.
  static func turned(_ voxels: [Int]) -> [Int] {
    voxels.indices.map { index in
      let (x, y, z) = (index % 4, index / 4 % 3, index / 12)
      return voxels[(3 - x) + 4 * (2 - y) + 12 * z]
    }
  }

  static func configuration(
    predictions: String = "pred/{image}.nii", truth: String = "truth/{image}.nii.gz",
    _ decode: String..., rest: String = ""
  ) -> String {
    """
    version: 1
    decode:
      predictions: \(predictions)
      truth: \(truth)
      kind: labels
      classes: [ground, organ, tumour]
    \(decode.map { "  \($0)\n" }.joined())
    tile: slice
    measure: [dice]
    reduce:
      volume: "pool(pixel) > score > mean(class, image, batch)"
      slice: "pool(pixel) > score > mean(class) > mean(tile) > mean(image, batch)"
    report: {to: out, formats: [csv, json]}
    \(rest)
    """
  }

  static func folder(_ configuration: String, _ files: [String: [UInt8]]) throws -> Folder {
    let folder = try Folder()
    try folder.write(configuration, to: "pipeline.yml")
    for (name, bytes) in files { try folder.write(bytes, to: name) }
    return folder
  }
}

/// How NIfTI writes a number: `datatype` (nifti1.h) and how it is made.
struct NIfTIType: Sendable, CustomTestStringConvertible {
  var code: Int
  var size: Int
  var bits: @Sendable (Double) -> UInt64
  var name: String
  var testDescription: String { name }

  static let uint8 = NIfTIType(code: 2, size: 1, bits: { UInt64($0) }, name: "uint8")
  static let all = [
    uint8,
    NIfTIType(code: 256, size: 1, bits: whole, name: "int8"),
    NIfTIType(code: 4, size: 2, bits: whole, name: "int16"),
    NIfTIType(code: 512, size: 2, bits: whole, name: "uint16"),
    NIfTIType(code: 8, size: 4, bits: whole, name: "int32"),
    NIfTIType(code: 768, size: 4, bits: whole, name: "uint32"),
    NIfTIType(code: 1024, size: 8, bits: whole, name: "int64"),
    NIfTIType(code: 1280, size: 8, bits: whole, name: "uint64"),
    NIfTIType(code: 16, size: 4, bits: { UInt64(Float($0).bitPattern) }, name: "float32"),
    NIfTIType(code: 64, size: 8, bits: { $0.bitPattern }, name: "float64"),
  ]

  @Sendable private static func whole(_ number: Double) -> UInt64 {
    UInt64(bitPattern: Int64(number))
  }
}

/// A NIfTI-1 file, or one of the second version (nifti1.h, nifti2.h).
func nifti(
  _ voxels: [Double], size: [Int] = Volumes.size, _ type: NIfTIType = .uint8,
  isWide: Bool = false, isBigEndian: Bool = false, affine: [Double]? = Volumes.lps,
  scaling: (Double, Double) = (0, 0)
) -> [UInt8] {
  var header = [UInt8](repeating: 0, count: isWide ? 544 : 352)
  func put(_ bits: UInt64, _ count: Int, at place: Int) {
    for byte in 0..<count {
      let shift = 8 * UInt64(isBigEndian ? count - 1 - byte : byte)
      header[place + byte] = UInt8(truncatingIfNeeded: bits >> shift)
    }
  }
  func put(real: Double, wide: Int, narrow: Int) {
    if isWide {
      put(real.bitPattern, 8, at: wide)
    } else {
      put(UInt64(Float(real).bitPattern), 4, at: narrow)
    }
  }
  put(isWide ? 540 : 348, 4, at: 0)
  for (index, byte) in Array((isWide ? "n+2\0\r\n\u{1a}\n" : "n+1\0").utf8).enumerated() {
    header[(isWide ? 4 : 344) + index] = byte
  }
  for (index, length) in ([size.count] + size).enumerated() {
    put(UInt64(length), isWide ? 8 : 2, at: isWide ? 16 + 8 * index : 40 + 2 * index)
  }
  put(UInt64(type.code), 2, at: isWide ? 12 : 70)
  put(UInt64(type.size * 8), 2, at: isWide ? 14 : 72)
  if isWide { put(544, 8, at: 168) } else { put(UInt64(Float(352).bitPattern), 4, at: 108) }
  put(real: scaling.0, wide: 176, narrow: 112)
  put(real: scaling.1, wide: 184, narrow: 116)
  if let affine {
    put(1, isWide ? 4 : 2, at: isWide ? 348 : 254)
    for (index, number) in affine.enumerated() {
      put(real: number, wide: 400 + 8 * index, narrow: 280 + 4 * index)
    }
  }
  return header
    + voxels.flatMap { voxel in
      let bits = type.bits(voxel)
      let bytes = (0..<type.size).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
      return isBigEndian ? bytes.reversed() : bytes
    }
}

func nifti(_ voxels: [Int], affine: [Double]? = Volumes.lps) -> [UInt8] {
  nifti(voxels.map(Double.init), affine: affine)
}

/// Members of stored blocks (RFC 1952; RFC 1951, 3.2.4).
func gzip(_ parts: [UInt8]...) -> [UInt8] {
  var file: [UInt8] = []
  for raw in parts {
    var crc = ~0 as UInt32
    for byte in raw {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
    }
    file += [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1]
    file += little(raw.count, 2)
    file += little(~raw.count, 2)
    file += raw
    file += little(Int(~crc), 4)
    file += little(raw.count, 4)
  }
  return file
}
