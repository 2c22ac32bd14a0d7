internal import Core
internal import Decoding

extension ValueTypes {
  /// A path template, with the array of an archive behind `#`.
  static let location: ValueType<SideLocation> = text("a path", for: "pred/{image}/{class}.png")
    .parsed { text, setting throws(Problem) in
      let key = String(setting.path.split(separator: ".").last ?? "")
      let (template, part) = try parsed(text, setting)
      let location = SideLocation(key: key, template: template, part: part)
      // Names in a file have the form of a path.
      guard location.isRunFile, let part else { return location }
      do throws(Problem) {
        guard try PathTemplate(parsing: part).names.contains("image") else {
          throw Problem(
            "the form of the names behind '#' has no {image}", remedy: "for example #{image}.jpg")
        }
      } catch {
        throw setting.problem(error.what, remedy: error.remedy)
      }
      return location
    }

  /// The same of a plane beside them, whose path is filled with what theirs capture.
  static let overlay: ValueType<OverlayLocation> = text("a path", for: "fov/{image}.png")
    .parsed { text, setting throws(Problem) in
      let (template, part) = try parsed(text, setting)
      guard !template.hasWildcards, !template.names.contains("class") else {
        throw setting.problem(
          "the path says more than which image it is for",
          remedy: "write names such as {image} that the other paths capture, and no '*' or {class}")
      }
      return OverlayLocation(template: template, part: part)
    }

  private static func parsed(
    _ text: String, _ setting: Setting
  ) throws(Problem) -> (template: PathTemplate, part: String?) {
    let hash = text.lastIndex(of: "#")
    let file = hash.map { String(text[..<$0]) }
    let isPart =
      file.flatMap(FileFormat.init(ofFile:))?.isArchive ?? false
      || [".json", ".csv"].contains { file?.lowercased().hasSuffix($0) ?? false }
    if let problem = UnreadFormat.problem(with: text) {
      throw setting.problem("'\(shown(text))' \(problem.what)", remedy: problem.remedy)
    }
    let path = isPart ? String(text.prefix(upTo: hash ?? text.endIndex)) : text
    let part = isPart ? hash.map { String(text[text.index(after: $0)...]) } : nil
    do throws(Problem) {
      return (try PathTemplate(parsing: path), part)
    } catch {
      throw setting.problem(error.what, remedy: error.remedy)
    }
  }

  /// The usual orders, of which one is suggested where something else stands, and any other of the same letters.
  static let axisOrder: ValueType<AxisOrder> = ValueType(
    "N, C, D, H, W in their order", ["type": "string", "pattern": "^[NCDHW]{2,5}$"]
  ) { setting throws(Problem) in
    let word = try setting.string
    if let order = AxisOrder(rawValue: word) { return order }
    throw setting.problem(
      "'\(shown(word))' is no order of axes",
      remedy: suggestion(
        for: word, among: AxisOrder.usual.map(\.rawValue),
        called:
          "each letter once, H and W always: N images, C classes, D slices, H rows, W columns;"))
  }

  static let tiling: ValueType<Tiling> = either(
    ValueType("`slice`", ["const": .text(Tiling.slice)]) { _ in .slices },
    if: { $0.isText(Tiling.slice) }, or: positive.map { .side($0) })
}

extension ValueTypes {
  /// One order, which is that of the predictions and, where it fits, of the truth; or one for each.
  static let axes: ValueType<PerSide<AxisOrder?>> = either(
    axisOrder.map { PerSide(predictions: $0, truth: nil) }, if: \.isScalar,
    or: sides(SideKeys(axisOrder, otherwise: "the one that fits")))
}

extension ValueTypes {
  /// One is that of the predictions, for masks and labels are hardly ever kept so; or one for each.
  static let dtype: ValueType<PerSide<NarrowFloat?>> = either(
    narrowFloat.map { PerSide(predictions: $0, truth: nil) }, if: \.isScalar,
    or: sides(SideKeys(narrowFloat, otherwise: "what the files say")))

  private static let narrowFloat: ValueType<NarrowFloat> = choice(of: NarrowFloat.self)
}

/// `decode.ignore`: the labels, or every one that no class has.
struct Ignored: Sendable {
  var labels: [Placed<Int64>] = []
  var colors: [Placed<ClassList.Color>] = []
  var isUnlisted = false
}

extension ValueTypes {
  static let ignored: ValueType<Ignored> = either(
    list(of: either(ignoredColor, if: \.isList, or: ignoredItem)).map { items in
      Ignored(
        labels: items.flatMap(\.labels), colors: items.flatMap(\.colors),
        isUnlisted: items.contains { $0.isUnlisted })
    }, if: \.isList, or: ignoredItem
  ).called("a label, `unlisted`, or a list of them and of colours")

  private static let ignoredColor: ValueType<Ignored> = color.then { color, setting, _ in
    Ignored(colors: [Placed(value: color, setting: setting)])
  }

  private static let ignoredItem: ValueType<Ignored> = either(
    ValueType("`unlisted`", ["const": "unlisted"]) { _ in Ignored(isUnlisted: true) },
    if: { $0.isText("unlisted") }, or: label.map { Ignored(labels: [$0]) })

  fileprivate static let label: ValueType<Placed<Int64>> = whole.then { number, setting, _ in
    Placed(value: Int64(number), setting: setting)
  }

  /// `[128, 64, 128]`
  static let color: ValueType<ClassList.Color> = list(of: colorPart)
    .parsed { parts, setting throws(Problem) in
      guard parts.count == 3 else {
        throw setting.problem("a colour has three parts", remedy: "for example [128, 64, 128]")
      }
      return ClassList.Color(red: parts[0], green: parts[1], blue: parts[2])
    }
    .called("a colour such as `[128, 64, 128]`", ["minItems": 3.0, "maxItems": 3.0])

  fileprivate static let colorPart: ValueType<UInt8> =
    whole
    .parsed { number, setting throws(Problem) in
      guard let part = UInt8(exactly: number) else {
        throw setting.problem(
          "a colour's parts lie between 0 and 255", remedy: "for example [128, 64, 128]")
      }
      return part
    }
    .called("whole numbers from 0 to 255", .bounds(0, 255))

  /// One colour, or a list of them.
  static let classColors: ValueType<[ClassList.Color]> = either(
    color.map { [$0] }, if: { !$0.holdsLists }, or: list(of: color)
  ).called("a colour such as `[128, 64, 128]`, or a list of them")

  /// `{road: [128, 64, 128]}`
  static let colors: ValueType<[Named<[ClassList.Color]>]> = mapping(of: classColors, by: "class")
}

extension ValueTypes {
  static let labelEncoding = choice(of: LabelEncoding.all, named: \.name)

  /// `true` is said of the truth alone, as MMSegmentation does.
  static let zeroLabel: ValueType<PerSide<Bool>> = either(
    bool.map { PerSide(predictions: false, truth: $0) }, if: \.isScalar,
    or: sides(SideKeys(bool, default: "false")))
}

extension Setting {
  fileprivate var holdsLists: Bool {
    if case .list(let items) = content { items.contains(where: \.isList) } else { false }
  }
}
