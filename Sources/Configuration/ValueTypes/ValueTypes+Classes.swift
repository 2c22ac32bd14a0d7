internal import Core

/// `decode.classes`: the classes, and where each stands in the file.
struct ListedClasses: Sendable {
  /// Without what other keys say of them: colours, weights.
  var list: ClassList
  /// Labels of several classes, which is a mistake where classes exclude each other.
  var shared: [Problem] = []
  /// What a list that is known by name ignores where the file says nothing of it.
  var void = Scheme.Ignored()
  var setting: Setting
}

extension ValueTypes {
  /// A list, the number of classes, a list that is known by its name, or such a name for each side.
  static let classes: ValueType<ListedClasses> = either(
    listedClasses, if: \.isList, or: either(knownBySide, if: \.isMapping, or: knownClasses)
  )

  /// Names, or `{name: car, value: 26, color: [0, 0, 142]}`.
  private static let listedClasses: ValueType<ListedClasses> = list(of: listedClass)
    .then { items, setting, mistakes in
      var owners = ClassOwners()
      var entries: [ClassList.Entry] = []
      for (place, item) in items.enumerated() {
        mistakes.noting { () throws(Problem) in
          let entry = item.entry(at: place)
          try owners.take(entry, item)
          entries.append(entry)
        }
      }
      guard !items.isEmpty, items.count <= Limits.classes.most else {
        mistakes.note(
          setting.problem(
            "\(Figure.count(items.count, "class", "classes")) listed",
            remedy: "list between 1 and 10,000"))
        return nil
      }
      return entries.count == items.count
        ? ListedClasses(list: ClassList(entries), shared: owners.shared, setting: setting) : nil
    }
    .called("a list of names, or of `{name, value, color}`", ["minItems": 1.0])

  private static let knownClasses: ValueType<ListedClasses> = ValueType(
    "the number of classes, or one of \(names)",
    ["anyOf": [["type": "integer"] + .bounds(1, Double(Limits.classes.most)), nameSchema]]
  ) { setting throws(Problem) in
    guard let count = try? setting.int else {
      let known = try known(setting)
      return ListedClasses(list: known.classes, void: known.void, setting: setting)
    }
    guard (1...Limits.classes.most).contains(count) else {
      throw setting.problem("\(count) classes", remedy: "write a number from 1 to 10,000")
    }
    return ListedClasses(list: .numbered(count), setting: setting)
  }

  /// `{truth: cityscapes, predictions: cityscapes-train-ids}`: the same classes by other numbers.
  private static let knownBySide: ValueType<ListedClasses> = ValueType(
    "`{predictions, truth}` with two of them",
    [
      "type": "object", "properties": ["predictions": nameSchema, "truth": nameSchema],
      "required": ["predictions", "truth"], "additionalProperties": false,
    ]
  ) { setting throws(Problem) in
    var lists: [Side: KnownClasses] = [:]
    for entry in try setting.entries {
      guard let side = Side(rawValue: entry.key) else {
        throw entry.value.problem(
          "'\(shown(entry.key))' is no side", remedy: "the sides are predictions, truth")
      }
      lists[side] = try known(entry.value)
    }
    guard let predictions = lists[.predictions], let truth = lists[.truth] else {
      throw setting.problem(
        "says nothing of one side",
        remedy: "name a list for predictions and one for truth, or write one name for both")
    }
    guard predictions.classes.names == truth.classes.names else {
      throw setting.problem(
        "\(predictions.name) and \(truth.name) are lists of different classes",
        remedy: "name two lists of one data set, such as cityscapes and cityscapes-train-ids")
    }
    var list = truth.classes
    for c in list.entries.indices {
      list.entries[c].labels.predictions = predictions.classes.entries[c].labels.predictions
    }
    return ListedClasses(list: list, void: truth.void, setting: setting)
  }

  private static let names = KnownClasses.all.map { "`\($0.name)`" }.joined(separator: ", ")
  private static let nameSchema: JSON = [
    "enum": .list(KnownClasses.all.map { .text($0.name) })
  ]

  private static func known(_ setting: Setting) throws(Problem) -> KnownClasses {
    let word = try setting.string
    if let known = KnownClasses.all.first(where: { $0.name == word }) { return known }
    throw setting.problem(
      "no list of classes is called '\(shown(word))'",
      remedy: suggestion(
        for: word, among: KnownClasses.all.map(\.name),
        called: "write the classes as a list, such as [road, car], their number, or one of"))
  }
}

/// One item of the list.
struct ListedClass: Sendable {
  var name: String
  var labels: PerSide<[Int64]?>?
  var colors: [ClassList.Color]?
  var setting: Setting

  fileprivate func entry(at place: Int) -> ClassList.Entry {
    let place = [Int64(place)]
    return ClassList.Entry(
      name: name,
      labels: PerSide(
        predictions: labels?.predictions ?? place, truth: labels?.truth ?? place),
      colors: colors ?? [])
  }
}

extension ValueTypes {
  fileprivate static let listedClass: ValueType<ListedClass> = either(
    section(Keys.Class()).then { keys, setting, _ in
      guard let name = keys.name, let labels = keys.value, let colors = keys.color else {
        return nil
      }
      return ListedClass(name: name, labels: labels, colors: colors, setting: setting)
    }, if: \.isMapping,
    or: text.then { name, setting, _ in ListedClass(name: name, setting: setting) })

  /// One label, a list, or either for each side.
  static let classLabels: ValueType<PerSide<[Int64]?>> = either(
    labelList.map { PerSide(both: $0) }, if: { !$0.isMapping },
    or: sides(
      SideKeys(
        sideLabels, otherwise: "the place in the list, from 0",
        saying: SideSentences(
          predictions:
            "What a predicted label map holds where the class is; `[]` where it never does.",
          truth: "What a label map of the truth holds there.")))
  ).called("a whole number, a list of them, or `{predictions, truth}` with either")

  /// The same of one side, which may lack the class.
  static let sideLabels: ValueType<[Int64]> = either(
    list(of: whole).map { $0.map(Int64.init) }, if: \.isList, or: whole.map { [Int64($0)] }
  ).called("a whole number, or a list of them")

  private static let labelList: ValueType<[Int64]> = sideLabels.parsed {
    labels, setting throws(Problem) in
    guard !labels.isEmpty else {
      throw setting.problem("names no label", remedy: "list at least one, or take the key out")
    }
    return labels
  }
}

/// To which class names and labels belong, so that classes can be told apart.
private struct ClassOwners {
  private var names: Set<String> = []
  private var labels: [Side: [Int64: Owner]] = [:]
  /// What is wrong with labels of several classes, where these exclude each other.
  private(set) var shared: [Problem] = []

  private struct Owner {
    var name: String
    /// Whether the label stands in the file; otherwise it is a place in the list.
    var isWritten: Bool
  }

  /// That a class can be told apart from those before it, and written into a table and a path.
  mutating func take(_ entry: ClassList.Entry, _ item: ListedClass) throws(Problem) {
    let setting = item.setting
    guard !entry.name.isEmpty else {
      throw setting.problem("a class has no name", remedy: "give the class a name")
    }
    if entry.name.utf8.contains(0) {
      throw setting.problem(
        "'\(printable(entry.name))' holds a zero byte", remedy: "give the class another name")
    }
    if entry.name.contains("/") {
      throw setting.problem(
        "'\(printable(entry.name))' contains '/'", remedy: "give the class another name")
    }
    guard names.insert(entry.name).inserted else {
      throw setting.problem(
        "the class '\(printable(entry.name))' is listed twice",
        remedy: "keep one; a class of several labels lists them: value: [26, 27]")
    }
    for side in Side.allCases {
      let isWritten = (side == .truth ? item.labels?.truth : item.labels?.predictions) != nil
      for label in entry.labels[side] {
        try take(label, of: entry, side, isWritten: isWritten, item.setting)
      }
    }
  }

  private mutating func take(
    _ label: Int64, of entry: ClassList.Entry, _ side: Side, isWritten: Bool, _ item: Setting
  ) throws(Problem) {
    guard let other = labels[side]?[label] else {
      labels[side, default: [:]][label] = Owner(name: entry.name, isWritten: isWritten)
      return
    }
    if other.name == entry.name {
      throw item.problem(
        "'\(printable(entry.name))' has the value \(label) twice", remedy: "keep one")
    }
    // Where both sides have it, neither needs to be named.
    let opposite: Side = side == .truth ? .predictions : .truth
    let isOnBoth =
      labels[opposite]?[label]?.name == other.name && entry.labels[opposite].contains(label)
    let place = isOnBoth ? "" : " in the \(side.rawValue)"
    let what =
      "'\(printable(entry.name))' and '\(printable(other.name))' both have the value \(label)\(place)"
    let remedy = "give every class its own; without 'value' it is the place in the list, from 0"
    // A label that nobody wrote is no region.
    guard isWritten, other.isWritten else { throw item.problem(what, remedy: remedy) }
    if isOnBoth, side == .truth, !shared.isEmpty { return }
    shared.append(
      item.problem(
        what, remedy: "\(remedy); where regions are parts of others say activation: sigmoid"))
  }
}

extension ClassList {
  /// Classes that are known by their labels alone.
  fileprivate static func numbered(_ count: Int) -> ClassList {
    ClassList((0..<count).map { Entry(name: "class \($0)", value: Int64($0)) })
  }
}
