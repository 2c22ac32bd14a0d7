/// The boundary of a mask: its pixels that have a neighbour outside it to the left, right, top or
/// bottom.
///
/// Outside the image nothing is in the mask, so a mask that reaches the image's edge has its boundary
/// there.
struct Boundary {
  /// Row by row, numbered through.
  private(set) var pixels: [Int] = []
  let width: Int
  /// The rows and columns that it touches.
  private(set) var rows = 0..<0
  private(set) var columns = 0..<0

  /// - Parameter mask: a byte a pixel, 1 in the mask and 0 elsewhere.
  init(of mask: [UInt8], width: Int) {
    self.width = width
    let height = width == 0 ? 0 : mask.count / width
    let mask = mask.span
    for y in 0..<height {
      for pixel in y * width..<(y + 1) * width where mask[pixel] != 0 {
        let x = pixel - y * width
        let isInside =
          x > 0 && x < width - 1 && y > 0 && y < height - 1
          && mask[pixel - 1] & mask[pixel + 1] & mask[pixel - width] & mask[pixel + width] != 0
        if !isInside { add(x, y) }
      }
    }
  }

  private mutating func add(_ x: Int, _ y: Int) {
    rows = pixels.isEmpty ? y..<y + 1 : rows.lowerBound..<y + 1
    columns =
      pixels.isEmpty
      ? x..<x + 1 : min(columns.lowerBound, x)..<max(columns.upperBound, x + 1)
    pixels.append(y * width + x)
  }
}
