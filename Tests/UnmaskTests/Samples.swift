/// Three images of a road and a pole with their predictions; what a test breaks.
enum Street {
  static let configuration = """
    version: 1
    decode:
      predictions: pred/{image}/{class}.png
      truth: truth/{image}/{class}.png
      kind: probabilities
      activation: sigmoid
      classes: [road, pole]
    batch: {size: 2}
    measure: [bce, iou]
    reduce:
      keras: "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
      global: "pool(batch, image, pixel) > score > mean(class)"

    """

  /// The road is found; of the pole's four pixels one is. A digit is a ninth of a sure find.
  static let drawings = [
    ("a/road", truth: "1111/1111/0000/0000", found: "9999/9999/0000/0000"),
    ("a/pole", truth: "0000/0000/0001/0001", found: "0000/0000/0001/0001"),
    ("b/road", truth: "0000/1111/1111/1111", found: "0000/9999/9999/9899"),
    ("b/pole", truth: "1000/0000/0000/0000", found: "9000/0000/0000/0000"),
    ("c/road", truth: "0000/0000/1111/1111", found: "0000/0000/9999/9999"),
    ("c/pole", truth: "0000/0001/0000/0000", found: "0000/0000/0000/0000"),
  ]

  /// `pipeline.yml`, and masks and 8-bit planes as PNG.
  static func folder(_ configuration: String = configuration) throws -> Folder {
    let folder = try Folder()
    try folder.write(configuration, to: "pipeline.yml")
    for (name, truth, found) in drawings {
      try folder.write(gray(truth, times: 255), to: "truth/\(name).png")
      try folder.write(gray(found, times: 28), to: "pred/\(name).png")
    }
    return folder
  }
}

/// One label map an image; the first pixel of the road is missed.
enum LabelMaps {
  static let truth = "0011/0011/0011/0011"
  static let found = "0001/0011/0011/0011"

  static func configuration(
    predictions: String = "pred/{image}.png", truth: String = "truth/{image}.png",
    classes: String = "[ground, road]", _ more: String...
  ) -> String {
    """
    version: 1
    decode:
      predictions: '\(predictions)'
      truth: '\(truth)'
      kind: labels
      classes: \(classes)
    \(more.map { "  \($0)\n" }.joined())
    measure: [iou]
    reduce: {global: "pool(batch, image, pixel) > score > mean(class)"}

    """
  }

  /// A directory with `pipeline.yml` and some files.
  static func folder(_ configuration: String, _ files: [String: [UInt8]]) throws -> Folder {
    let folder = try Folder()
    try folder.write(configuration, to: "pipeline.yml")
    for (path, bytes) in files { try folder.write(bytes, to: path) }
    return folder
  }
}

extension Folder {
  /// Rows of images.csv: image, group, class, true pixels, predicted pixels, both.
  func counts() throws -> [String] {
    try text("out/images.csv").split(separator: "\n").dropFirst().map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return [0, 10, 1, 5, 6, 7].map { String(cells[$0]) }.filter { !$0.isEmpty }
        .joined(separator: " ")
    }
  }
}
