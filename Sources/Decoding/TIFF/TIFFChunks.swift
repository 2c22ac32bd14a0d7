import Core
import Raster

/// The compressed bytes of a page's strips or tiles.
///
/// They are read from the file in pieces that a processor's cache holds: a file that shrinks meanwhile is then a problem,
/// and not the end of the process as with a mapped one.
struct TIFFChunks {
  private let page: TIFFPage
  private var window = Bytes([])
  private var start = 0
  private var turned: [UInt8] = []

  init(_ page: TIFFPage) { self.page = page }

  private var source: TIFFSource { page.directory.source }

  /// Where chunk `index` lies; nil where it was never written, and all its pixels are missing.
  func range(_ index: Int) throws(Problem) -> Range<Int>? {
    let grid = page.grid
    guard let offset = grid.offsets.integer(index, in: source) else {
      throw .damagedTIFF(grid.offsets.place, "the place of a strip or tile is no whole number")
    }
    let end = source.bytes.count
    var count = end - offset
    if let counts = grid.byteCounts {
      guard let own = counts.integer(index, in: source) else {
        throw .damagedTIFF(counts.place, "the length of a strip or tile is no whole number")
      }
      if own == 0, offset == 0 || grid.count > 1 { return nil }
      count = own
    }
    // Without compression the size of one strip says how long it is, and every reader goes by that.
    if page.compression == .none, grid.count == 1 || grid.byteCounts == nil {
      count = page.bytes(ofChunk: index)
    }
    guard offset >= 8, offset <= end, count <= end - offset else {
      throw .damagedTIFF(
        min(max(0, offset), end),
        "\(page.name(ofChunk: index)) should have \(count) bytes, but the file ends before")
    }
    return offset..<offset + count
  }

  /// Makes the bytes at `range` ready to be shown.
  mutating func load(_ range: Range<Int>) throws(Problem) {
    if range.lowerBound < start || range.upperBound > start + window.count {
      let end = min(max(range.upperBound, range.lowerBound + (1 << 18)), source.bytes.count)
      if let read = try source.bytes.read(range.lowerBound..<end) {
        (window, start) = (read, range.lowerBound)
      } else {
        (window, start) = (source.bytes, 0)
      }
    }
    if page.isBitReversed {
      turned = window.array(range.lowerBound - start..<range.upperBound - start)
      for index in turned.indices { turned[index] = turned[index].bitsReversed }
    }
  }

  /// Shows the bytes at `range`, which were loaded last.
  func withLoaded<Result>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if page.isBitReversed { return unsafe turned.withUnsafeBytes { unsafe body($0) } }
    return window.withSpan { span in
      unsafe span.extracting(range.lowerBound - start..<range.upperBound - start)
        .withUnsafeBytes { unsafe body($0) }
    }
  }
}

extension UInt8 {
  /// The lowest bit highest: FillOrder 2 (TIFF 6.0, section 8).
  fileprivate var bitsReversed: UInt8 {
    let fours = self << 4 | self >> 4
    let twos = (fours & 0x33) << 2 | (fours & 0xcc) >> 2
    return (twos & 0x55) << 1 | (twos & 0xaa) >> 1
  }
}

extension TIFFPage {
  /// Rows of chunk `index`: a tile has them all, a strip those that the image has.
  func rows(ofChunk index: Int) -> Int {
    if grid.isTiled { return grid.chunkHeight }
    return min(grid.chunkHeight, height - index % grid.down * grid.chunkHeight)
  }

  /// Bytes of chunk `index` without compression.
  func bytes(ofChunk index: Int) -> Int { rows(ofChunk: index) * chunkRowBytes }

  func name(ofChunk index: Int) -> String { "\(grid.isTiled ? "tile" : "strip") \(index)" }
}
