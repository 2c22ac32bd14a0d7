internal import Core
internal import Inflating
package import Raster

// The short way: the chunks are walked, the pixels inflated in one call, the filters undone. It
// never says what is wrong with a file; it gives up, and libpng is asked.

extension PNGImage {
  /// Decodes a file that is plain and without fault; nil for every other.
  package init?(plain bytes: Bytes, pixelLimit: Int = Limits.pixels.most) {
    guard let image = PNGImage.plain([bytes], pixelLimit: pixelLimit)[0] else { return nil }
    self = image
  }

  /// Decodes files that are plain and without fault, several at once where that is faster; nil for every other.
  package static func plain(
    _ files: [Bytes], pixelLimit: Int = Limits.pixels.most
  ) -> [PNGImage?] {
    let drafts = files.map { PlainDraft($0, pixelLimit: pixelLimit) }
    let noisy = drafts.compactMap { $0.flatMap { $0.isMostlyLiterals ? $0 : nil } }
    if noisy.count > 1 { PlainDraft.inflate(noisy) }
    return drafts.map { $0?.image() }
  }
}

/// An image whose pixels are on their way from a file to memory of their own.
private final class PlainDraft {
  private let png: PlainPNG
  private let rows: FilteredRows
  private let stream: PixelStream
  private let memory: UnclearedBytes
  private var isInflated = false

  /// nil for a file that is not plain, and where there is no memory.
  init?(_ bytes: Bytes, pixelLimit: Int) {
    guard let png = PlainPNG(bytes) else { return nil }
    let header = png.header
    let (pixels, isTooLong) = header.width.multipliedReportingOverflow(by: header.height)
    guard !isTooLong, pixels <= pixelLimit, let rows = FilteredRows(of: header),
      let stream = PixelStream(png.data, of: bytes), stream.mayHold(rows.inflated.count),
      let memory = UnclearedBytes(count: rows.memory)
    else { return nil }
    (self.png, self.rows, self.stream, self.memory) = (png, rows, stream, memory)
  }

  var isMostlyLiterals: Bool { stream.isMostlyLiterals(of: rows.inflated.count) }

  /// Where the stream is to be inflated to.
  private var target: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory.target[rows.inflated])
  }

  /// Those that this fails for are inflated alone, which decides.
  static func inflate(_ drafts: [PlainDraft]) {
    let streams = unsafe drafts.map { unsafe $0.stream.inner(into: $0.target) }
    let isWhole = unsafe inflateTogether(streams.compactMap { unsafe $0 })
    var next = 0
    for (index, draft) in drafts.enumerated() where unsafe streams[index] != nil {
      draft.isInflated = unsafe isWhole[next] && draft.stream.hasChecksum(of: draft.target)
      next += 1
    }
  }

  func image() -> PNGImage? {
    guard unsafe isInflated || stream.inflate(into: target) else { return nil }
    var span = unsafe MutableRawSpan(_unsafeBytes: memory.target)
    rows.clearAround(&span)
    guard rows.unfilter(&span), let plane = rows.plane(of: Bytes(memory), png.header) else {
      return nil
    }
    return PNGImage(header: png.header, planes: [plane], palette: png.palette)
  }
}

extension FilteredRows {
  /// Samples of a byte or two stay where they are, and the two keep the order of the file, the
  /// higher first.
  fileprivate func plane(of rows: Bytes, _ header: PNGHeader) -> Plane? {
    if header.bitDepth < 8 {
      return unpacked(rows, header).map {
        Plane(packed: $0, element: .u1, width: header.width, height: header.height)
      }
    }
    let isShort = header.bitDepth == 16
    return Plane(
      bytes: rows, element: isShort ? .u2 : .u1, isByteSwapped: isShort && 1 != 1.bigEndian,
      offset: samples(of: 0), rowStride: length, columnStride: step,
      width: header.width, height: header.height)
  }
}
