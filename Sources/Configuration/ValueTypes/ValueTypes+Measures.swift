internal import Core
internal import Counting

/// An item of `measure`, before it is known whether the classes exclude each other.
struct RequestedMeasure: Sendable {
  var definition: MeasureDefinition
  var given: [String: Double]
  /// As it is where classes are independent: its name and what it needs are the same anyway.
  var measure: Measure
  var setting: Setting
}

extension ValueTypes {
  static let measures: ValueType<[RequestedMeasure]> = list(of: measure)
    .then { items, setting, mistakes in
      var names: Set<String> = []
      var isRight = true
      for item in items where !names.insert(item.measure.name).inserted {
        isRight = false
        mistakes.note(
          item.setting.problem("'\(item.measure.name)' is listed twice", remedy: "keep one"))
      }
      guard !items.isEmpty else {
        mistakes.note(
          setting.problem("no measure is listed", remedy: "for example [bce, iou, dice]"))
        return nil
      }
      return isRight ? items : nil
    }
    .called("a list of measures such as `bce`, `{focal: {gamma: 3}}`", ["minItems": 1.0])

  /// `bce`, or `{focal: {gamma: 2}}`.
  fileprivate static let measure: ValueType<RequestedMeasure> = ValueType(
    words: "a measure", schema: .measure
  ) { setting, mistakes in
    let entries = (try? setting.entries) ?? []
    guard setting.isScalar || entries.count == 1 else {
      mistakes.note(
        setting.problem("this is not one measure", remedy: "write a name, or {focal: {gamma: 3}}"))
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

  /// The measure of a run, which the classes' exclusiveness may change (`accuracy`).
  func measure(areClassesExclusive: Bool) throws(Problem) -> Measure {
    try definition.measure(given: given, areClassesExclusive: areClassesExclusive)
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
