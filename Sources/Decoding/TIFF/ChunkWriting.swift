import Core
import Raster

/// A page of a TIFF file on its way into memory, strip by strip or tile by tile.
struct ChunkWriting {
  private let page: TIFFPage
  private let fill: [UInt8]
  private let rows: TIFFRows
  private let unpacker: TIFFUnpacker
  private var chunks: TIFFChunks
  /// A chunk that cannot be unpacked to where its pixels belong.
  private var room: [UInt8] = []

  init(page: TIFFPage, fill: [UInt8]) {
    self.page = page
    self.fill = page.keepsSwappedBytes ? fill.reversed() : fill
    rows = TIFFRows(
      samples: page.grid.chunkWidth * page.samplesTogether, step: page.samplesTogether,
      element: page.element, isByteSwapped: page.isByteSwapped)
    unpacker = TIFFUnpacker(page.compression)
    chunks = TIFFChunks(page)
  }

  /// Writes the part of the image that chunk `index` has to where it belongs in `image`.
  mutating func write(
    _ index: Int, into image: UnsafeMutableRawBufferPointer
  ) throws(Problem) {
    let part = ChunkPart(index, of: page)
    guard let range = try chunks.range(index) else {
      return unsafe part.write(fill, into: image)
    }
    try chunks.load(range)
    let count = page.rows(ofChunk: index)
    if part.isWhole {
      let target = unsafe UnsafeMutableRawBufferPointer(rebasing: image[part.whole])
      if unsafe unpack(range, count, into: target) { return }
    } else if unpackIntoRoom(range, count) {
      return unsafe part.write(room, rowBytes: page.chunkRowBytes, into: image)
    }
    // Some writers fill the last strip up, as if the image went on. libtiff reads it, tifffile 2026.3.3 does not.
    guard count < page.grid.chunkHeight, unpackIntoRoom(range, page.grid.chunkHeight) else {
      throw page.damaged(index, range)
    }
    unsafe part.write(room, rowBytes: page.chunkRowBytes, into: image)
  }

  /// Whether the chunk at `range` has as many rows; they are in `room` then.
  private mutating func unpackIntoRoom(_ range: Range<Int>, _ count: Int) -> Bool {
    let bytes = count * page.chunkRowBytes
    if room.count < bytes { room = [UInt8](repeating: 0, count: bytes) }
    // Taken out: what fills it belongs to the same value.
    var room: [UInt8] = []
    swap(&room, &self.room)
    defer { swap(&room, &self.room) }
    return unsafe room.withUnsafeMutableBytes { target in
      unsafe unpack(range, count, into: .init(rebasing: target[..<bytes]))
    }
  }

  private func unpack(
    _ range: Range<Int>, _ count: Int, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let isUnpacked = unsafe chunks.withLoaded(range) { source in
      unsafe unpacker.unpack(source, into: target)
    }
    guard isUnpacked else { return false }
    var memory = unsafe MutableRawSpan(_unsafeBytes: target)
    rows.undo(page.predictor, count, of: &memory)
    return true
  }
}

/// Where the pixels of a strip or tile that the image has belong in it.
private struct ChunkPart {
  private let page: TIFFPage
  private let rows: Int
  private let columns: Int
  /// The first byte in the image, and bytes from row to row.
  private let start: Int
  private let stride: Int
  /// Whether the chunk has nothing but pixels of the image, which lie as they will in memory.
  let isWhole: Bool

  init(_ index: Int, of page: TIFFPage) {
    self.page = page
    let grid = page.grid
    let (plane, inPlane) = index.quotientAndRemainder(dividingBy: grid.across * grid.down)
    let (down, across) = inPlane.quotientAndRemainder(dividingBy: grid.across)
    let (top, left) = (down * grid.chunkHeight, across * grid.chunkWidth)
    rows = min(grid.chunkHeight, page.height - top)
    columns = min(grid.chunkWidth, page.width - left)
    let pixel = page.samplesTogether * page.element.size
    stride = page.width * pixel
    start = (plane * page.height + top) * stride + left * pixel
    isWhole =
      page.bits >= 8 && grid.chunkWidth == page.width && rows == page.rows(ofChunk: index)
  }

  /// Its bytes in the image, where it is whole.
  var whole: Range<Int> { start..<start + rows * stride }

  /// Samples of a row.
  private var samples: Int { columns * page.samplesTogether }

  func write(_ chunk: [UInt8], rowBytes: Int, into image: UnsafeMutableRawBufferPointer) {
    let chunk = unsafe chunk.span.bytes
    var samplesOfImage = unsafe MutableRawSpan(_unsafeBytes: image)
    for row in 0..<rows {
      let from = row * rowBytes
      let place = start + row * stride
      if page.bits < 8 {
        unpackBits(chunk.extracting(from..<from + rowBytes), to: place, of: &samplesOfImage)
      } else {
        let count = samples * page.element.size
        unsafe chunk.extracting(from..<from + count).withUnsafeBytes { source in
          unsafe UnsafeMutableRawBufferPointer(rebasing: image[place..<place + count])
            .copyMemory(from: source)
        }
      }
    }
  }

  /// Samples of 1, 2 or 4 bits as a byte each.
  private func unpackBits(_ row: RawSpan, to place: Int, of image: inout MutableRawSpan) {
    guard let bytes = samplesOfBytes[page.bits] else { return }
    let perByte = 8 / page.bits
    for first in Swift.stride(from: 0, to: samples, by: perByte) {
      let packed = unsafe row.unsafeLoad(fromByteOffset: first / perByte, as: UInt8.self)
      let unpacked = bytes[Int(packed)]
      if first + 8 <= samples {
        image.store(unpacked, at: place + first)
      } else {
        for index in 0..<min(perByte, samples - first) {
          image.store(
            UInt8(truncatingIfNeeded: unpacked.littleEndian >> (8 * UInt64(index))),
            at: place + first + index)
        }
      }
    }
  }

  func write(_ fill: [UInt8], into image: UnsafeMutableRawBufferPointer) {
    for row in 0..<rows {
      let place = start + row * stride
      for sample in 0..<samples {
        for byte in fill.indices { unsafe image[place + sample * fill.count + byte] = fill[byte] }
      }
    }
  }
}
