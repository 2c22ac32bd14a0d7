internal import Core
internal import Raster

extension Truth {
  /// One class, and a truth of one number a pixel: 0 where the class is not, 1 or the largest number of
  /// the format where it is; what is ignored stands besides.
  init(oneMask side: DecodedSide, _ rules: DecodeRules) throws(Problem) {
    let plane = side.planes[0]
    guard !rules.ignored.labels.isEmpty else {
      self = .masks([try plane.mask(.truth)])
      return
    }
    try plane.expectGray(for: "a mask")
    let numbers = try plane.asShown()
    var labels = [Int64](repeating: 0, count: numbers.plane.pixels)
    var span = labels.mutableSpan
    if numbers.plane.loadLabels(0..<numbers.plane.pixels, into: &span) != nil {
      _ = try plane.mask(.truth)
    }
    let ignored = Set(rules.ignored.labels)
    // What is left is a mask like any other.
    var rest = numbers
    rest.palette = []
    rest.plane = Plane(
      packed: Bytes(labels.map { UInt8(clamping: ignored.contains($0) ? 0 : $0) }), element: .u1,
      width: plane.plane.width, height: plane.plane.height)
    let mask = try rest.mask(.truth).levels
    let standings = labels.indices.map { pixel in
      ignored.contains(labels[pixel])
        ? Standing.ignored : mask[pixel] != 0 ? Standing.own : Standing.other
    }
    self = .standings([
      Plane(
        packed: Bytes(standings), element: .u1, width: plane.plane.width,
        height: plane.plane.height)
    ])
  }
}
