internal import Core
package import Decoding

extension PipelineFile {
  /// What `sample_weight` says.
  package struct SampleWeighting: Sendable {
    /// A file with one weight an image.
    package var images: String?
    /// Files with one weight a pixel.
    package var pixels: OverlayLocation?
    package var firstClass: [Double]?
    package var noClass: Double?
  }
}

extension PipelineFile.SampleWeighting {
  /// `.some(nil)` where every pixel weighs 1; `nil` where something is wrong.
  static func reading(
    _ file: Section<Keys.Pipeline>, noting mistakes: inout Mistakes
  ) -> PipelineFile.SampleWeighting?? {
    guard let section = file.sampleWeight else { return nil }
    guard let keys = section else { return .some(nil) }
    keys.expectWeights(noting: &mistakes)
    guard let images = keys.images, let pixels = keys.pixels, let firstClass = keys.firstClass,
      let noClass = keys.noClass,
      let classes = file.decode?.classes?.list
    else { return nil }
    var weighting = PipelineFile.SampleWeighting(
      images: images, pixels: pixels, noClass: noClass)
    guard let firstClass else { return weighting }
    weighting.firstClass = mistakes.noting { () throws(Problem) in
      try firstClass.weights(of: classes)
    }
    return weighting
  }
}

extension Section<Keys.SampleWeight> {
  fileprivate func expectWeights(noting mistakes: inout Mistakes) {
    guard let images = self.images, let pixels = self.pixels, let firstClass = self.firstClass,
      firstClass == nil
    else { return }
    if images == nil, pixels == nil {
      mistakes.note(
        setting.problem(
          "nothing says what a pixel counts",
          remedy:
            "write images: weights.csv, pixels: weights/{image}.npy, or first_class: [1, 1, 1000], or several"
        ))
    } else if setting(of: \.noClass) != nil {
      mistakes.note(
        setting.problem(
          "'no_class' says what pixels without a class count, and no class has a weight",
          remedy: "add first_class"))
    }
  }
}
