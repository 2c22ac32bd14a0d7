import Core

/// How the pixels of a TIFF page are compressed.
enum TIFFCompression {
  case none
  case lzw
  case deflate
  case packBits
  case zstandard

  /// By the number in the file: TIFF 6.0, sections 9 and 13; Adobe's technical notes of 2002 (8); libtiff's tiff.h.
  init(_ number: Int) throws(Problem) {
    switch number {
    case 1: self = .none
    case 5: self = .lzw
    case 8, 32_946: self = .deflate
    case 32_773: self = .packBits
    case 50_000: self = .zstandard
    default:
      let name = TIFFCompression.unread[number].map { "\($0) (compression \(number))" }
      throw Problem(
        "is compressed by \(name ?? "the unknown method \(number)"); read are none, LZW, Deflate, PackBits and Zstandard",
        remedy:
          "convert it: gdal_translate -co COMPRESS=DEFLATE old.tif new.tif, or \(Problem.rewriting)"
      )
    }
  }

  private static let unread = [
    2: "CCITT RLE", 3: "CCITT Group 3", 4: "CCITT Group 4", 6: "old-style JPEG", 7: "JPEG",
    9: "JBIG", 10: "JBIG", 32_766: "NeXT RLE", 32_809: "ThunderScan", 33_003: "JPEG 2000",
    33_004: "JPEG 2000", 33_005: "JPEG 2000", 34_661: "JBIG", 34_676: "SGI LogLuv",
    34_677: "SGI LogLuv", 34_712: "JPEG 2000", 34_887: "LERC", 34_892: "lossy JPEG",
    34_925: "LZMA", 34_933: "PNG", 34_934: "JPEG XR", 22_610: "JPEG XR", 50_001: "WebP",
    50_002: "JPEG XL", 52_546: "JPEG XL",
  ]

  var name: String {
    switch self {
    case .none: "uncompressed"
    case .lzw: "LZW"
    case .deflate: "Deflate"
    case .packBits: "PackBits"
    case .zstandard: "Zstandard"
    }
  }

  /// The most bytes that one compressed byte can stand for: what claims more is a lie and gets no memory.
  var mostBytes: Int {
    switch self {
    case .none: 1
    // A code of at least 9 bits stands for at most as many bytes as there are codes of 12 bits.
    case .lzw: 4096
    // A match takes at least 2 bits and gives at most 258 bytes (RFC 1951, 3.2.5).
    case .deflate: 1032
    // Two bytes stand for at most 128 equal ones.
    case .packBits: 64
    // A block of 4 bytes is up to 2¹⁷ equal ones (RFC 8878, 3.1.1.2).
    case .zstandard: 1 << 15
    }
  }
}
