internal import CZlib

/// A zlib stream with the settings of Pillow: level 6, window and memory as large as they go, and
/// the strategy for filtered bytes (Pillow, src/libImaging/ZipEncode.c).
func deflated(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
  var stream = unsafe z_stream()
  guard
    unsafe deflateInit2_(
      &stream, 6, Z_DEFLATED, 15, 9, Z_FILTERED, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)) == Z_OK
  else { throw Failure("zlib has no memory") }
  defer { unsafe deflateEnd(&stream) }
  var input = bytes
  let bound = unsafe Int(deflateBound(&stream, UInt(input.count)))
  var output = [UInt8](repeating: 0, count: bound)
  let (verdict, count) = unsafe input.withUnsafeMutableBufferPointer { input in
    unsafe output.withUnsafeMutableBufferPointer { output in
      unsafe stream.next_in = input.baseAddress
      unsafe stream.avail_in = UInt32(input.count)
      unsafe stream.next_out = output.baseAddress
      unsafe stream.avail_out = UInt32(output.count)
      let verdict = unsafe deflate(&stream, Z_FINISH)
      return unsafe (verdict, Int(stream.total_out))
    }
  }
  guard verdict == Z_STREAM_END else { throw Failure("zlib stopped with \(verdict)") }
  output.removeLast(output.count - count)
  return output
}
