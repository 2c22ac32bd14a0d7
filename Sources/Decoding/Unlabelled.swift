package import Core
internal import Raster

// Predictions without a truth: it is as large as they are, and no pixel of it is known to be a class. What is then counted
// as "predicted and not true" is what is predicted.

extension ImageSource {
  package var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

extension DecodedSide {
  /// - Throws: Problem: the predictions do not say how large an image is.
  init(unknown size: StatedSize?) throws(Problem) {
    guard let size else {
      throw Problem(
        "does not say how large the image is, and there is no truth to take that from",
        remedy: "save a format with its size, such as PNG or NPY")
    }
    let plane = Plane(nothingOf: size.width, size.height)
    self.init(planes: [NumberPlane(plane: plane, file: size.file, largest: 255)], hasClasses: false)
  }
}

extension Truth {
  /// Nothing that is known of pixels that count.
  init(unknown sized: Plane, _ rules: DecodeRules) {
    let plane = Plane(nothingOf: sized.width, sized.height)
    self =
      rules.areClassesExclusive
      ? .labels(LabelMap(plane, meaning: .init(repeating: .none, count: 256)))
      : .masks(.init(repeating: plane, count: rules.classes.count))
  }
}

extension Plane {
  fileprivate init(nothingOf width: Int, _ height: Int) {
    self.init(
      packed: Bytes([UInt8](repeating: 0, count: width * height)), element: .u1, width: width,
      height: height)
  }
}

extension ImageList {
  /// The images of predictions alone.
  ///
  /// - Throws: ListingFault: a directory cannot be read, or two files claim one image.
  package init(
    unlabelled predictions: SideLocation, valid: OverlayLocation? = nil, classes: ClassList,
    in root: String, names: [String]?, group: String?
  ) throws(ListingFault) {
    let valid = try valid.map { location throws(ListingFault) in try Overlay(location, in: root) }
    var side = try ListedSide(predictions, classes, root, names: names, size: nil, images: nil)
    side.gather(by: Set(predictions.names).subtracting(["class"]), classes)
    var listed = NameReading()
    if let names {
      side.keep(names.map { listed.name(of: $0, among: Set(side.found.keys)) })
    }
    side.setAsideTwins()
    try side.expectSingle()
    images = []
    problems = side.problems
    notes = side.notes + listed.notes
    let broken = Set(problems.map(\.image))
    let order =
      predictions.isOneArray
      ? side.order : side.order.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in order where !broken.contains(name) {
      guard let found = side.found[name] else { continue }
      var files = ImageFiles(
        name: name, index: images.count, group: group.flatMap { found.captures[$0] },
        prediction: found.source, truth: .unknown)
      files.openedPrediction = side.opened
      files.valid = try valid?.source(of: files, found.captures)
      images.append(files)
    }
    problems += side.obstacles(besides: problems)
    problems.sort { $0.image.utf8.lexicographicallyPrecedes($1.image.utf8) }
  }
}
