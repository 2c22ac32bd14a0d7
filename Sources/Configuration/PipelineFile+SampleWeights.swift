internal import Core

extension PipelineFile {
  /// What `sample_weight` says.
  package struct SampleWeighting: Sendable {
    /// A file with one weight an image.
    package var images: String?
    package var firstClass: [Double]?
    package var noClass: Double?
  }
}

extension PipelineFile.SampleWeighting {
  init?(_ setting: Setting?, _ classes: ClassList) throws(Problem) {
    guard let setting else { return nil }
    let keys = try setting.mapping(allowing: ["images", "first_class", "no_class"])
    images = try keys["images"]?.string
    noClass = try keys["no_class"]?.weight
    if let list = keys["first_class"] {
      let weights = try Weights(list)
      try weights.expectOnly(classes)
      firstClass = weights.weights(of: classes)
    }
    guard images != nil || firstClass != nil else {
      throw setting.problem(
        "nothing says what a pixel counts",
        remedy: "write images: weights.csv, or first_class: [1, 1, 1000], or both")
    }
    guard noClass == nil || firstClass != nil else {
      throw setting.problem(
        "'no_class' says what pixels without a class count, and no class has a weight",
        remedy: "add first_class")
    }
  }
}
