internal import CZlib

/// A grey PNG as Pillow saves one: its choice of filters, zlib at level 6, chunks of 64 KiB.
struct PNGFile {
  var width: Int
  var height: Int
  /// 8 or 16; samples of 16 bits have their high byte first (PNG specification, 7.1).
  var depth: Int

  func bytes(of samples: [UInt8]) throws(Failure) -> [UInt8] {
    let pixels = try deflated(filtered(samples, rowBytes: width * depth / 8, pixelBytes: depth / 8))
    var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    file.reserveCapacity(pixels.count + pixels.count >> 12 + 100)
    // Colour type 0, then the only methods there are, not interlaced (PNG specification, 11.2.2).
    append("IHDR", bigEndian(width) + bigEndian(height) + [UInt8(depth), 0, 0, 0, 0], to: &file)
    // Pillow's buffer (ImageFile.MAXBLOCK, or four bytes a pixel of a row where that is more).
    let length = max(65_536, width * 4)
    for start in stride(from: 0, to: pixels.count, by: length) {
      append("IDAT", pixels[start..<min(start + length, pixels.count)], to: &file)
    }
    append("IEND", [], to: &file)
    return file
  }

  private func append(_ name: String, _ body: some Collection<UInt8>, to file: inout [UInt8]) {
    file += bigEndian(body.count)
    let start = file.count
    file += name.utf8
    file += body
    let checksum = unsafe file.withUnsafeBufferPointer { bytes in
      unsafe crc32(0, bytes.baseAddress?.advanced(by: start), UInt32(bytes.count - start))
    }
    file += bigEndian(Int(checksum))
  }

  private func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
