internal import CDeflate
internal import Workloads

/// What no reader of these PNG files can avoid: CPU seconds of one thread to read them, and to
/// inflate their pixels with libdeflate.
func inflateFloor(of folder: String) throws(Failure) -> (read: Double, inflate: Double) {
  guard let decompressor = unsafe libdeflate_alloc_decompressor() else {
    throw Failure("libdeflate has no memory")
  }
  defer { unsafe libdeflate_free_decompressor(decompressor) }
  var pixels: [UInt8] = []
  var (read, inflate) = (0.0, 0.0)
  for path in Files.files(below: folder) where path.hasSuffix(".png") {
    let start = threadSeconds()
    let file = try Files.read(path)
    read += threadSeconds() - start
    let png = CompressedPixels(of: file)
    if pixels.count < png.count { pixels = [UInt8](repeating: 0, count: png.count) }
    let middle = threadSeconds()
    let verdict = unsafe pixels.withUnsafeMutableBytes { target in
      unsafe png.stream.withUnsafeBytes { stream in
        unsafe libdeflate_zlib_decompress(
          decompressor, stream.baseAddress, stream.count, target.baseAddress, png.count, nil)
      }
    }
    inflate += threadSeconds() - middle
    guard verdict == LIBDEFLATE_SUCCESS else { throw Failure("\(path) does not inflate") }
  }
  return (read, inflate)
}

/// The bodies of a PNG's IDAT chunks in one piece, and how long they are inflated (PNG
/// specification, 10.1).
private struct CompressedPixels {
  var stream: [UInt8] = []
  var count: Int

  init(of file: [UInt8]) {
    func number(at place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    // Width, height and depth of a grey picture; a byte before each row names its filter.
    count = (number(at: 16) * Int(file[24]) / 8 + 1) * number(at: 20)
    var start = 8
    while start + 12 <= file.count {
      let length = number(at: start)
      if file[start + 4..<start + 8].elementsEqual("IDAT".utf8) {
        stream += file[start + 8..<start + 8 + length]
      }
      start += 12 + length
    }
  }
}
