internal import Configuration
internal import Core
internal import Decoding

extension Plan {
  /// Gives each image the labels of its objects, where a file lists them.
  ///
  /// - Throws: Problem: such a file cannot be read.
  mutating func findSegments(in root: String) throws(Problem) {
    if let path = file.decode.segments.truth {
      let listed = try PanopticSegments(reading: path.under(root))
      for index in images.indices {
        images[index].truthSegments = listed.labels(of: images[index].truth)
      }
    }
    if let path = file.decode.segments.predictions {
      let listed = try PanopticSegments(reading: path.under(root))
      for index in images.indices {
        images[index].predictionSegments = listed.labels(of: images[index].prediction)
      }
    }
  }
}
