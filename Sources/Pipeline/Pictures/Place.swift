/// Where a class is in an image, in truth or by prediction, with some room around it: what of the image is
/// worth looking at.
struct Place: Hashable {
  var columns: Range<Int>
  var rows: Range<Int>

  /// - Parameter isThere: whether a pixel is of the class, row by row.
  /// - Returns: `nil` where the class is nowhere.
  init?(of isThere: [Bool], width: Int, height: Int) {
    var (left, right, top, bottom) = (width, -1, height, -1)
    for row in 0..<height {
      for column in 0..<width where isThere[row * width + column] {
        (left, right) = (min(left, column), max(right, column))
        (top, bottom) = (min(top, row), max(bottom, row))
      }
    }
    guard right >= left else { return nil }
    columns = Place.widened(left..<right + 1, within: width)
    rows = Place.widened(top..<bottom + 1, within: height)
  }

  /// By a quarter on either side, and to at least 48 pixels where there are as many.
  private static func widened(_ range: Range<Int>, within size: Int) -> Range<Int> {
    let wanted = min(size, max(48, range.count + range.count / 2))
    let middle = (range.lowerBound + range.upperBound) / 2
    let start = min(max(0, middle - wanted / 2), size - wanted)
    return start..<start + wanted
  }
}
