internal import Core
internal import Raster

/// Turns the numbers or colours of a label map into places in the class list.
struct LabelReading {
  private let rules: DecodeRules
  /// For 8-bit maps, what each value means.
  private let bytes: [Label]
  private let values: [Int64: Label]
  private let colors: [UInt32: Label]

  init(_ rules: DecodeRules) {
    self.rules = rules
    var values: [Int64: Label] = [:]
    var colors: [UInt32: Label] = [:]
    for value in rules.ignored.labels { values[value] = .ignored }
    for (c, entry) in rules.classes.entries.enumerated() {
      values[entry.value] = Label(c)
      if let color = entry.color {
        colors[packed(color.red, color.green, color.blue)] = Label(c)
      }
    }
    self.values = values
    self.colors = colors
    let foreign: Label = rules.ignored.unlisted ? .ignored : .none
    bytes = (0..<256).map { values[Int64($0)] ?? foreign }
  }

  /// The map, and the numbers that are neither a class nor ignored, where they are asked for.
  func map(
    of source: NumberPlane, notingForeign notes: Bool
  ) throws(Problem) -> (map: LabelMap, foreign: ForeignLabels) {
    if let planes = source.colors { return try map(of: planes, in: source) }
    let plane = source.plane
    var foreign = ForeignLabels()
    if plane.element == .u1 || plane.element == .b1 {
      if notes, zip(plane.occurringBytes, bytes).contains(where: { $0 && $1 == .none }) {
        for (pixel, byte) in plane.levels.enumerated() where bytes[Int(byte)] == .none {
          foreign.note(Int64(byte), at: pixel)
        }
      }
      return (LabelMap(plane, meaning: bytes), foreign)
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
        let label = values[row[x]] ?? (rules.ignored.unlisted ? .ignored : .none)
        labels[first + x] = label
        if label == .none { foreign.note(row[x], at: first + x) }
      }
    }
    return (LabelMap(labels, width: plane.width), foreign)
  }

  private func map(
    of planes: [Plane], in source: NumberPlane
  ) throws(Problem) -> (map: LabelMap, foreign: ForeignLabels) {
    guard planes.allSatisfy({ $0.element == .u1 }) else {
      throw Problem(
        "is a colour picture of 16 bits, and colours of classes have 8", at: .file(source.file),
        remedy: "save it with 8 bits")
    }
    guard !colors.isEmpty else {
      throw Problem(
        "is a colour picture, and the classes have no colours", at: .file(source.file),
        remedy: "give each class its colour: classes: [{name: road, color: [128, 64, 128]}]")
    }
    let (red, green, blue) = (planes[0].levels, planes[1].levels, planes[2].levels)
    var labels = [Label](repeating: .none, count: red.count)
    var foreign = ForeignLabels(areColors: true)
    for pixel in red.indices {
      let color = packed(red[pixel], green[pixel], blue[pixel])
      labels[pixel] = colors[color] ?? (rules.ignored.unlisted ? .ignored : .none)
      if labels[pixel] == .none { foreign.note(Int64(color), at: pixel) }
    }
    return (LabelMap(labels, width: planes[0].width), foreign)
  }
}

/// Numbers of a label map that mean nothing, with how often and where first.
struct ForeignLabels {
  private var found: [Int64: (count: Int, first: Int)] = [:]
  private var areColors = false

  init(areColors: Bool = false) { self.areColors = areColors }

  mutating func note(_ value: Int64, at pixel: Int) {
    found[value, default: (0, pixel)].count += 1
  }

  /// In a truth every number must mean something.
  func problem(in source: NumberPlane, _ rules: DecodeRules) -> Problem? {
    let sorted = found.sorted { $0.value.first < $1.value.first }
    guard let first = sorted.first else { return nil }
    let (row, column) = first.value.first.quotientAndRemainder(dividingBy: source.plane.width)
    let list = sorted.prefix(5).map { "\(text($0.key)) (\(Figure.count($0.value.count, "pixel")))" }
    let more = sorted.count > 5 ? " and \(sorted.count - 5) more" : ""
    return Problem(
      "truth has labels that are neither a class nor ignored: \(list.joined(separator: ", "))\(more), first at row \(row), column \(column)",
      at: .file(source.file),
      remedy: areColors
        ? "add the colour to a class, or say ignore: unlisted"
        : "add them to classes or to ignore, or say ignore: unlisted")
  }

  private func text(_ value: Int64) -> String {
    areColors ? "[\(value >> 16), \(value >> 8 & 255), \(value & 255)]" : "\(value)"
  }
}

private func packed(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt32 {
  UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
}
