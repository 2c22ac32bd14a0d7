import CDeflate
import Core
import Inflating
import Raster

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The compressed pixels: one zlib stream (RFC 1950), which a PNG may hold in parts.
struct PixelStream {
  private let bytes: Bytes
  private let range: Range<Int>

  /// A single part is left where it lies, several are joined; nil where there is no memory for it.
  init?(_ parts: [Range<Int>], of file: Bytes) {
    if parts.count == 1 {
      (bytes, range) = (file, parts[0])
    } else {
      guard let joined = file.joined(parts) else { return nil }
      (bytes, range) = (joined, 0..<parts.reduce(0) { $0 + $1.count })
    }
  }

  /// Whether it can inflate to that many bytes, and every distance lies in zlib's window.
  func mayHold(_ count: Int) -> Bool {
    guard range.count >= 2, let start: UInt16 = bytes.littleEndian(at: range.lowerBound) else {
      return false
    }
    // The upper half of the first byte is log₂ of the window, less 8 (RFC 1950, 2.2). libdeflate
    // does not look at it: its window is always the largest, 2¹⁵.
    let window = 1 << (Int(start >> 4 & 15) + 8)
    guard window >= min(count, 1 << 15) else { return false }
    // A match takes at least 2 bits and gives at most 258 bytes (RFC 1951, 3.2.5): what claims more
    // is a lie and gets no memory.
    return count / 1032 <= range.count
  }

  /// Whether most of what it gives are likely to be literals, as of noise: it takes more than a quarter of the room.
  func isMostlyLiterals(of count: Int) -> Bool { range.count > count / 4 }

  /// The deflate stream within, for as long as this one lives; nil where it takes another reader.
  func inner(into target: UnsafeMutableRawBufferPointer) -> InflatedStream? {
    // A header of two bytes: method, window, no dictionary, and a check over both (RFC 1950, 2.2). Behind the stream
    // stands its checksum.
    guard range.count >= 6, let start: UInt16 = bytes.littleEndian(at: range.lowerBound),
      start & 0xf == 8, start & 0x2000 == 0, start.byteSwapped.isMultiple(of: 31)
    else { return nil }
    return unsafe bytes.withSpan { span in
      unsafe span.withUnsafeBytes { memory in
        let stream = range.lowerBound + 2..<range.upperBound - 4
        return unsafe InflatedStream(
          UnsafeRawBufferPointer(rebasing: memory[stream]),
          readable: memory.count - stream.upperBound, into: target)
      }
    }
  }

  /// Whether the checksum (Adler-32) behind the stream is that of what it gave.
  func hasChecksum(of target: UnsafeMutableRawBufferPointer) -> Bool {
    let sum = unsafe libdeflate_adler32(1, target.baseAddress, target.count)
    return bytes.bigEndian(at: range.upperBound - 4) == sum
  }

  /// Whether the whole stream fills `target` and its checksum (Adler-32) is right.
  func inflate(into target: UnsafeMutableRawBufferPointer) -> Bool {
    guard let decompressor = unsafe libdeflate_alloc_decompressor() else { return false }
    defer { unsafe libdeflate_free_decompressor(decompressor) }
    return bytes.withSpan { span in
      unsafe span.extracting(range).withUnsafeBytes { source in
        var taken = 0
        var given = 0
        let result = unsafe libdeflate_zlib_decompress_ex(
          decompressor, source.baseAddress, source.count, target.baseAddress, target.count,
          &taken, &given)
        return result == LIBDEFLATE_SUCCESS && taken == source.count && given == target.count
      }
    }
  }
}

extension Bytes {
  /// The parts one after the other.
  fileprivate func joined(_ parts: [Range<Int>]) -> Bytes? {
    // With room for readers that take eight bytes at once.
    let count = parts.reduce(16) { $0 + $1.count }
    return withSpan { span in
      unsafe Bytes(uncleared: count) { target in
        var next = 0
        for part in parts {
          unsafe span.extracting(part).withUnsafeBytes { source in
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[next...])
            unsafe rest.copyMemory(from: source)
          }
          next += part.count
        }
        for byte in target.indices.suffix(16) { unsafe target[byte] = 0 }
        return true
      }
    }
  }
}
