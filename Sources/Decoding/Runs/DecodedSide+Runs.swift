internal import Core
internal import Raster

/// The mask of a category of a file of runs.
struct RunMask: Sendable {
  var category: RunFile.Category?
  var runs: [Run]
}

extension DecodedSide {
  /// One image of a file of runs, as a label map.
  ///
  /// - Parameter size: of the image, which a CSV leaves to the other side.
  init(_ file: RunFile, image index: Int, size: StatedSize?, path: String) throws(Problem) {
    let image = file.images[index]
    guard let size else {
      throw Problem(
        "does not say how large the image '\(printable(image.name, most: 200))' is, and neither does the other side",
        at: .file(path), remedy: "save the other side as pictures or arrays")
    }
    var masks: [RunMask] = []
    for mask in image.masks {
      masks.append(
        RunMask(
          category: mask.category,
          runs: try file.runs(of: mask, width: size.width, height: size.height)))
    }
    try file.expectUnchanged()
    // Nothing is painted before somebody asks for a pixel: this plane has one number for all.
    let plane = Plane(
      bytes: Bytes([0]), element: .u1, rowStride: 0, columnStride: 0, width: size.width,
      height: size.height)
    self.init(
      planes: [
        NumberPlane(
          plane: plane, file: path, largest: .max, masks: masks, categories: file.categories)
      ],
      hasClasses: false)
  }
}

extension DecodedSide {
  /// Makes a plane of the numbers of the categories, where single pixels are looked at; 0 where there is no mask.
  ///
  /// - Throws: Problem: categories overlap, or are names.
  mutating func paintNumbers() throws(Problem) {
    for index in planes.indices {
      guard let masks = planes[index].masks else { continue }
      let source = planes[index]
      var labelled: [LabelRuns.Mask] = []
      for mask in masks {
        let label: Label? =
          switch mask.category {
          case nil: 1
          case .number(let number)?: Label(exactly: number)
          case .name(let name)?: Label(name)
          }
        guard let label, label < .none else {
          throw Problem(
            "has a mask of the category \(mask.category?.description ?? ""), and the classes here are found by numbers from 0 to \(Label.none - 1)",
            at: .file(source.file), remedy: "write the number of the label")
        }
        labelled.append(LabelRuns.Mask(label: label, runs: mask.runs))
      }
      let runs = try inFile(source.file) { () throws(Problem) in
        try LabelRuns(
          labelled, width: source.plane.width, height: source.plane.height, rest: 0,
          named: { masks[$0].category?.description ?? "the class" })
      }
      planes[index].plane = runs.map.plane
      planes[index].masks = nil
    }
  }

  /// Runs go from column to column and are counted so.
  func expectUnturned(_ turn: Turn) throws(Problem) {
    guard turn != .none, let runs = planes.first(where: { $0.masks != nil }) else { return }
    throw Problem(
      "holds runs, which are not turned", at: .file(runs.file),
      remedy: "turn the other side instead: orientation: {truth: …} or {predictions: …}")
  }
}

extension LabelReading {
  /// Pixels without a mask are the class of label 0, where the list has one and the file has no mask of it; else they
  /// are no class, and count.
  func map(
    of masks: [RunMask], in source: NumberPlane
  ) throws(Problem) -> (map: LabelMap, foreign: ForeignLabels) {
    var strays = ForeignLabels()
    var labelled: [LabelRuns.Mask] = []
    for mask in masks {
      let number = number(of: mask.category)
      let label = meaning(of: mask.category)
      labelled.append(LabelRuns.Mask(label: label, runs: mask.runs))
      if label == .none, let number, let first = mask.runs.first {
        // Noted as row-major, as all pixels are.
        let (column, row) = Int(first.start).quotientAndRemainder(dividingBy: source.plane.height)
        strays.note(
          number, at: row * source.plane.width + column,
          count: mask.runs.reduce(0) { $0 + Int($1.count) })
      }
    }
    let background = meaningOfBackground
    let hasBackground = source.categories.contains { meaning(of: $0) == background }
    let runs = try inFile(source.file) { () throws(Problem) in
      try LabelRuns(
        labelled, width: source.plane.width, height: source.plane.height,
        rest: background.flatMap { hasBackground ? nil : $0 } ?? foreign,
        named: { masks[$0].category?.description ?? "the class" })
    }
    return (LabelMap(runs), strays)
  }
}

extension LabelReading {
  /// Pixels that have a mask of a class that the list lacks.
  func foreignPixels(of masks: [RunMask]) -> Int {
    masks.filter { meaning(of: $0.category) == .none }
      .reduce(0) { $0 + $1.runs.reduce(0) { $0 + Int($1.count) } }
  }
}
