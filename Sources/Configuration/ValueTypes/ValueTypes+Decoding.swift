internal import Core
internal import Decoding

extension ValueTypes {
  /// A path template, with the array of an archive behind `#`.
  static let location: ValueType<SideLocation> = text("a path", for: "pred/{image}/{class}.png")
    .parsed { text, setting throws(Problem) in
      let hash = text.lastIndex(of: "#")
      let isPart = hash.map { text[..<$0].lowercased().hasSuffix(".npz") } ?? false
      let path = isPart ? String(text.prefix(upTo: hash ?? text.endIndex)) : text
      let part = isPart ? hash.map { String(text[text.index(after: $0)...]) } : nil
      let key = String(setting.path.split(separator: ".").last ?? "")
      do throws(Problem) {
        return SideLocation(key: key, template: try PathTemplate(parsing: path), part: part)
      } catch {
        throw setting.problem(error.what, remedy: error.remedy)
      }
    }

  static let axisOrder: ValueType<AxisOrder> = choice(of: AxisOrder.self)
}

/// `decode.axes`: the orders of both sides, as far as they are told.
struct SideAxes: Sendable {
  var predictions: AxisOrder?
  var truth: AxisOrder?
}

extension ValueTypes {
  /// One order, or one for each side.
  static let axes: ValueType<SideAxes> = either(
    axisOrder.map { SideAxes(predictions: $0) }, if: \.isScalar,
    or: section(Keys.Axes()).then { keys, _, _ in
      guard let predictions = keys.predictions, let truth = keys.truth else { return nil }
      return SideAxes(predictions: predictions, truth: truth)
    })
}

extension ValueTypes {
  /// One reading, or one for each side.
  static let palettes: ValueType<PerSide<PaletteReading?>> = either(
    choice(of: PaletteReading.self).map { PerSide(both: $0) }, if: \.isScalar,
    or: section(Keys.Palette()).then { keys, _, _ in
      guard let predictions = keys.predictions, let truth = keys.truth else { return nil }
      return PerSide(predictions: predictions, truth: truth)
    })
}

/// `decode.ignore`: the labels, or every one that no class has.
struct Ignored: Sendable {
  var labels: [Placed<Int64>] = []
  var isUnlisted = false
}

extension ValueTypes {
  static let ignored: ValueType<Ignored> = either(
    list(of: ignoredItem).map { items in
      Ignored(
        labels: items.flatMap(\.labels), isUnlisted: items.contains { $0.isUnlisted })
    }, if: \.isList, or: ignoredItem
  ).called("a label, `unlisted`, or a list of them")

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

  /// `{road: [128, 64, 128]}`
  static let colors: ValueType<[Named<ClassList.Color>]> = mapping(of: color, by: "class")
}
