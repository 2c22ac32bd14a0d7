/// The pixels that are counted together: an image, a slice of a volume, or a tile of either.
///
/// They are numbered row by row from 0 and cut into blocks of 4096, always the same ones. A block's
/// sum is made by a fixed sequence of instructions and rounded once, so neither threads nor the
/// size of tiles can change a result.
package struct Region: Sendable {
  package static let pixelsPerBlock = 4096

  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int
  package var imageWidth: Int

  /// A whole image.
  package init(width: Int, height: Int) {
    self.init(x: 0, y: 0, width: width, height: height, imageWidth: width)
  }

  package init(x: Int, y: Int, width: Int, height: Int, imageWidth: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.imageWidth = imageWidth
  }

  package var pixels: Int { width * height }
  package var blocks: Int { (pixels + Region.pixelsPerBlock - 1) / Region.pixelsPerBlock }

  /// The tiles of `side` by `side` pixels of a picture, or of a slice, row by row; the last ones may be smaller.
  package static func tiles(width: Int, height: Int, side: Int) -> [Region] {
    stride(from: 0, to: height, by: side).flatMap { y in
      stride(from: 0, to: width, by: side).map { x in
        Region(
          x: x, y: y, width: min(side, width - x), height: min(side, height - y),
          imageWidth: width)
      }
    }
  }

  /// The pixels of a block, as runs of the image's own row-major numbering.
  package func runs(ofBlock block: Int) -> [Range<Int>] {
    let first = block * Region.pixelsPerBlock
    let end = min(first + Region.pixelsPerBlock, pixels)
    if width == imageWidth {
      let start = y * imageWidth
      return [(start + first)..<(start + end)]
    }
    var runs: [Range<Int>] = []
    var pixel = first
    while pixel < end {
      let (row, column) = pixel.quotientAndRemainder(dividingBy: width)
      let length = min(width - column, end - pixel)
      let start = (y + row) * imageWidth + x + column
      runs.append(start..<(start + length))
      pixel += length
    }
    return runs
  }
}
