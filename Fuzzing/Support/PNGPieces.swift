internal import CDeflate
package import Decoding
package import Raster

/// That two decoders read the same image.
package func claimSame(_ a: PNGImage, _ b: PNGImage) {
  claim(a.header == b.header, "headers differ: \(a.header) and \(b.header)")
  claim(a.palette == b.palette, "palettes differ")
  claim(a.planes.count == b.planes.count, "the one has more channels")
  for (a, b) in zip(a.planes, b.planes) { claim(a.numbers == b.numbers, "pixels differ") }
}

extension Plane {
  /// All numbers of a plane of a PNG.
  package var numbers: [UInt16] {
    var numbers = [UInt16](repeating: 0, count: pixels)
    var span = numbers.mutableSpan
    load(0..<pixels, into: &span)
    return numbers
  }
}

extension [UInt8] {
  package static let pngSignature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// A chunk of a PNG (specification, 5.3).
  package init(pngChunk name: String, _ body: [UInt8]) {
    let named = Array(name.utf8) + body
    self = body.count.bigEndianBytes + named + Int(named.crc32).bigEndianBytes
  }

  /// The same PNG, each of whose whole chunks has the checksum that it should have.
  package var withRightChecksums: [UInt8] {
    var file = self
    var start = 8
    while file.count - start >= 12 {
      let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= file.count - start - 12 else { break }
      let end = start + 8 + length
      let checksum = Array(file[start + 4..<end]).crc32
      file.replaceSubrange(end..<end + 4, with: Int(checksum).bigEndianBytes)
      start = end + 4
    }
    return file
  }

  package var crc32: UInt32 {
    unsafe withUnsafeBytes { bytes in unsafe libdeflate_crc32(0, bytes.baseAddress, bytes.count) }
  }

  /// The same as one zlib stream.
  package var zlibStream: [UInt8] {
    unsafe packed(libdeflate_zlib_compress, libdeflate_zlib_compress_bound)
  }

  /// The same as one deflate stream.
  package var deflateStream: [UInt8] {
    unsafe packed(libdeflate_deflate_compress, libdeflate_deflate_compress_bound)
  }

  private func packed(
    _ pack: (OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int) -> Int,
    _ bound: (OpaquePointer?, Int) -> Int
  ) -> [UInt8] {
    var stream = [UInt8](repeating: 0, count: unsafe bound(compressor, count))
    let length = unsafe withUnsafeBytes { bytes in
      unsafe stream.withUnsafeMutableBytes { stream in
        unsafe pack(compressor, bytes.baseAddress, bytes.count, stream.baseAddress, stream.count)
      }
    }
    return Array(stream.prefix(length))
  }
}

extension Int {
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}

// Made once: it takes longer to make than to use. There is one thread.
nonisolated(unsafe) private let compressor = unsafe libdeflate_alloc_compressor(1)
