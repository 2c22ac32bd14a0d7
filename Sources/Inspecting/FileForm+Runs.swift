internal import Core
internal import Decoding

extension FileForm {
  /// Files that have the masks of many images as runs, each a form of its own.
  static func runs(among paths: [String]) -> [FileForm] {
    paths.sorted().compactMap { path in
      let ending = path.lowercased()
      guard ending.hasSuffix(".json") || ending.hasSuffix(".csv"),
        let start = try? FileBytes.map(path).start(4096), RunFile.isRunFile(start) == true,
        let file = try? RunFile(opening: path)
      else { return nil }
      return FileForm(runs: file, at: path)
    }
  }

  private init(runs file: RunFile, at path: String) {
    let names = file.images.map { FileName($0.name) }
    let endings = Set(names.map(\.ending))
    let tail = endings.count == 1 ? names.map(\.stem).commonTail : ""
    self.init(
      directory: path, tail: tail, ending: endings.count == 1 ? endings.first ?? "" : "",
      files: names.map { .init(path: path, image: String($0.stem.dropLast(tail.count))) })
    runs = path
  }

  /// The path for pipeline.yml, with the form of the names in the file where that is not the plain one.
  var patternOfRuns: String? {
    runs.map { path in
      let isPlain = head.isEmpty && tail.isEmpty
      return path.literalInPattern
        + (isPlain
          ? ""
          : "#\(head.literalInPattern){image}\(tail.literalInPattern)\(ending.literalInPattern)")
    }
  }
}

extension Look {
  /// Of a file of runs: the categories of a few images, and how many pixels each has.
  init(runs path: String) throws(Problem) {
    let file = try RunFile(opening: path)
    var counts: [Int64: Int] = [:]
    for index in evenly(file.images.count, most: 8) {
      for (category, pixels) in try file.categories(ofImage: index) {
        counts[category, default: 0] += pixels
      }
    }
    let size = file.images.first?.size
    self.path = path
    form = .runs(images: file.images.count)
    members = [
      Member(
        shape: [size?.height ?? 0, size?.width ?? 0], type: "masks as runs",
        census: Census(labels: counts), isSample: file.images.count > 8,
        meaning: Meaning(kind: .labels, axes: "HW"))
    ]
  }
}

extension Census {
  /// Of labels that were counted already.
  init(labels: [Int64: Int]) {
    count = labels.values.reduce(0, +)
    self.labels = labels
    if let low = labels.keys.min(), let high = labels.keys.max() {
      range = Double(low)...Double(high)
    }
  }
}

extension Candidate {
  /// One image of a file of runs; pixels without a mask have the label −1.
  func labels(inRuns path: String, of image: String) -> LabelPlane? {
    guard let file = try? RunFile(opening: path),
      let index = file.images.firstIndex(where: { form.image(named: $0.name) == image }),
      let map = try? file.numbers(ofImage: index)
    else { return nil }
    return LabelPlane(labels: map.numbers, width: map.width, height: map.height)
  }
}

extension FileForm {
  /// What an image is called here whose name stands in a file of runs.
  fileprivate func image(named name: String) -> String {
    var stem = FileName(name).stem
    if stem.hasPrefix(head) { stem.removeFirst(head.count) }
    return stem.hasSuffix(tail) ? String(stem.dropLast(tail.count)) : stem
  }
}
