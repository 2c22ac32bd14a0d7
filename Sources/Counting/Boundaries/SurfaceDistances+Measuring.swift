internal import Core

extension SurfaceDistances {
  /// Between two masks of one image.
  init(predicted: Boundary, truth: Boundary) {
    self.init(
      predicted: DistanceCounts(from: predicted, to: truth),
      truth: DistanceCounts(from: truth, to: predicted))
  }
}

extension DistanceCounts {
  fileprivate init(from boundary: Boundary, to other: Boundary) {
    guard !boundary.pixels.isEmpty else {
      self = .zero
      return
    }
    guard !other.pixels.isEmpty else {
      self.init(unreached: boundary.pixels.count)
      return
    }
    var transform = DistanceTransform(to: other, in: boundary.rows)
    var squares: [Int] = []
    squares.reserveCapacity(boundary.pixels.count)
    let (pixels, width) = (boundary.pixels, boundary.width)
    var first = 0
    while first < pixels.count {
      let y = pixels[first] / width
      let end = pixels[first...].firstIndex { $0 >= (y + 1) * width } ?? pixels.count
      let xs = pixels[first..<end].lazy.map { $0 - y * width }
      transform.forEachSquare(of: xs, inRow: y) { squares.append($0) }
      first = end
    }
    self.init(squared: squares)
  }
}
