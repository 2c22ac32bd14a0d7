package import Core
internal import Raster

// Predictions are often saved smaller than the truth, and enlarged before they are judged. Where the
// configuration says by which function, one side is brought to the size of the other.

extension NumberPlane {
  /// Of the first planes of both sides the one whose size the image has.
  ///
  /// - Throws: Problem: the sizes are not the same, and nothing says what to do about it.
  static func sized(
    prediction: NumberPlane, truth: NumberPlane, _ rules: DecodeRules
  ) throws(Problem) -> NumberPlane {
    if rules.scheme.resize.truth != nil { return prediction }
    if rules.scheme.resize.predictions == nil {
      try prediction.size.expect(sameAs: truth.size, remedy: rules.scheme.remedyForSizes)
    }
    return truth
  }

  /// How a side whose first plane this is gets the size of `other`; `nil` where it has it, or nothing
  /// is resized on that side.
  func resizing(_ side: Side, to other: NumberPlane, _ rules: DecodeRules) -> Resizing? {
    let (from, to) = (plane.extent, other.plane.extent)
    guard from != to else { return nil }
    return rules.scheme.resize[side].map { Resizing($0, from: from, to: to) }
  }
}

extension OpenedSide {
  /// The same of headers, before a pixel is read.
  func expectSize(ofTruth truth: OpenedSide, _ rules: DecodeRules) throws(Problem) {
    let orientation = rules.scheme.orientation
    guard let own = size?.turned(orientation.predictions.inverse), !own.isEmpty,
      let other = truth.size?.turned(orientation.truth.inverse), !other.isEmpty
    else { return }
    // No function resizes along slices.
    if rules.scheme.resizes, own.slices == other.slices { return }
    try own.expect(
      sameAs: other,
      remedy: own.slices == 1
        ? rules.scheme.remedyForSizes : "resample one to the grid of the other")
  }
}

extension ImagePair {
  /// Brings `side` to another size, with the numbers that it was read from.
  mutating func resize(_ side: Side, by resizing: Resizing) {
    switch side {
    case .predictions:
      prediction = prediction.resized(by: resizing)
      predictionNumbers = predictionNumbers?.resized(by: resizing)
    case .truth:
      truth = truth.resized(by: resizing)
      truthNumbers = truthNumbers?.resized(by: resizing)
    }
    remarks.resized += 1
  }
}

extension Scheme {
  /// Whether a side is resized.
  package var resizes: Bool { resize != PerSide(both: nil) }

  /// What to do where the sides have different sizes.
  package var remedyForSizes: String {
    let function = kind == .labels ? "torch.nearest" : "torch.bilinear"
    return
      "save both at the same size, or name the function that resizes them in your code, under decode: resize: {predictions: \(function)}"
  }
}

extension Plane {
  fileprivate var extent: (width: Int, height: Int) { (width, height) }
}
