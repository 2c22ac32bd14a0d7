package import Core
internal import Raster

/// Decides what of pictures with few colours are labels, from all palettes of a side together.
///
/// One file cannot tell: of a palette 0 3 1 2 both the indices and the greys are labels of a list of
/// four classes. Some files of the side are looked at, evenly spread; most sides have no palette, and of
/// those a few bytes are read.
package struct PaletteJudge {
  private let side: Side
  private let coding: LabelCoding
  private let classLabels: Set<Int64>
  private let ignored: Set<Int64>
  private let classOfColor: [PNGImage.RGB: Int64]
  /// A colour that does not count shows whatever number it has.
  private let voidColors: Set<PNGImage.RGB>
  private var looks: [Look] = []
  /// Of palettes of colours that no class has, what each index shows that occurs.
  private var colored: [(file: String, colors: [Int64: PNGImage.RGB])] = []
  /// Whether there are files that hold 8 bits and no palette.
  private var hasPlain = false

  /// One file that can be read in two ways.
  private struct Look {
    var file: String
    /// What each number that occurs shows, and how many pixels have it; `nil` is nothing that a
    /// label map could hold.
    var shown: [Int64: Int64?]
    var pixels: [Int64: Int]
    var isPalette: Bool
    /// Whether all that it shows are colours that a class has, or that do not count.
    var isOfClasses = false

    var differs: Bool { shown.contains { $0.key != $0.value } }
  }

  /// How many files of a side are worth looking at.
  package static let most = 16

  /// What was decided, and a word on it where there was anything to decide.
  package struct Decision: Sendable {
    package var reading: PaletteReading
    package var note: String?
    /// Where nothing can be decided, because the numbers mean other classes from file to file.
    package var reordered: ReorderedPalettes?
  }

  /// - Parameter sources: some files of one side, evenly spread over the run.
  /// - Returns: `nil` where no file that was looked at can be read in two ways.
  /// - Throws: Problem: both readings fit, or neither does.
  package static func decision(
    on side: Side, of sources: [ImageSource], _ scheme: Scheme
  ) throws(Problem) -> Decision? {
    var judge = PaletteJudge(side, scheme)
    for case .file(let path, _) in sources where !isArray(path) { judge.look(at: path) }
    return try judge.decision
  }

  private init(_ side: Side, _ scheme: Scheme) {
    self.side = side
    let entries = scheme.classes.entries
    coding = scheme.coding[side]
    classLabels = Set(entries.flatMap { $0.labels[side] })
    ignored = side == .truth ? Set(scheme.ignored.labels) : []
    var colors: [PNGImage.RGB: Int64] = [:]
    for entry in entries {
      guard let label = entry.labels[side].first else { continue }
      for color in entry.colors { colors[PNGImage.RGB(color)] = label }
    }
    classOfColor = colors
    voidColors = side == .truth ? Set(scheme.ignored.colors.map(PNGImage.RGB.init)) : []
  }

  /// A file that cannot be read says so when its image is decoded.
  private mutating func look(at path: String) {
    guard let bytes = try? FileBytes.read(path), let (depth, color) = bytes.pngForm else { return }
    guard color == .palette || color == .gray && depth < 8 else {
      if color == .gray { hasPlain = true }
      return
    }
    guard let image = try? PNGImage(decoding: bytes) else { return }
    let largest = (1 << image.bitDepth) - 1
    var counts = [Int](repeating: 0, count: 256)
    for byte in image.planes[0].levels { counts[Int(byte)] += 1 }
    let found = counts.indices.filter { counts[$0] > 0 }
    var look = Look(file: path, shown: [:], pixels: [:], isPalette: color == .palette)
    for number in found {
      look.pixels[Int64(number)] = counts[number]
      look.shown[Int64(number)] = .some(
        color == .palette
          ? shown(image.palette, number) : Int64(number * (255 / largest)))
    }
    // A palette of colours without colours of classes is read by its indices, by any tool.
    let isGray = image.palette.allSatisfy(\.isGray)
    if color == .palette, !isGray, classOfColor.isEmpty {
      var colors: [Int64: PNGImage.RGB] = [:]
      for number in found where number < image.palette.count {
        colors[Int64(number)] = image.palette[number]
      }
      colored.append((path, colors))
      return
    }
    look.isOfClasses =
      color == .palette
      && found.allSatisfy { $0 < image.palette.count && means(image.palette[$0]) }
    looks.append(look)
  }

  private func means(_ color: PNGImage.RGB) -> Bool {
    classOfColor[color] != nil || voidColors.contains(color)
  }

  private func shown(_ palette: [PNGImage.RGB], _ index: Int) -> Int64? {
    guard index < palette.count else { return nil }
    let color = palette[index]
    if voidColors.contains(color) { return Int64(index) }
    return classOfColor[color] ?? (color.isGray ? Int64(color.red) : nil)
  }

  private var decision: Decision? {
    get throws(Problem) {
      if let reordered { return Decision(reading: .index, reordered: reordered) }
      let differing = looks.filter(\.differs)
      guard let first = differing.first else { return nil }
      if differing.allSatisfy(\.isOfClasses) {
        return decided(.shown, "whose colours are those of the classes")
      }
      let (index, shown) = (share(.index), share(.shown))
      if shown > index + 0.1 { return decided(.shown, "which fit the class list") }
      if index > shown + 0.1 {
        guard first.isPalette, !classOfColor.isEmpty else { return Decision(reading: .index) }
        return decided(.index, "since the classes have other colours than their palettes")
      }
      if areReordered {
        return decided(.shown, "since their order changes from file to file")
      }
      if hasPlain { return decided(.shown, "since other files of the side have no palette") }
      if !first.isPalette { return Decision(reading: .index) }
      throw undecided(first)
    }
  }

  /// The part of all pixels that are a class.
  private func share(_ reading: PaletteReading) -> Double {
    var (listed, all) = (0, 0)
    for look in looks {
      for (number, count) in look.pixels {
        all += count
        let label = reading == .index ? number : look.shown[number] ?? nil
        if let label = label.flatMap(coding.label), classLabels.contains(label) {
          listed += count
        }
      }
    }
    return all > 0 ? Double(listed) / Double(all) : 0
  }

  /// Whether one number shows different things in two files.
  private var areReordered: Bool {
    var seen: [Int64: Int64?] = [:]
    return looks.contains { look in
      look.shown.contains { number, shown in
        defer { seen[number] = shown }
        return seen[number].map { $0 != shown } ?? false
      }
    }
  }

  /// Where a colour has another index from file to file, so that an index means another class in each.
  private var reordered: ReorderedPalettes? {
    var seen: [PNGImage.RGB: ReorderedPalettes.Place] = [:]
    for (file, colors) in colored {
      let byColor = Dictionary(grouping: colors.keys) { colors[$0] }
      for (index, color) in colors.sorted(by: { $0.key < $1.key }) where byColor[color]?.count == 1
      {
        guard let first = seen[color] else {
          seen[color] = (file, index)
          continue
        }
        if first.index != index {
          return ReorderedPalettes(
            color: ClassList.Color(color), first: first, then: (file, index),
            palettes: Dictionary(
              colored.map { ($0.file, $0.colors.mapValues(ClassList.Color.init)) }
            ) { first, _ in first })
        }
      }
    }
    return nil
  }

  private func decided(_ reading: PaletteReading, _ why: String) -> Decision {
    let count = looks.count(where: \.differs)
    return Decision(
      reading: reading,
      note:
        "\(side.rawValue): labels are \(reading == .shown ? "what palettes and pictures of few bits show" : "the numbers in palette pictures"), \(why) (\(Figure.count(count, "file")) of those looked at; the first is \(printable(looks.first(where: \.differs)?.file ?? ""))). Say 'palette: \(reading == .shown ? "index" : "shown")' under decode to read \(reading == .shown ? "their numbers" : "what they show")."
    )
  }

  private func undecided(_ look: Look) -> Problem {
    func list(_ numbers: [Int64]) -> String {
      let sorted = numbers.sorted().map(String.init)
      return sorted.prefix(8).joined(separator: ", ") + (sorted.count > 8 ? ", …" : "")
    }
    let shown = look.shown.values.compactMap(\.self)
    return Problem(
      "its palette can be read in two ways: the indices are \(list(Array(look.shown.keys))), and what they show is \(shown.isEmpty ? "no label" : list(shown)); the class list has \(list(Array(classLabels)))",
      at: .file(look.file),
      remedy:
        "say under decode which of them are labels: palette: {\(side.rawValue): index} or palette: {\(side.rawValue): shown}"
    )
  }
}

extension PNGImage.RGB {
  fileprivate init(_ color: ClassList.Color) {
    self.init(red: color.red, green: color.green, blue: color.blue)
  }
}

extension ClassList.Color {
  fileprivate init(_ color: PNGImage.RGB) {
    self.init(red: color.red, green: color.green, blue: color.blue)
  }
}

extension Bytes {
  /// Bit depth and colour type, which every PNG has at the same place (specification, 11.2.2).
  fileprivate var pngForm: (depth: Int, color: PNGHeader.Color)? {
    withSpan { span in
      guard span.byteCount > 25 else { return nil }
      let (depth, color) = unsafe (
        span.unsafeLoad(fromByteOffset: 24, as: UInt8.self),
        span.unsafeLoad(fromByteOffset: 25, as: UInt8.self)
      )
      return PNGHeader.Color(rawValue: color).map { (Int(depth), $0) }
    }
  }
}
