import CDeflate
import CZlib
import Core
import Raster

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The raw deflate stream that fills `range`, inflated; nil unless it gives exactly `count` bytes.
func inflate(_ bytes: Bytes, _ range: Range<Int>, to count: Int) -> Bytes? {
  // What claims more is a lie and gets no memory.
  guard count / GzipStream.mostGain <= range.count else { return nil }
  guard let memory = unsafe malloc(max(1, count)) else { return nil }
  let target = unsafe UnsafeMutableRawBufferPointer(start: memory, count: count)
  guard unsafe inflate(bytes, range, into: target) else {
    unsafe free(memory)
    return nil
  }
  return unsafe Bytes(taking: UnsafeRawBufferPointer(start: memory, count: count)) { memory in
    unsafe free(UnsafeMutableRawPointer(mutating: memory.baseAddress))
  }
}

/// Whether the stream that fills `range` fills `target`; never writes beyond it.
private func inflate(
  _ bytes: Bytes, _ range: Range<Int>, into target: UnsafeMutableRawBufferPointer
) -> Bool {
  guard let decompressor = unsafe libdeflate_alloc_decompressor() else { return false }
  defer { unsafe libdeflate_free_decompressor(decompressor) }
  return bytes.withSpan { span in
    unsafe span.extracting(range).withUnsafeBytes { source in
      var taken = 0
      var given = 0
      let result = unsafe libdeflate_deflate_decompress_ex(
        decompressor, source.baseAddress, source.count, target.baseAddress, target.count,
        &taken, &given)
      return result == LIBDEFLATE_SUCCESS && taken == source.count && given == target.count
    }
  }
}

/// The first `count` bytes of what the raw deflate stream that fills `range` inflates to; nil where it gives fewer.
/// libdeflate inflates whole streams only, so this is zlib's.
func inflateStart(_ bytes: Bytes, _ range: Range<Int>, to count: Int) -> Bytes? {
  var stream = unsafe z_stream()
  // No header, no trailer (zlib's manual, inflateInit2).
  guard
    unsafe inflateInit2_(
      &stream, -MAX_WBITS, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
  else { return nil }
  defer { unsafe inflateEnd(&stream) }
  return unsafe Bytes(uncleared: count) { target in
    bytes.withSpan { span in
      unsafe span.extracting(range).withUnsafeBytes { source in
        unsafe stream.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: Bytef.self))
        unsafe stream.avail_in = uInt(clamping: source.count)
        unsafe stream.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
        unsafe stream.avail_out = uInt(clamping: target.count)
        let result = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
        let isFilled = unsafe stream.avail_out == 0
        return (result == Z_OK || result == Z_STREAM_END) && isFilled
      }
    }
  }
}

/// The checksum of ZIP and PNG.
func crc32(_ bytes: Bytes, _ range: Range<Int>) -> UInt32 {
  bytes.withSpan { span in
    unsafe span.extracting(range).withUnsafeBytes { source in
      unsafe libdeflate_crc32(0, source.baseAddress, source.count)
    }
  }
}
