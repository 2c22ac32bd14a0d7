import Core
import Raster

/// A page of a TIFF file on its way into memory, a strip or the tiles beside each other at a time.
struct ChunkWriting {
  private let page: TIFFPage
  private let fill: [UInt8]
  private let rows: TIFFRows
  private let unpacker: TIFFUnpacker
  private var chunks: TIFFChunks
  /// Chunks that cannot be unpacked to where their pixels belong, those beside each other in places of their own.
  private var room: [UInt8] = []
  private let placeBytes: Int

  init(page: TIFFPage, fill: [UInt8]) {
    self.page = page
    self.fill = page.keepsSwappedBytes ? fill.reversed() : fill
    rows = TIFFRows(
      samples: page.grid.chunkWidth * page.samplesTogether, step: page.samplesTogether,
      element: page.element, isByteSwapped: page.isByteSwapped)
    unpacker = TIFFUnpacker(page.compression)
    chunks = TIFFChunks(page)
    // Tiles have powers of two as sizes, and a cache keeps few lines that lie such a distance apart.
    let bytes = page.chunkRowBytes * page.grid.chunkHeight
    placeBytes = bytes < 4096 ? bytes : bytes + 5 * 64
  }

  /// Writes the part of the image that the chunks of `band` have, which are those from its left to its right, to
  /// where it belongs in `image`.
  ///
  /// Tiles are unpacked first and copied together then, so that memory is written from front to back: one after the
  /// other takes twice the time.
  mutating func write(
    band: Int, into image: UnsafeMutableRawBufferPointer
  ) throws(Problem) {
    var parts: [ChunkPart] = []
    for across in 0..<page.grid.across {
      let index = band * page.grid.across + across
      let part = ChunkPart(index, of: page)
      if try unsafe !isWritten(part, index, into: image) { parts.append(part) }
    }
    for row in 0..<(parts.first?.rows ?? 0) {
      for part in parts {
        let start = part.across * placeBytes + row * page.chunkRowBytes
        unsafe part.write(
          row, room.span.extracting(start..<start + page.chunkRowBytes).bytes, into: image)
      }
    }
  }

  /// Whether chunk `index` is where it belongs; else it is in `room`.
  private mutating func isWritten(
    _ part: ChunkPart, _ index: Int, into image: UnsafeMutableRawBufferPointer
  ) throws(Problem) -> Bool {
    guard let range = try chunks.range(index) else {
      unsafe part.write(fill, into: image)
      return true
    }
    try chunks.load(range)
    if page.compression == .lzw, unsafe chunks.withLoaded(range, LZWTable.isOld) {
      throw Problem(
        "is compressed by the LZW of before 1991, whose bits are in the other order",
        remedy: "convert it: gdal_translate -co COMPRESS=DEFLATE old.tif new.tif")
    }
    let count = page.rows(ofChunk: index)
    if part.isWhole {
      let target = unsafe UnsafeMutableRawBufferPointer(rebasing: image[part.whole])
      if unsafe unpack(range, count, into: target) { return true }
    } else if unpackIntoRoom(range, count, part.across) {
      return false
    }
    // Some writers fill the last strip up, as if the image went on. libtiff reads it, tifffile 2026.3.3 does not.
    guard count < page.grid.chunkHeight, unpackIntoRoom(range, page.grid.chunkHeight, part.across)
    else { throw page.damaged(index, range) }
    return false
  }

  /// Whether the chunk at `range` has as many rows; they are in its place of `room` then.
  private mutating func unpackIntoRoom(_ range: Range<Int>, _ count: Int, _ across: Int) -> Bool {
    if room.isEmpty { room = [UInt8](repeating: 0, count: page.grid.across * placeBytes) }
    // Taken out: what fills it belongs to the same value.
    var room: [UInt8] = []
    swap(&room, &self.room)
    defer { swap(&room, &self.room) }
    let start = across * placeBytes
    return unsafe room.withUnsafeMutableBytes { target in
      unsafe unpack(
        range, count,
        into: .init(rebasing: target[start..<start + count * page.chunkRowBytes]))
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
///
/// Nothing but numbers: one that is asked for each row should not be counted, as what refers to a page is.
private struct ChunkPart {
  /// Of the chunk, how many the image has.
  let rows: Int
  /// How many chunks are left of it.
  let across: Int
  /// Whether the chunk has nothing but pixels of the image, which lie as they will in memory.
  let isWhole: Bool
  /// Of a row.
  private let samples: Int
  private let bits: Int
  private let size: Int
  /// The first byte in the image, and bytes from row to row.
  private let start: Int
  private let stride: Int

  init(_ index: Int, of page: TIFFPage) {
    let grid = page.grid
    let (plane, inPlane) = index.quotientAndRemainder(dividingBy: grid.across * grid.down)
    let (down, across) = inPlane.quotientAndRemainder(dividingBy: grid.across)
    let (top, left) = (down * grid.chunkHeight, across * grid.chunkWidth)
    self.across = across
    rows = min(grid.chunkHeight, page.height - top)
    samples = min(grid.chunkWidth, page.width - left) * page.samplesTogether
    bits = page.bits
    size = page.element.size
    let pixel = page.samplesTogether * size
    stride = page.width * pixel
    start = (plane * page.height + top) * stride + left * pixel
    isWhole = bits >= 8 && grid.chunkWidth == page.width && rows == page.rows(ofChunk: index)
  }

  /// Its bytes in the image, where it is whole.
  var whole: Range<Int> { start..<start + rows * stride }

  /// Writes row `row` of a chunk.
  func write(_ row: Int, _ packed: RawSpan, into image: UnsafeMutableRawBufferPointer) {
    let place = start + row * stride
    let count = samples * size
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: image[place..<place + count])
    if bits < 8 {
      unsafe unpackBits(packed, into: target)
    } else {
      unsafe packed.extracting(..<count).withUnsafeBytes { unsafe target.copyMemory(from: $0) }
    }
  }

  /// Samples of 1, 2 or 4 bits as a byte each.
  private func unpackBits(_ row: RawSpan, into target: UnsafeMutableRawBufferPointer) {
    guard let bytes = samplesOfBytes[bits] else { return }
    var target = unsafe MutableRawSpan(_unsafeBytes: target)
    let perByte = 8 / bits
    for first in Swift.stride(from: 0, to: samples, by: perByte) {
      let packed = unsafe row.unsafeLoad(fromByteOffset: first / perByte, as: UInt8.self)
      let unpacked = bytes[Int(packed)]
      if first + 8 <= samples {
        target.store(unpacked, at: first)
      } else {
        for index in 0..<min(perByte, samples - first) {
          target.store(
            UInt8(truncatingIfNeeded: unpacked.littleEndian >> (8 * UInt64(index))),
            at: first + index)
        }
      }
    }
  }

  /// Writes the same number everywhere.
  func write(_ fill: [UInt8], into image: UnsafeMutableRawBufferPointer) {
    for row in 0..<rows {
      let place = start + row * stride
      for sample in 0..<samples {
        for byte in fill.indices { unsafe image[place + sample * fill.count + byte] = fill[byte] }
      }
    }
  }
}
