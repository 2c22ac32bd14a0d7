internal import Core
internal import Counting

/// An item of `measure`, before it is known whether the classes exclude each other.
struct RequestedMeasure: Sendable {
  var definition: MeasureDefinition
  var given: [String: Double]
  /// As it is where classes are independent: its name and what it needs are the same anyway.
  var measure: Measure
  var setting: Setting
  /// A loss that is written down; its weights are only known with the classes.
  var written: WrittenMeasure?
}

/// What `measure` lists.
struct RequestedMeasures: Sendable {
  var measures: [RequestedMeasure] = []
  /// Sums of products of these.
  var combinations: [CombinedMeasure] = []
}

private enum MeasureItem: Sendable {
  case measure(RequestedMeasure)
  case combination(CombinedMeasure)

  var name: String {
    switch self {
    case .measure(let item): item.measure.name
    case .combination(let item): item.name
    }
  }

  var setting: Setting {
    switch self {
    case .measure(let item): item.setting
    case .combination(let item): item.setting
    }
  }
}

extension ValueTypes {
  static let measures: ValueType<RequestedMeasures> = list(of: item)
    .then { items, setting, mistakes -> RequestedMeasures? in
      var names: Set<String> = []
      var isRight = true
      for item in items where !names.insert(item.name).inserted {
        isRight = false
        mistakes.note(
          item.setting.problem("'\(item.name)' is listed twice", remedy: "keep one"))
      }
      var found = RequestedMeasures()
      for item in items {
        switch item {
        case .measure(let item): found.measures.append(item)
        case .combination(let item): found.combinations.append(item)
        }
      }
      guard !found.measures.isEmpty else {
        mistakes.note(
          setting.problem("no measure is listed", remedy: "for example [bce, iou, dice]"))
        return nil
      }
      return isRight ? found : nil
    }
    .called("a list of measures such as `bce`, `{focal: {gamma: 3}}`", ["minItems": 1.0])

  private static let item: ValueType<MeasureItem> = ValueType(
    words: "a measure", schema: .measure
  ) { setting, mistakes in
    let entries = (try? setting.entries) ?? []
    if entries.contains(where: { $0.key == "combine" }) {
      return CombinedMeasure(setting, entries, noting: &mistakes).map { .combination($0) }
    }
    return measure.read(setting, &mistakes).map { .measure($0) }
  }

  /// `bce`, `{focal: {gamma: 2}}`, or a loss that is written down.
  private static let measure: ValueType<RequestedMeasure> = ValueType(
    words: "a measure", schema: .measure
  ) { setting, mistakes in
    let entries = (try? setting.entries) ?? []
    if entries.contains(where: { $0.key == "loss" }) {
      return WrittenMeasure(setting, entries, noting: &mistakes).flatMap { written in
        mistakes.noting { () throws(Problem) in try RequestedMeasure(written, setting) }
      }
    }
    guard setting.isScalar || entries.count == 1 else {
      mistakes.note(
        setting.problem(
          "this is not one measure",
          remedy: "write a name, {focal: {gamma: 3}}, or {name: mine, loss: \"-t*log(p)\"}"))
      return nil
    }
    return mistakes.noting { () throws(Problem) in
      let name = if let entry = entries.first { entry.key } else { try setting.string }
      let parameters = try entries.first?.value.entries ?? []
      var given: [String: Double] = [:]
      for entry in parameters { given[entry.key] = try entry.value.double }
      return try RequestedMeasure(named: name, given: given, setting)
    }
  }
}

extension RequestedMeasure {
  fileprivate init(
    named name: String, given: [String: Double], _ setting: Setting
  ) throws(Problem) {
    guard let definition = Catalogue.definition(named: name) else {
      throw setting.problem(
        "unknown measure '\(printable(name))'",
        remedy: suggestion(
          for: name, among: Catalogue.measures.map(\.name), called: "the measures are"))
    }
    do {
      measure = try definition.measure(given: given, areClassesExclusive: false)
    } catch {
      throw setting.problem(error.what, remedy: error.remedy)
    }
    (self.definition, self.given, self.setting) = (definition, given, setting)
  }

  fileprivate init(_ written: WrittenMeasure, _ setting: Setting) throws(Problem) {
    measure = try written.measure(of: nil)
    (definition, given, self.setting) = (measure.definition, written.parameters, setting)
    self.written = written
  }

  /// The measure of a run, which the classes' exclusiveness may change (`accuracy`).
  func measure(areClassesExclusive: Bool, classes: ClassList?) throws(Problem) -> Measure {
    if let written { return try written.measure(of: classes) }
    return try definition.measure(given: given, areClassesExclusive: areClassesExclusive)
  }
}

extension JSON {
  /// A name, or a name with parameters, each within its range.
  fileprivate static var measure: JSON {
    let named = Catalogue.measures.map { definition in
      Member(
        key: definition.name,
        value: [
          "description": .text(definition.title), "type": "object",
          "properties": .object(definition.parameters.map(\.schema)), "additionalProperties": false,
        ])
    }
    return [
      "anyOf": [
        ["enum": .list(named.map { .text($0.key) })],
        [
          "type": "object", "properties": .object(named), "additionalProperties": false,
          "minProperties": 1.0, "maxProperties": 1.0,
        ],
        .writtenMeasure, .combinedMeasure,
      ]
    ]
  }
}

extension MeasureDefinition.Parameter {
  fileprivate var schema: JSON.Member {
    let standard: JSON = standard.map { ["default": .number($0)] } ?? [:]
    return JSON.Member(
      key: name,
      value: ["description": .text(summary), "type": "number"]
        + .bounds(range.lowerBound, range.upperBound) + standard)
  }
}
