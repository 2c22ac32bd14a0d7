internal import Core
internal import Raster

/// Turns the numbers or colours of a side's label maps into places in the class list.
///
/// Only in the truth are there pixels that do not count: a predicted label that is ignored in the truth
/// is no class, and a miss.
struct LabelReading: Sendable {
  private let coding: LabelCoding
  /// What a label is that neither the class list nor `ignore` knows.
  let foreign: Label
  /// What a number is that stands for nothing.
  private let nothing: Label
  private let labels: [Int64: Label]
  private let colors: [UInt32: Label]
  /// The same as a list, for colours that are nearly right.
  private let listed: [(color: ClassList.Color, label: Label)]
  private let tolerance: Int
  /// For 8-bit maps, what each value means.
  private let bytes: [Label]
  /// By the names of classes, for files that have these.
  private let byName: [String: Label]
  /// The label of the only class that has masks, where files have no need to name it.
  private let onlyLabel: Int64?

  init(_ scheme: Scheme, _ side: Side) {
    let isTruth = side == .truth
    let ignored = isTruth ? scheme.ignored : Scheme.Ignored()
    coding = scheme.coding[side]
    foreign = ignored.unlisted ? .ignored : .none
    nothing = isTruth ? .ignored : .none
    var labels: [Int64: Label] = [:]
    var colors: [UInt32: Label] = [:]
    for label in ignored.labels { labels[label] = .ignored }
    for color in ignored.colors { colors[packed(color)] = .ignored }
    for (c, entry) in scheme.classes.entries.enumerated() {
      for label in entry.labels[side] { labels[label] = Label(c) }
      for color in entry.colors { colors[packed(color)] = Label(c) }
    }
    self.labels = labels
    self.colors = colors
    byName = Dictionary(
      scheme.classes.names.enumerated().map { ($1, Label($0)) },
      uniquingKeysWith: { first, _ in first })
    let own = scheme.classes.entries.flatMap { $0.labels[side] }
    let masked = own.count > 1 ? own.filter { $0 != 0 } : own
    onlyLabel = masked.count == 1 ? masked[0] : nil
    tolerance = scheme.colorTolerance
    listed =
      ignored.colors.map { ($0, .ignored) }
      + scheme.classes.entries.enumerated().flatMap { c, entry in
        entry.colors.map { ($0, Label(c)) }
      }
    bytes = (0..<256).map { [coding, foreign, nothing] in
      coding.label(of: $0).map { labels[$0] ?? foreign } ?? nothing
    }
  }

  private func meaning(of label: Int64?) -> Label {
    label.map { labels[$0] ?? foreign } ?? nothing
  }

  /// The label that a category is; `nil` of one that is a name.
  func number(of category: RunFile.Category?) -> Int64? {
    switch category {
    case nil: onlyLabel
    case .number(let number)?: coding.label(of: number)
    case .name(let name)?: Int64(name)
    }
  }

  func meaning(of category: RunFile.Category?) -> Label {
    if case .name(let name)? = category, let label = byName[name] { return label }
    return number(of: category).map { labels[$0] ?? foreign } ?? foreign
  }

  /// `nil` where no class has the label 0.
  var meaningOfBackground: Label? { labels[0] }

  /// The map, and the numbers that are neither a class nor ignored, where they are asked for.
  func map(
    of source: NumberPlane, notingForeign notes: Bool
  ) throws(Problem) -> (map: LabelMap, foreign: ForeignLabels) {
    if let planes = source.colors { return try map(of: planes, in: source) }
    if let masks = source.masks { return try map(of: masks, in: source) }
    guard coding.encoding.labelOfColor == nil else {
      throw Problem(
        "is no colour picture, but encoding: \(coding.encoding.name) reads colours",
        at: .file(source.file), remedy: "take the encoding out if the numbers are labels")
    }
    let plane = source.plane
    var strays = ForeignLabels()
    if plane.element == .u1 || plane.element == .b1 {
      if notes, zip(plane.occurringBytes, bytes).contains(where: { $0 && $1 == .none }) {
        for (pixel, byte) in plane.levels.enumerated() where bytes[Int(byte)] == .none {
          strays.note(coding.label(of: Int64(byte)) ?? 0, at: pixel)
        }
      }
      return (LabelMap(plane, meaning: bytes), strays)
    }
    var labels = [Label](repeating: .none, count: plane.pixels)
    var row = [Int64](repeating: 0, count: plane.width)
    for y in 0..<plane.height {
      let first = y * plane.width
      var span = row.mutableSpan
      if let wrong = plane.loadLabels(first..<(first + plane.width), into: &span) {
        throw Problem(
          "the number at row \(y), column \(wrong - first) is no whole number, so no label",
          at: .file(source.file),
          remedy: "save labels as integers; if these are probabilities say so: kind: probabilities")
      }
      for x in row.indices {
        let number = coding.label(of: row[x])
        let label = meaning(of: number)
        labels[first + x] = label
        if label == .none { strays.note(number ?? 0, at: first + x) }
      }
    }
    return (LabelMap(labels, width: plane.width), strays)
  }

  private func map(
    of planes: [Plane], in source: NumberPlane
  ) throws(Problem) -> (map: LabelMap, foreign: ForeignLabels) {
    guard planes.allSatisfy({ $0.element == .u1 }) else {
      throw Problem(
        "is a colour picture of 16 bits, and colours of classes have 8", at: .file(source.file),
        remedy: "save it with 8 bits")
    }
    let codesLabels = coding.encoding.labelOfColor != nil
    guard codesLabels || !colors.isEmpty else {
      throw Problem(
        "is a colour picture, and the classes have no colours", at: .file(source.file),
        remedy: "give each class its colour: classes: [{name: road, color: [128, 64, 128]}]")
    }
    // Of colours that are nearly right, each is looked for once.
    var near: [UInt32: Label] = [:]
    let (red, green, blue) = (planes[0].levels, planes[1].levels, planes[2].levels)
    var labels = [Label](repeating: .none, count: red.count)
    var strays = ForeignLabels(areColors: !codesLabels)
    for pixel in red.indices {
      let color = ClassList.Color(red: red[pixel], green: green[pixel], blue: blue[pixel])
      let number = codesLabels ? coding.label(ofColor: color) : Int64(packed(color))
      if codesLabels {
        labels[pixel] = meaning(of: number)
      } else if let known = colors[packed(color)] {
        labels[pixel] = known
      } else if let label = near[packed(color)] ?? nearest(to: color) {
        near[packed(color)] = label
        labels[pixel] = label
        strays.nearColors += 1
      } else {
        labels[pixel] = foreign
      }
      if labels[pixel] == .none { strays.note(number ?? 0, at: pixel) }
    }
    return (LabelMap(labels, width: planes[0].width), strays)
  }
}

extension LabelReading {
  /// What the only colour within the tolerance means; `nil` where there is none.
  ///
  /// The distance of two colours is the largest of their three differences; that no two listed colours
  /// are within twice the tolerance of each other was checked when the configuration was read.
  private func nearest(to color: ClassList.Color) -> Label? {
    guard tolerance > 0 else { return nil }
    return listed.first { $0.color.distance(to: color) <= tolerance }?.label
  }
}

private func packed(_ color: ClassList.Color) -> UInt32 {
  UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
}
