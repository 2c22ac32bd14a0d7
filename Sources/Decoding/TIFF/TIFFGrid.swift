import Core

/// How a page is cut: into strips of rows, or into tiles; both are chunks here.
///
/// TIFF 6.0, section 3 (strips) and section 15 (tiles). Chunks are numbered from left to right, then from top to
/// bottom, then by plane. A tile is complete also where it leaves the image, a strip ends with the image.
struct TIFFGrid {
  let isTiled: Bool
  let chunkWidth: Int
  let chunkHeight: Int
  let across: Int
  let down: Int
  /// One, or one for each sample.
  let planes: Int
  let offsets: TIFFEntry
  let byteCounts: TIFFEntry?

  var count: Int { across * down * planes }

  init(_ directory: TIFFDirectory, width: Int, height: Int, planes: Int) throws(Problem) {
    self.planes = planes
    isTiled = directory[.TileWidth] != nil || directory[.TileOffsets] != nil
    let (tag, countTag): (TIFFTag, TIFFTag) =
      isTiled ? (.TileOffsets, .TileByteCounts) : (.StripOffsets, .StripByteCounts)
    // Some writers keep the places of tiles in the tags of strips.
    guard let offsets = directory[tag] ?? directory[.StripOffsets] else {
      throw .damagedTIFF(directory.place, "its directory does not say \(tag)")
    }
    self.offsets = offsets
    byteCounts = directory[countTag] ?? directory[.StripByteCounts]
    if isTiled {
      guard let tileWidth = try directory.integer(.TileWidth),
        let tileHeight = try directory.integer(.TileLength), tileWidth > 0, tileHeight > 0
      else { throw .damagedTIFF(directory.place, "its tiles have no size") }
      let (pixels, overflow) = tileWidth.multipliedReportingOverflow(by: tileHeight)
      guard !overflow, pixels <= Limits.pixels.most else {
        throw Problem(
          "has tiles of \(tileWidth) by \(tileHeight) pixels; the limit is \(Limits.pixels.most)",
          remedy: "write it with smaller tiles")
      }
      (chunkWidth, chunkHeight) = (tileWidth, tileHeight)
    } else {
      let rows = try directory.integer(.RowsPerStrip) ?? height
      // A single strip is the whole image, whatever it says: 0 and 2³² - 1 are seen.
      guard rows > 0 || offsets.count == planes else {
        throw .damagedTIFF(directory.place, "its RowsPerStrip is 0")
      }
      chunkWidth = width
      chunkHeight = offsets.count == planes ? height : min(rows, height)
    }
    across = (width - 1) / chunkWidth + 1
    down = (height - 1) / chunkHeight + 1

    try directory.expectInside(offsets, tag)
    if let byteCounts { try directory.expectInside(byteCounts, countTag) }
    let least = min(offsets.count, byteCounts?.count ?? .max)
    guard least >= across * down * planes else {
      let name = isTiled ? "tiles" : "strips"
      throw .damagedTIFF(
        directory.place,
        "it has \(least) \(name), and an image of this size has \(across * down * planes)")
    }
  }
}
