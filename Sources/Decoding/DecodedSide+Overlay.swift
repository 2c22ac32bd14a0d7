internal import Core
internal import Raster

// Planes beside predictions and truth: which pixels exist, and what each of them counts.

extension OpenedSide {
  /// The one plane that `source` has for an image, or for each slice of it.
  ///
  /// - Parameters:
  ///   - sized: a plane of the size that the image has in the end.
  ///   - truth: in whose order the voxels of a volume are taken.
  init(
    overlaying source: ImageSource, on sized: NumberPlane, slices: Int, truth: OpenedSide,
    _ rules: DecodeRules
  ) throws(Problem) {
    let turn = rules.scheme.orientation.truth.inverse
    var wanted = sized.size
    wanted.slices = slices
    try self.init(source, classes: 1, told: nil, size: wanted.turned(turn))
    if rules.scheme.voxels == .header { _ = try takePlace(of: truth) }
    try size?.turned(turn).expect(sameAs: wanted, remedy: rules.scheme.remedyForOverlays)
  }
}

extension DecodedSide {
  /// A slice of such a side, turned as its truth is.
  init(
    overlay opened: OpenedSide, slice: Int, on sized: NumberPlane, _ rules: DecodeRules
  ) throws(Problem) {
    let turn = rules.scheme.orientation.truth.inverse
    self = try opened.decoded(slice: slice, by: rules.decoder).turned(turn)
    hasClasses = true
    try readNumbers(areMasks: true, haveColors: false)
    try planes[0].size.expect(sameAs: sized.size, remedy: rules.scheme.remedyForOverlays)
  }
}

extension Scheme {
  fileprivate var remedyForOverlays: String {
    resizes
      ? "save it at the size to which the other side is resized: it is not resized itself"
      : "save both at the same size"
  }
}

extension NumberPlane {
  /// A plane of weights, each a finite number from 0: those of the file, also of a PNG.
  func weights() throws(Problem) -> Plane {
    try expectGray(for: "a plane of weights")
    let shown = try asShown()
    var row = [Double](repeating: 0, count: plane.width)
    for y in 0..<plane.height {
      var span = row.mutableSpan
      shown.plane.load(y * plane.width..<(y + 1) * plane.width, into: &span)
      guard let x = row.firstIndex(where: { !($0 >= 0 && $0 < .infinity) }) else { continue }
      throw Problem(
        "the weight at row \(y), column \(x) is \(shortest(row[x]))", at: .file(file),
        remedy: "a weight is a finite number from 0")
    }
    return shown.plane
  }
}
