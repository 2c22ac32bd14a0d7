package import Core

/// The images of a run: every truth with its prediction, and whatever has no partner.
package struct ImageList: Sendable {
  package var images: [ImageFiles]
  /// Images that lack one side, or a class of it.
  package var problems: [ImageProblem]
  /// Files that were seen and belong to no image, said once.
  package var notes: [String]
}

/// Why the images of a run cannot even be listed.
package enum ListingFault: Error {
  /// There is nothing to list.
  case nothing(Problem)
  /// A file that all images need cannot be read, or does not fit the other side.
  case unreadable(Problem)
  /// Two files claim one place, so the configuration does not say which is meant.
  case ambiguous(Problem)
}

extension ImageList {
  /// Finds both sides and pairs them by what their paths capture.
  ///
  /// - Parameters:
  ///   - names: the images of an array, in its order; for files, those that count. Only arrays'
  ///     headers are opened.
  ///   - haveOneSize: whether both sides of an image have one size, which may tell an array's axes.
  ///   - group: the capture that says which images belong together.
  /// - Throws: ListingFault: pairing is impossible, because a directory cannot be read, two images
  ///   claim one file, or arrays do not fit each other.
  package init(
    predictions: SideLocation, truth: SideLocation, valid: OverlayLocation? = nil,
    pixelWeights: OverlayLocation? = nil, pictures: OverlayLocation? = nil, classes: ClassList,
    in root: String,
    names: [String]?, haveOneSize: Bool = true, group: String?
  ) throws(ListingFault) {
    let valid = try valid.map { location throws(ListingFault) in
      try Overlay(location, in: root)
    }
    let pixelWeights = try pixelWeights.map { location throws(ListingFault) in
      try Overlay(location, in: root)
    }
    var truthSide = try ListedSide(truth, classes, root, names: names, size: nil, images: nil)
    var predictionSide = try ListedSide(
      predictions, classes, root, names: names, size: haveOneSize ? truthSide.size : nil,
      images: truthSide.array?.names.count)
    let shared = Set(predictions.names).intersection(truth.names)
      .subtracting(["class"])
    predictionSide.gather(by: shared, classes)
    truthSide.gather(by: shared, classes)
    var listed = NameReading()
    if let names {
      let found = Set(predictionSide.found.keys).union(truthSide.found.keys)
      let wanted = names.map { listed.name(of: $0, among: found) }
      predictionSide.keep(wanted)
      truthSide.keep(wanted)
    }
    predictionSide.setAsideTwins()
    truthSide.setAsideTwins()
    try predictionSide.expectSingle()
    try truthSide.expectSingle()
    if predictions.isOneArray, truth.isOneArray { try predictionSide.expectCount(of: truthSide) }
    images = []
    images.reserveCapacity(predictionSide.order.count)
    problems = predictionSide.problems + truthSide.problems
    notes = predictionSide.notes + truthSide.notes + listed.notes
    // An array has an order of its own, and files that of their names.
    let order =
      predictions.isOneArray
      ? predictionSide.order
      : truth.isOneArray
        ? truthSide.order + predictionSide.order.filter { truthSide.found[$0] == nil }
        : predictionSide.order.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let broken = Set(problems.map(\.image))
    for name in order where !broken.contains(name) {
      guard let prediction = predictionSide.found[name] else { continue }
      guard let partner = truthSide.found[name] else {
        problems.append(predictionSide.missingPartner(of: name, in: truthSide))
        continue
      }
      var files = ImageFiles(
        name: name, index: images.count,
        group: group.flatMap { prediction.captures[$0] ?? partner.captures[$0] },
        prediction: prediction.source, truth: partner.source)
      files.openedPrediction = predictionSide.opened
      files.openedTruth = truthSide.opened
      if valid != nil || pixelWeights != nil || pictures != nil {
        let captures = prediction.captures.merging(partner.captures) { own, _ in own }
        files.valid = try valid?.source(of: files, captures)
        files.picture = pictures.map { Overlay.path($0, captures, in: root) }
        files.pixelWeights = try pixelWeights?.source(of: files, captures)
      }
      images.append(files)
    }
    for name in truthSide.order where predictionSide.found[name] == nil && !broken.contains(name) {
      problems.append(truthSide.missingPartner(of: name, in: predictionSide))
    }
    problems += predictionSide.obstacles(besides: problems)
    problems += truthSide.obstacles(besides: problems)
    // An image that lacks both sides is one image.
    var seen: Set<String> = []
    problems = problems.filter { seen.insert($0.image).inserted }
    problems.sort { $0.image.utf8.lexicographicallyPrecedes($1.image.utf8) }
  }
}
