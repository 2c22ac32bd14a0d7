import Core
import Raster

/// The chunks of a PNG, one after the other, for as long as they are whole and their checksums
/// right (PNG specification, 5.3).
struct PNGChunks {
  private let bytes: Bytes
  private var start: Int

  /// Begins behind the signature (5.2); without one there are no chunks.
  init(of bytes: Bytes) {
    self.bytes = bytes
    let isPNG = bytes.bigEndian(at: 0) == 0x8950_4e47 && bytes.bigEndian(at: 4) == 0x0d0a_1a0a
    start = isPNG ? 8 : bytes.count
  }

  var isAtEnd: Bool { start == bytes.count }

  mutating func next() -> (name: String, body: Range<Int>)? {
    guard let length = bytes.bigEndian(at: start), length <= 0x7fff_ffff,
      Int(length) <= bytes.count - start - 12
    else { return nil }
    let body = start + 8..<start + 8 + Int(length)
    // The checksum is over name and body.
    guard bytes.bigEndian(at: body.upperBound) == crc32(bytes, start + 4..<body.upperBound)
    else { return nil }
    let name = String(decoding: bytes.array(start + 4..<start + 8), as: UTF8.self)
    start = body.upperBound + 4
    return (name, body)
  }

  /// Whether a reader may skip a chunk of this name: four letters, the first in lower case (5.4).
  static func isAncillary(_ name: String) -> Bool {
    guard let first = name.utf8.first, 0x61...0x7a ~= first else { return false }
    return name.utf8.allSatisfy { 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 }
  }
}

extension Bytes {
  /// The number whose highest byte is at `offset`; nil where the bytes end before it does.
  func bigEndian(at offset: Int) -> UInt32? {
    littleEndian(at: offset, as: UInt32.self)?.byteSwapped
  }
}
