internal import Core
package import Raster

// The short way: the chunks are walked, the pixels inflated in one call, the filters undone. It
// never says what is wrong with a file; it gives up, and libpng is asked.

extension PNGImage {
  /// Decodes a file that is plain and without fault; nil for every other.
  package init?(plain bytes: Bytes, pixelLimit: Int = Limits.pixels.most) {
    guard let png = PlainPNG(bytes) else { return nil }
    let header = png.header
    let (pixels, isTooLong) = header.width.multipliedReportingOverflow(by: header.height)
    guard !isTooLong, pixels <= pixelLimit, let rows = FilteredRows(of: header),
      let samples = rows.unfiltered(from: PixelStream(png.data, of: bytes)),
      let plane = rows.plane(of: samples, header)
    else { return nil }
    self.header = header
    planes = [plane]
    palette = png.palette
  }
}

extension FilteredRows {
  /// Inflates the stream and undoes the filters.
  fileprivate func unfiltered(from stream: PixelStream?) -> Bytes? {
    guard let stream, stream.mayHold(inflated.count) else { return nil }
    return unsafe Bytes(uncleared: memory) { target in
      let rows = unsafe UnsafeMutableRawBufferPointer(rebasing: target[inflated])
      guard unsafe stream.inflate(into: rows) else { return false }
      var span = unsafe MutableRawSpan(_unsafeBytes: target)
      clearAround(&span)
      return unfilter(&span)
    }
  }

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
