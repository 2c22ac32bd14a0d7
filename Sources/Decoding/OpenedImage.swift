package import Core
package import Raster

/// Both sides of an image, open: a picture, which is one slice, or a volume, whose slices are read one after the other.
///
/// One reader at a time.
package struct OpenedImage {
  /// 1 of a picture.
  package let slices: Int
  let files: ImageFiles
  let truth: OpenedSide
  let prediction: OpenedSide
  private let rules: DecodeRules
  /// What the headers say of where voxels lie, that was acted upon.
  private var placing = Remarks()
  /// The planes beside both sides, opened with the first slice.
  private var overlays: [KeyPath<ImageFiles, ImageSource?>: OpenedSide] = [:]

  /// - Throws: Problem: a file cannot be opened, or the sides are not of one size.
  package init(_ files: ImageFiles, by rules: DecodeRules) throws(Problem) {
    self.files = files
    self.rules = rules
    let count = rules.classes.count
    let orientation = rules.scheme.orientation
    var truth = try OpenedSide(
      files.truth, classes: count, told: rules.truthAxes,
      dtype: rules.dtype(of: .truth), size: nil,
      hasColors: rules.readsColors(of: .truth) || rules.areLabelMaps)
    prediction = try OpenedSide(
      files.prediction, classes: count, told: rules.predictionAxes,
      dtype: rules.dtype(of: .predictions),
      size: rules.scheme.resizes
        ? nil
        : truth.size?.turned(orientation.truth.inverse).turned(orientation.predictions),
      hasColors: rules.kind == .labels && rules.readsColors(of: .predictions)
        || rules.areLabelMaps)
    truth = truth.sized(
      as: prediction.size?.turned(orientation.predictions.inverse).turned(orientation.truth))
    self.truth = truth
    if rules.scheme.voxels == .header { placing = try prediction.takePlace(of: truth) }
    try prediction.expectSize(ofTruth: truth, rules)
    slices = prediction.size?.slices ?? truth.size?.slices ?? 1
    if slices > 1, rules.scheme.distances {
      throw Problem(
        "is a volume, and distances between boundaries are measured of pictures only",
        at: file.map(Problem.Place.file),
        remedy:
          "take the distances out of measure and presets, or save the slices as pictures")
    }
  }

  /// That of the prediction, for messages.
  var file: String? { prediction.size?.file ?? truth.size?.file }

  /// A slice, decoded; they are read fastest in ascending order.
  ///
  /// - Throws: Problem: a file is damaged, or does not fit the rules or the other side.
  package mutating func pair(slice: Int) throws(Problem) -> ImagePair {
    do throws(Problem) {
      var pair = try ImagePair(of: &self, slice: slice, rules)
      pair.remarks = pair.remarks + placing
      return pair
    } catch {
      throw slices == 1 ? error : error.inSlice(slice)
    }
  }

  /// A plane beside both sides; `nil` where the configuration names none.
  mutating func overlay(
    _ source: KeyPath<ImageFiles, ImageSource?>, slice: Int, on sized: NumberPlane,
    _ rules: DecodeRules
  ) throws(Problem) -> DecodedSide? {
    guard let place = files[keyPath: source] else { return nil }
    let opened =
      if let overlay = overlays[source] {
        overlay
      } else {
        try OpenedSide(
          overlaying: place, on: sized, slices: slices, truth: truth, rules)
      }
    if slices > 1 { overlays[source] = opened }
    return try DecodedSide(overlay: opened, slice: slice, on: sized, rules)
  }
}

extension Problem {
  /// The same of a slice, from 0.
  package func inSlice(_ slice: Int) -> Problem {
    Problem("slice \(slice): \(what)", at: place, remedy: remedy)
  }
}
