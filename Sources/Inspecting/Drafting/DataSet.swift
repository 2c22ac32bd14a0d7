internal import Configuration
internal import Core

/// A data set that many people have: the list of its classes that the configuration knows by name, and
/// what its files and directories are called.
struct DataSet: Sendable {
  /// Words in the names of files and directories.
  var words: Set<String>
  /// The lists of its classes, which differ in their labels alone.
  var lists: [String]

  static let all = [
    DataSet(
      words: ["cityscapes", "gtfine", "gtcoarse", "labelids", "labeltrainids"],
      lists: ["cityscapes-train-ids", "cityscapes"]),
    DataSet(
      words: ["voc", "vocdevkit", "segmentationclass", "segmentationclassaug"], lists: ["voc"]),
    DataSet(
      words: ["ade", "adek", "adechallengedata"], lists: ["ade20k", "ade20k-train-ids"]),
    DataSet(
      words: ["coco", "cocostuff", "stuffthingmaps"],
      lists: ["coco-stuff", "coco-stuff-maps", "coco-stuff-ids"]),
    DataSet(words: ["camvid"], lists: ["camvid"]),
  ]
}

/// A data set's classes with the labels of each side.
struct KnownNumbering: Sendable {
  /// For pipeline.yml.
  var yaml: String
  var truth: [Int64]
  var predictions: [Int64]
  var void: Set<Int64>

  fileprivate init(_ truth: KnownClasses, _ predictions: KnownClasses) {
    yaml =
      truth.name == predictions.name
      ? truth.name : "{truth: \(truth.name), predictions: \(predictions.name)}"
    self.truth = truth.classes.entries.compactMap(\.labels.truth.first)
    self.predictions = predictions.classes.entries.compactMap(\.labels.predictions.first)
    void = Set(truth.void.labels)
  }

  /// What is predicted at a true label if it is right.
  func reading(_ label: Int64) -> Int64? {
    truth.firstIndex(of: label).map { predictions[$0] }
  }
}

extension DataSet {
  /// Every way to number its classes on both sides.
  var numberings: [KnownNumbering] {
    let known = lists.compactMap { name in KnownClasses.all.first { $0.name == name } }
    return known.flatMap { truth in
      known.filter { $0.classes.count == truth.classes.count }.map { KnownNumbering(truth, $0) }
    }
  }
}
