internal import Core
internal import Counting
internal import Decoding
internal import Raster

extension Setting {
  var positive: Int {
    get throws(Problem) {
      let number = try int
      guard number > 0 else {
        throw problem("\(number) is not above 0", remedy: "write a whole number from 1")
      }
      return number
    }
  }

  /// A path template, with the array of an archive behind `#`.
  func location(axes: AxisOrder?) throws(Problem) -> SideLocation {
    let text = try string
    let hash = text.lastIndex(of: "#")
    let isPart = hash.map { text[..<$0].lowercased().hasSuffix(".npz") } ?? false
    let path = isPart ? String(text.prefix(upTo: hash ?? text.endIndex)) : text
    let part = isPart ? hash.map { String(text[text.index(after: $0)...]) } : nil
    let key = String(self.path.split(separator: ".").last ?? "")
    do {
      return SideLocation(
        key: key, template: try PathTemplate(parsing: path), part: part, axes: axes)
    } catch {
      throw problem(error.what, remedy: error.remedy)
    }
  }

  /// One order for both sides (where it fits the truth), or one for each.
  var axes: (predictions: AxisOrder?, truth: AxisOrder?) {
    get throws(Problem) {
      if isScalar {
        let order = try choice(of: AxisOrder.self)
        return (order, nil)
      }
      let keys = try mapping(allowing: ["predictions", "truth"])
      return (
        try keys["predictions"]?.choice(of: AxisOrder.self),
        try keys["truth"]?.choice(of: AxisOrder.self)
      )
    }
  }

  /// `bce`, or `{focal: {gamma: 2}}`.
  func measure(exclusive: Bool) throws(Problem) -> Measure {
    let entries = isMapping ? try self.entries : []
    guard isScalar || entries.count == 1 else {
      throw problem("this is not one measure", remedy: "write a name, or {focal: {gamma: 3}}")
    }
    let name = if let entry = entries.first { entry.key } else { try string }
    guard let definition = Catalogue.definition(named: name) else {
      throw problem(
        "unknown measure '\(printable(name))'",
        remedy: suggestion(
          for: name, among: Catalogue.measures.map(\.name), called: "the measures are"))
    }
    var given: [String: Double] = [:]
    let parameters =
      if let entry = entries.first { try entry.value.entries } else { [Setting.Entry]() }
    for entry in parameters {
      given[entry.key] = try entry.value.double
    }
    do {
      return try definition.measure(given: given, areClassesExclusive: exclusive)
    } catch {
      throw problem(error.what, remedy: error.remedy)
    }
  }

  fileprivate var color: ClassList.Color {
    get throws(Problem) {
      var parts: [UInt8] = []
      for item in try list {
        guard let part = UInt8(exactly: try item.int) else {
          throw item.problem(
            "a colour's parts lie between 0 and 255", remedy: "for example [128, 64, 128]")
        }
        parts.append(part)
      }
      guard parts.count == 3 else {
        throw problem("a colour has three parts", remedy: "for example [128, 64, 128]")
      }
      return ClassList.Color(red: parts[0], green: parts[1], blue: parts[2])
    }
  }
}

extension ClassList {
  /// Names, or `{name: car, value: 26, color: [0, 0, 142]}` where a label map holds other numbers
  /// than the places in the list.
  init(_ setting: Setting, colors: Setting?) throws(Problem) {
    self.init([])
    for (place, item) in try setting.list.enumerated() {
      var entry: Entry
      if item.isMapping {
        let keys = try item.mapping(allowing: ["name", "value", "color"])
        entry = Entry(
          name: try keys.required("name").string, value: Int64(try keys["value"]?.int ?? place))
        entry.color = try keys["color"]?.color
      } else {
        entry = Entry(name: try item.string, value: Int64(place))
      }
      try expectNew(entry, item)
      entries.append(entry)
    }
    guard !entries.isEmpty, entries.count <= ClassList.most else {
      throw setting.problem(
        "\(Figure.count(entries.count, "class", "classes")) listed",
        remedy: "list between 1 and 65,533")
    }
    for color in try colors?.entries ?? [] {
      guard let place = entries.firstIndex(where: { $0.name == color.key }) else {
        throw color.value.problem("no class has this name", remedy: "the keys are class names")
      }
      entries[place].color = try color.value.color
    }
    for (place, entry) in entries.enumerated() where entry.color != nil {
      guard let other = entries[..<place].first(where: { $0.color == entry.color }) else {
        continue
      }
      throw (colors ?? setting).problem(
        "'\(printable(entry.name))' and '\(printable(other.name))' have the same colour",
        remedy: "give every class its own")
    }
  }

  private func expectNew(_ entry: Entry, _ item: Setting) throws(Problem) {
    if let first = entry.name.first, "=+-@\t\r".contains(first) {
      throw item.problem(
        "'\(printable(entry.name))' begins with '\(printable(String(first)))', which a spreadsheet takes for a formula",
        remedy: "give the class another name")
    }
    if entry.name.contains("/") {
      throw item.problem(
        "'\(printable(entry.name))' contains '/'", remedy: "give the class another name")
    }
    if entries.contains(where: { $0.name == entry.name }) {
      throw item.problem("the class '\(printable(entry.name))' is listed twice", remedy: "keep one")
    }
    if let other = entries.first(where: { $0.value == entry.value }) {
      throw item.problem(
        "'\(printable(entry.name))' and '\(printable(other.name))' both have the value \(entry.value)",
        remedy: "give every class its own; without 'value' it is the place in the list, from 0")
    }
  }
}

/// `weights`: one number a class, as a list or by name; a class that is not named counts 1.
struct Weights {
  private var setting: Setting?
  private var list: [Double] = []
  private var named: [String: Double] = [:]

  init(_ setting: Setting?) throws(Problem) {
    self.setting = setting
    guard let setting else { return }
    if setting.isList {
      for item in try setting.list { list.append(try item.weight) }
    } else {
      for entry in try setting.entries { named[entry.key] = try entry.value.weight }
    }
  }

  func weights(of classes: ClassList) -> [Double] {
    classes.names.enumerated().map { place, name in
      list.indices.contains(place) ? list[place] : named[name] ?? 1
    }
  }

  func expectOnly(_ classes: ClassList) throws(Problem) {
    guard let setting else { return }
    if setting.isList, list.count != classes.count {
      throw setting.problem(
        "\(list.count) weights for \(classes.count) classes", remedy: "write one a class")
    }
    if let foreign = named.keys.sorted().first(where: { !classes.names.contains($0) }) {
      throw setting.problem(
        "no class is called '\(printable(foreign))'", remedy: "the keys are class names")
    }
  }
}

extension Setting {
  var weight: Double {
    get throws(Problem) {
      let weight = try double
      guard weight >= 0 else {
        throw problem("a weight is not negative", remedy: "write 0 or more")
      }
      return weight
    }
  }
}

extension String {
  var trimmingBraces: String {
    hasPrefix("{") && hasSuffix("}") ? String(dropFirst().dropLast()) : self
  }
}
