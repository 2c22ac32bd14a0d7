/// Where one image of a run lies.
package struct ImageFiles: Sendable {
  package var name: String
  /// Its place in the run's list, from 0.
  package var index: Int
  package var group: String?
  package var prediction: ImageSource
  package var truth: ImageSource
  /// The labels of the objects that a side's picture numbers, where a file lists them.
  package var predictionSegments: [Int64: Int64]?
  package var truthSegments: [Int64: Int64]?
  /// What the system said of a file that holds many images when it was opened, which is before any is counted; another
  /// may have taken its place since.
  var openedPrediction: FileStamp?
  var openedTruth: FileStamp?
  /// Of what was photographed, where the configuration says.
  package var picture: String?
  /// Says which pixels exist, where something does.
  package var valid: ImageSource?
  /// Says what each pixel counts, where something does.
  package var pixelWeights: ImageSource?
  /// What every pixel of the image counts in losses that are weighed by sample.
  package var weight: Double

  package init(
    name: String, index: Int, group: String? = nil, prediction: ImageSource, truth: ImageSource,
    weight: Double = 1
  ) {
    self.name = name
    self.index = index
    self.group = group
    self.prediction = prediction
    self.truth = truth
    self.weight = weight
  }
}

/// The files, or the part of a file, that hold one side of an image.
package enum ImageSource: Sendable {
  /// One file: a label map, or an array with all classes; the part names an array of an archive.
  case file(String, part: String?)
  /// For each class, in order, its files: one, or the parts of a mask, or none where that is empty.
  case classFiles([[String]])
  /// One image of an array that holds many; the path is for messages. Stored indirectly, because
  /// this case is large and a run has two sources for each image.
  indirect case item(NumberArray, axes: AxisOrder, index: Int, path: String)
  /// One image of a file that has the masks of many as runs.
  indirect case runs(RunFile, index: Int, path: String)
  /// Nothing, which only a truth can be: it is not known.
  case unknown
}
