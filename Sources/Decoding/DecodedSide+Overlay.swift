internal import Core
internal import Raster

// Planes beside predictions and truth: which pixels exist, and what each of them counts.

extension DecodedSide {
  /// The one plane that `source` has for an image, turned as its truth is.
  ///
  /// - Parameter sized: a plane of the size that the image has in the end.
  init(
    overlaying source: ImageSource, on sized: NumberPlane, _ rules: DecodeRules
  ) throws(Problem) {
    let turn = rules.scheme.orientation.truth.inverse
    let size = sized.size.turned(turn)
    let opened = try OpenedSide(
      source, classes: 1, told: nil, size: (width: size.width, height: size.height))
    let remedy =
      rules.scheme.resizes
      ? "save it at the size to which the other side is resized: it is not resized itself"
      : "save both at the same size"
    try opened.size?.turned(turn).expect(sameAs: sized.size, remedy: remedy)
    self = try opened.decoded(by: rules.decoder).turned(turn)
    hasClasses = true
    try readNumbers(areMasks: true, haveColors: false)
    try planes[0].size.expect(sameAs: sized.size, remedy: remedy)
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
