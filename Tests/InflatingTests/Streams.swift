import CDeflate
import CZlib
import TestSupport

/// What is deflated in the tests, and by what.
enum Content: CaseIterable {
  case noise, skewed, steps, runs, waves

  func bytes(_ count: Int, using generator: inout SeededGenerator) -> [UInt8] {
    var last: UInt8 = 0
    return (0..<count).map { place in
      switch self {
      case .noise: return UInt8.random(in: 0...255, using: &generator)
      // Few values often and many seldom: codes of up to 15 bits.
      case .skewed: return UInt8(min(255, generator.next().trailingZeroBitCount * 11 + place % 7))
      // What a filter leaves of a plane.
      case .steps: return UInt8(bitPattern: Int8.random(in: -3...3, using: &generator))
      case .runs:
        if UInt8.random(in: 0...40, using: &generator) == 0 {
          last = UInt8.random(in: 0...3, using: &generator)
        }
        return last
      case .waves: return UInt8(truncatingIfNeeded: place * place / 97 % (place % 5 + 2))
      }
    }
  }
}

/// zlib at a level with a strategy: raw deflate.
func zlibStream(_ bytes: [UInt8], level: Int32, strategy: Int32) -> [UInt8] {
  var stream = unsafe z_stream()
  unsafe deflateInit2_(
    &stream, level, Z_DEFLATED, -MAX_WBITS, 8, strategy, ZLIB_VERSION,
    CInt(MemoryLayout<z_stream>.size))
  defer { unsafe deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: unsafe Int(deflateBound(&stream, uLong(bytes.count))))
  let count = unsafe input.withUnsafeMutableBufferPointer { input in
    unsafe output.withUnsafeMutableBufferPointer { output in
      unsafe stream.next_in = input.baseAddress
      unsafe stream.avail_in = uInt(input.count)
      unsafe stream.next_out = output.baseAddress
      unsafe stream.avail_out = uInt(output.count)
      unsafe precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
      return unsafe Int(stream.total_out)
    }
  }
  return Array(output[..<count])
}

/// libdeflate at a level, whose blocks and codes are others than zlib's.
func libdeflateStream(_ bytes: [UInt8], level: Int32) -> [UInt8] {
  let compressor = unsafe libdeflate_alloc_compressor(level)
  defer { unsafe libdeflate_free_compressor(compressor) }
  let bound = unsafe libdeflate_deflate_compress_bound(compressor, bytes.count)
  return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
    unsafe count = libdeflate_deflate_compress(
      compressor, bytes, bytes.count, output.baseAddress, bound)
  }
}

/// What libdeflate makes of a stream; nil unless it is whole and gives `count` bytes.
func judged(_ stream: [UInt8], _ count: Int) -> [UInt8]? {
  let decompressor = unsafe libdeflate_alloc_decompressor()
  defer { unsafe libdeflate_free_decompressor(decompressor) }
  var output = [UInt8](repeating: 0, count: count)
  var (taken, given) = (0, 0)
  let result = unsafe libdeflate_deflate_decompress_ex(
    decompressor, stream, stream.count, &output, count, &taken, &given)
  return result == LIBDEFLATE_SUCCESS && taken == stream.count && given == count ? output : nil
}
