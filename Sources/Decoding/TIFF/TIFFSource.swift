import Core
import Raster

/// The bytes of a TIFF file, and how numbers lie in them.
///
/// The format: TIFF 6.0, section 2 (Adobe, 1992); with offsets of 8 bytes BigTIFF, as libtiff specifies it.
struct TIFFSource: Sendable {
  let bytes: Bytes
  let isBigEndian: Bool
  /// Whether offsets have 8 bytes and not 4.
  let isBigTIFF: Bool

  /// Reads the first bytes; nil where they are not those of a TIFF file.
  init?(_ bytes: Bytes) {
    let start = bytes.start(4)
    guard TIFFFile.isTIFF(start) else { return nil }
    self.bytes = bytes
    isBigEndian = start[0] == UInt8(ascii: "M")
    isBigTIFF = start[isBigEndian ? 3 : 2] == 43
  }

  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at place: Int, as _: Number.Type = Number.self
  ) -> Number? {
    guard let number: Number = bytes.littleEndian(at: place) else { return nil }
    return isBigEndian ? number.byteSwapped : number
  }

  /// A count or a place in the file; `Int.max` stands for what no `Int` holds.
  func offset(at place: Int) -> Int? {
    isBigTIFF
      ? number(at: place, as: UInt64.self).map { Int(clamping: $0) }
      : number(at: place, as: UInt32.self).map { Int($0) }
  }

  /// Where the first directory lies.
  func firstDirectory() throws(Problem) -> Int {
    if isBigTIFF {
      guard number(at: 4, as: UInt16.self) == 8, number(at: 6, as: UInt16.self) == 0 else {
        throw .damagedTIFF(4, "its offsets do not have 8 bytes, which is all that BigTIFF allows")
      }
    }
    guard let first = offset(at: isBigTIFF ? 8 : 4) else {
      throw .damagedTIFF(bytes.count, "it ends within its header")
    }
    return first
  }
}

extension TIFFFile {
  /// Whether a file that begins like this is a TIFF file, classic or BigTIFF, in either byte order.
  package static func isTIFF(_ start: [UInt8]) -> Bool {
    ["II*\0", "MM\0*", "II+\0", "MM\0+"].contains { start.starts(with: $0.utf8) }
  }
}

extension Problem {
  static func damagedTIFF(_ byte: Int, _ how: String) -> Problem {
    .atByte(
      byte, "the TIFF file is damaged or still being written: \(how)",
      remedy: "wait until it is written, or write it again")
  }

  /// What is not read here, but by tifffile.
  static func unreadTIFF(_ what: String) -> Problem {
    Problem(what, remedy: "convert it: \(rewriting)")
  }

  static let rewriting =
    "tifffile.imwrite('new.tif', tifffile.imread('old.tif'), compression='zlib')"
}
