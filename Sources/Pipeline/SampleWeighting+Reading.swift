internal import Configuration
internal import Core
internal import Decoding

extension PipelineFile.SampleWeighting {
  /// How they are counted; the file with the images' weights is read for its digest.
  func counted(in root: String) throws(Problem) -> Scheme.SampleWeights {
    let digest = try images.map { path throws(Problem) in
      try FileBytes.digest(path.under(root)).description
    }
    return Scheme.SampleWeights(
      firstClass: firstClass, noClass: noClass, images: digest, hasPixels: pixels != nil)
  }

  /// The weights of the images, read from their file; 1 for all where there is none.
  ///
  /// - Parameter names: the images of the run, in its order.
  func weights(of names: [String], in root: String) throws(Problem) -> [String: Double] {
    guard let images else { return [:] }
    let path = images.under(root)
    let weights =
      path.lowercased().hasSuffix(".npy")
      ? try arrayWeights(path, names) : try textWeights(path)
    if let missing = names.first(where: { weights[$0] == nil }) {
      throw Problem(
        "gives no weight to the image '\(printable(missing))'", at: .file(path),
        remedy: "add a line: \(printable(missing)),1")
    }
    return weights
  }

  /// One number an image, in the order of the run, as Keras takes `sample_weight`.
  private func arrayWeights(
    _ path: String, _ names: [String]
  ) throws(Problem) -> [String: Double] {
    let array = try ArrayFile(opening: path).array(named: nil)
    guard array.shape == [names.count], let numbers = array.numbers else {
      throw Problem(
        "has the shape \(array.shape), and there are \(names.count) images", at: .file(path),
        remedy:
          "save one float an image, in the order of the run; an array that is given for all images is no weight of one"
      )
    }
    var weights: [String: Double] = [:]
    for (index, (name, weight)) in zip(names, numbers).enumerated() {
      guard weight >= 0, weight.isFinite else {
        throw Problem(
          "the weight of image \(index) is \(weight)", at: .file(path),
          remedy: "a weight is a finite number from 0")
      }
      weights[name] = weight
    }
    return weights
  }

  /// Lines `image,weight`; a first line that has no number is a heading.
  private func textWeights(_ path: String) throws(Problem) -> [String: Double] {
    var weights: [String: Double] = [:]
    for (index, line) in try readText(path).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      if line.allSatisfy(\.isWhitespace) { continue }
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let name = fields.dropLast().joined(separator: ",").trimmed
      let weight = fields.last.flatMap { Double(String($0).trimmed) }
      if weight == nil, index == 0 { continue }
      guard fields.count > 1, !name.isEmpty, let weight, weight >= 0, weight.isFinite else {
        throw Problem(
          "'\(printable(String(line)))' is not an image and its weight",
          at: .line(index + 1, file: path), remedy: "write for example street_0001,2.5")
      }
      guard weights.updateValue(weight, forKey: name) == nil else {
        throw Problem(
          "the image '\(printable(name))' has two weights", at: .line(index + 1, file: path),
          remedy: "keep one")
      }
    }
    return weights
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
