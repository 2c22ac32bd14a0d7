package import Core
package import Raster

extension ImagePair {
  /// Reads one picture's files and gives their numbers the meaning that `rules` say they have.
  ///
  /// - Throws: Problem: a file of this image cannot be read, or does not fit `rules` or the others, or it is a volume.
  package init(decoding files: ImageFiles, by rules: DecodeRules) throws(Problem) {
    var image = try OpenedImage(files, by: rules)
    guard image.slices == 1 else {
      throw Problem(
        "is a volume of \(image.slices) slices, where a picture is needed",
        at: image.file.map(Problem.Place.file),
        remedy: "take pictures, or save the slices that are wanted as pictures")
    }
    self = try image.pair(slice: 0)
  }

  /// A slice of both sides, which were found to have one size.
  init(
    of image: inout OpenedImage, slice: Int, _ rules: DecodeRules
  ) throws(Problem) {
    let files = image.files
    let orientation = rules.scheme.orientation
    var truth = try image.truth.decoded(slice: slice, by: rules.decoder)
    if rules.scheme.coding.truth.hasSegments { try truth.readSegments(files.truthSegments) }
    truth = try truth.read(by: rules.scheme.palettes.truth, rules).turned(orientation.truth.inverse)
    if !rules.scheme.hasSoftTruth { try truth.takeWholeLabels() }
    let exists = truth.takeNoData(rules)
    try truth.expectUnturned(orientation.truth)
    var prediction = try image.prediction.decoded(slice: slice, by: rules.decoder)
    if rules.kind == .labels, rules.scheme.coding.predictions.hasSegments {
      try prediction.readSegments(files.predictionSegments)
    }
    prediction = try prediction.read(
      by: rules.kind == .labels ? rules.scheme.palettes.predictions : nil, rules
    ).turned(orientation.predictions.inverse)
    if rules.kind == .labels { try prediction.takeWholeLabels() }
    try prediction.expectUnturned(orientation.predictions)
    if rules.truthIsOneMask || rules.readsRegions { try truth.paintNumbers() }
    if rules.readsRegions { try prediction.paintNumbers() }
    guard let first = prediction.planes.first, let other = truth.planes.first,
      min(first.plane.pixels, other.plane.pixels) > 0
    else {
      let side = prediction.planes.first?.plane.pixels == 0 ? prediction : truth
      let file = side.planes.first?.file ?? ""
      throw Problem("the image has no pixels", at: .file(file), remedy: "save it again")
    }
    let sized = try NumberPlane.sized(prediction: first, truth: other, rules)
    try truth.readNumbers(areMasks: true, haveColors: rules.readsColors(of: .truth))
    try prediction.readNumbers(
      areMasks: rules.kind == .labels, haveColors: rules.readsColors(of: .predictions))
    let standing =
      files.truth.isUnknown
      ? Truth(unknown: sized.plane, rules) : try Truth(&truth, rules)
    let meaning = try Prediction(&prediction, rules)
    self.init(
      name: files.name, width: sized.plane.width, height: sized.plane.height, prediction: meaning,
      truth: standing,
      origins: prediction.hasClasses
        ? zip(rules.classes.names, prediction.planes).map { .init(className: $0, file: $1.file) }
        : [])
    if let exists { self.truth = self.truth.counted(where: exists) }
    if rules.scheme.hasShares { shares = try truth.shares(classes: rules.classes.count) }
    weight = files.weight
    if let masks = first.masks {
      foreignMaskPixels = rules.labels.predictions.foreignPixels(of: masks)
    }
    remarks = truth.remarks + prediction.remarks
    if prediction.planes.contains(where: { $0.plane.element == .f2 }) { remarks.halfPrecision = 1 }
    if prediction.planes.contains(where: { $0.narrow != nil }) { remarks.narrowFloats = 1 }
    truthNumbers = rules.truthIsOneMask ? nil : truth.numbers
    predictionNumbers = rules.kind == .labels ? prediction.numbers : nil
    if let resizing = first.resizing(.predictions, to: sized, rules) {
      resize(.predictions, by: resizing)
    }
    if let resizing = other.resizing(.truth, to: sized, rules) { resize(.truth, by: resizing) }
    // What was converted is a copy, of which nobody can tell afterwards.
    try other.plane.bytes.expectUnchanged()
    try first.plane.bytes.expectUnchanged()
    try addOverlays(of: &image, slice: slice, on: sized, rules)
  }

  /// The planes beside both sides: which pixels count, and how much each of them.
  private mutating func addOverlays(
    of image: inout OpenedImage, slice: Int, on sized: NumberPlane, _ rules: DecodeRules
  ) throws(Problem) {
    if let side = try image.overlay(\.valid, slice: slice, on: sized, rules) {
      remarks = remarks + side.remarks
      truth = truth.counted(where: try side.planes[0].mask(nil))
    }
    if let side = try image.overlay(\.pixelWeights, slice: slice, on: sized, rules) {
      remarks = remarks + side.remarks
      pixelWeights = try side.planes[0].weights()
    }
  }
}

extension Truth {
  fileprivate init(_ side: inout DecodedSide, _ rules: DecodeRules) throws(Problem) {
    if let threshold = rules.scheme.truthThreshold {
      let masks = try side.cut(above: threshold, classes: rules.classes.count)
      self =
        rules.areClassesExclusive ? try .labels(exclusive(masks, side, rules)) : .masks(masks)
      return
    }
    if !side.hasClasses, rules.readsRegions {
      self = try RegionReading(rules, .truth).truth(of: &side)
      return
    }
    if !side.hasClasses, rules.truthIsOneMask {
      self = try Truth(oneMask: side, rules)
      return
    }
    guard side.hasClasses else {
      let (map, foreign) = try rules.labels.truth.map(
        of: side.planes[0], notingForeign: true)
      if let problem = foreign.problem(in: side.planes[0], map, rules) { throw problem }
      side.remarks.nearColors += foreign.nearColors
      self = .labels(map)
      return
    }
    let masks = try side.masks(.truth)
    self = rules.areClassesExclusive ? try .labels(exclusive(masks, side, rules)) : .masks(masks)
  }
}

extension Prediction {
  fileprivate init(_ side: inout DecodedSide, _ rules: DecodeRules) throws(Problem) {
    if rules.kind == .labels, !side.hasClasses, rules.labelsAreShared {
      self = .masks(try RegionReading(rules, .predictions).masks(of: &side))
      return
    }
    if rules.kind == .labels, side.hasClasses == rules.areClassesExclusive {
      throw Problem(
        side.hasClasses
          ? "holds a plane for each class, but is taken for a label map"
          : "is a label map, but is taken for a plane of each class",
        at: .file(side.planes[0].file),
        remedy: side.hasClasses
          ? "masks in an array are told by their axes, under decode: axes: HWC or CHW, NHWC, NCHW; slices of a volume by axes: DHW"
          : "take 'axes' out of decode, or save one mask a class")
    }
    switch rules.kind {
    case .labels where !side.hasClasses:
      let (map, foreign) = try rules.labels.predictions.map(
        of: side.planes[0], notingForeign: false)
      side.remarks.nearColors += foreign.nearColors
      self = .labels(map)
    case .labels: self = .masks(try side.masks(.predictions))
    case .probabilities, .logits:
      guard side.hasClasses || rules.classes.count == 1 else {
        throw Problem(
          "holds one plane, but there are \(rules.classes.count) classes",
          at: .file(side.planes[0].file),
          remedy:
            "\(rules.kind.rawValue) need a plane a class: use {class} in the path, or an array; for label maps say kind: labels"
        )
      }
      self = try Prediction.planes(side.shown(as: rules.kind), rules)
    }
  }

  private static func planes(
    _ side: DecodedSide, _ rules: DecodeRules
  ) throws(Problem) -> Prediction {
    let planes = side.planes.map(\.plane)
    let element = planes[0].element
    if let other = side.planes.first(where: { $0.plane.element != element }) {
      throw Problem(
        "holds \(other.plane.element.name), but \(printable(side.planes[0].file)) holds \(element.name)",
        at: .file(other.file), remedy: "save all classes of an image the same way")
    }
    if rules.kind == .logits {
      guard element.isFloat else {
        throw Problem(
          "holds \(element.name), but logits are floats", at: .file(side.planes[0].file),
          remedy: "save the array as float32, or say kind: probabilities")
      }
      return .logits(planes)
    }
    if element == .u1, let narrow = side.planes.first(where: { $0.largest < 255 }) {
      throw Problem(
        "is a PNG of fewer than 8 bits, which holds labels or a mask and no probabilities",
        at: .file(narrow.file), remedy: "save probabilities with 8 or 16 bits, or say kind: labels")
    }
    switch element {
    case .u1: return .levels(planes)
    case .u2, .f2, .f4, .f8: return .probabilities(planes)
    default:
      throw Problem(
        "holds \(element.name), and probabilities are floats, or 8- or 16-bit levels",
        at: .file(side.planes[0].file),
        remedy: "save them as float32, or say what they are: kind: labels")
    }
  }
}

extension DecodedSide {
  /// A label map with the numbers that are labels; masks and planes have a rule of their own.
  fileprivate func read(
    by reading: PaletteReading?, _ rules: DecodeRules
  ) throws(Problem) -> DecodedSide {
    guard reading == .shown, !hasClasses else { return self }
    var side = self
    let areColored = rules.classes.entries.contains { !$0.colors.isEmpty }
    for index in planes.indices {
      side.planes[index] = try planes[index].read(by: reading, areColored: areColored)
    }
    return side
  }

  /// Of labels that a writer scaled.
  fileprivate mutating func takeWholeLabels() throws(Problem) {
    guard planes.contains(where: { $0.slope != nil }) else { return }
    for index in planes.indices { planes[index] = try planes[index].withWholeLabels() }
    remarks.scaledLabels = 1
  }

  func turned(_ turn: Turn) -> DecodedSide {
    guard turn != .none else { return self }
    var side = self
    for index in planes.indices {
      side.planes[index].plane = planes[index].plane.turned(turn)
      side.planes[index].colors = planes[index].colors?.map { $0.turned(turn) }
      side.planes[index].alpha = planes[index].alpha?.turned(turn)
    }
    return side
  }

  /// Of a label map that holds numbers and not colours.
  fileprivate var numbers: Plane? {
    hasClasses || planes[0].colors != nil || planes[0].masks != nil ? nil : planes[0].plane
  }

  fileprivate func masks(_ side: Side) throws(Problem) -> [Plane] {
    // In one array of 0 and 1, one look at the whole replaces a look at each class.
    if planes.count > 1, let all = Plane(joining: planes.map(\.plane)), all.element.size == 1,
      all.holdsOnlyBits
    {
      return planes.map(\.plane)
    }
    return try planes.map { plane throws(Problem) in try plane.mask(side) }
  }
}

/// One label a pixel from one mask a class, which must not overlap.
private func exclusive(
  _ masks: [Plane], _ side: DecodedSide, _ rules: DecodeRules
) throws(Problem) -> LabelMap {
  var labels = [Label](repeating: .none, count: masks.first?.pixels ?? 0)
  var overlaps = 0
  var first: (pixel: Int, classes: String)?
  for (c, mask) in masks.map(\.levels).enumerated() {
    for pixel in mask.indices where mask[pixel] != 0 {
      if labels[pixel] == .none {
        labels[pixel] = Label(c)
      } else {
        overlaps += 1
        let names = rules.classes.names
        first = first ?? (pixel, "'\(names[Int(labels[pixel])])' and '\(names[c])'")
      }
    }
  }
  guard let first else { return LabelMap(labels, width: side.width) }
  let (row, column) = first.pixel.quotientAndRemainder(dividingBy: side.width)
  throw Problem(
    "\(Figure.count(overlaps, "pixel is", "pixels are")) true for several classes, the first at row \(row), column \(column): \(first.classes)",
    at: .file(side.planes[0].file),
    remedy:
      "these predictions give a pixel one class; if classes may overlap say activation: sigmoid")
}

extension DecodedSide {
  /// The same planes, each with one number a pixel: a palette of greys by its greys.
  fileprivate func shown(as kind: Scheme.Kind) throws(Problem) -> DecodedSide {
    var side = self
    for index in planes.indices {
      try planes[index].expectGray(for: "a plane of \(kind.rawValue)")
      side.planes[index] = try planes[index].asShown()
      try side.planes[index].expectNoColors(for: "a plane of \(kind.rawValue)")
    }
    return side
  }
}

extension Plane.Element {
  /// As NumPy writes it.
  package var name: String {
    switch self {
    case .b1: "bool"
    case .u1, .u2, .u4, .u8: "uint\(size * 8)"
    case .i1, .i2, .i4, .i8: "int\(size * 8)"
    case .f2, .f4, .f8: "float\(size * 8)"
    }
  }
}
