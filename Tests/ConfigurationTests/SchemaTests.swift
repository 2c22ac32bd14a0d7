import Configuration
import Core
import Foundation
import Testing

@Suite("The JSON Schema")
struct SchemaTests {
  @Test("is docs/pipeline.schema.json, to which the sample's first line points")
  func golden() throws {
    try expectGolden("docs/pipeline.schema.json") { _ in Keys.schema }
    #expect(
      try text("pipeline.yml").hasPrefix(
        "# yaml-language-server: $schema=docs/pipeline.schema.json\n"))
  }

  @Test("takes what the program takes")
  func lenient() throws {
    for configuration in [KeysTests.full, KeysTests.masks, try text("pipeline.yml")] + accepted {
      _ = try PipelineFile(parsing: configuration, path: "pipeline.yml")
      #expect(try faults(configuration) == [], "\(configuration)")
    }
  }

  @Test("finds what stands wrong by itself", arguments: wrong)
  func strict(line: String, path: String) throws {
    let key = line.prefix { $0 != ":" } + ":"
    let others = minimal.split(separator: "\n").filter { !$0.hasPrefix(key) }.map(String.init)
    let configuration = ([line] + others).joined(separator: "\n")
    #expect(throws: Problem.self) {
      try PipelineFile(parsing: configuration, path: "pipeline.yml")
    }
    #expect(try faults(configuration).contains { $0.hasPrefix(path) })
  }

  private func faults(_ configuration: String) throws -> [String] {
    let schema = try JSONSerialization.jsonObject(with: Data(Keys.schema.utf8))
    let value = try Setting(parsing: configuration, file: "pipeline.yml").plain()
    return try Schema(#require(schema as? [String: Any])).faults(of: value, at: "")
  }
}

private let minimal = """
  decode: {predictions: "{image}.png", truth: "{image}.png", kind: labels, classes: [a, b]}
  measure: [iou]
  reduce: {global: "pool(batch, image, pixel) > score > mean(class)"}

  """

/// Every form that a value may have.
private let accepted = [
  minimal,
  minimal.replacing("[a, b]", with: "[no, 7, true, ~]"),
  minimal.replacing("[a, b]", with: "[{name: a, value: 5}, b]") + "weights: [1, 2.5]\n",
  minimal.replacing("[a, b]", with: "[a, b], ignore: unlisted, axes: NHW, threshold: 1"),
  minimal.replacing("[a, b]", with: "[a, b], ignore: [8, 9], axes: {truth: NHW}"),
  minimal.replacing("[a, b]", with: "[a, b], ignore: [255, unlisted]"),
  minimal.replacing(
    "[a, b]", with: "[{name: a, value: [5, 6]}, {name: b, value: {truth: [7, 8]}}]"),
  minimal.replacing("[a, b]", with: "[{name: a, color: [[1, 2, 3], [4, 5, 6]]}, b]"),
  minimal.replacing("[a, b]", with: "150, encoding: kitti-instances, reduce_zero_label: true"),
  minimal.replacing("[a, b]", with: "voc, colors: {cat: [[1, 2, 3]]}, encoding: {truth: class}"),
  minimal.replacing("[a, b]", with: "[a, b], ignore: [255, [1, 2, 3], unlisted]"),
  minimal.replacing("[a, b]", with: "[a, b], parts: one, absent: missing, unclassed: [0, 9]")
    .replacing("kind: labels", with: "kind: labels, activation: sigmoid")
    .replacing("[a, b]", with: "[{name: a, value: [1, 2]}, {name: b, value: [2]}]"),
  minimal.replacing("kind: labels", with: "kind: logits, activation: sigmoid, threshold: {a: 1}"),
  minimal.replacing("kind: labels", with: "kind: logits, activation: sigmoid, threshold: [0, 1]"),
  minimal.replacing("[a, b]", with: "{truth: cityscapes, predictions: cityscapes-train-ids}"),
  minimal.replacing("[iou]", with: "[iou, {dice: {}}]") + "presets: all\ndiagnose: {poor: iou<1}\n",
  minimal + "presets: []\ndiagnose: {tolerance: 0.01}\nreport: {formats: []}\n",
]

/// A line of the top level, and where the schema finds fault with it.
private let wrong = [
  ("version: 2", "version"), ("tile: 0", "tile"), ("tile: big", "tile"), ("tiel: 1", "tiel"),
  ("measure: [iuo]", "measure"), ("measure: [{focal: {gamma: -1}}]", "measure"),
  ("measure: [{focal: {gama: 1}}]", "measure"), ("measure: []", "measure"),
  ("measure: [{iou: {}, dice: {}}]", "measure"), ("batch: {order: name}", "batch.size"),
  ("batch: {size: 2, order: random}", "batch.order"), ("presets: [keras.dise]", "presets"),
  ("weights: {a: -1}", "weights"), ("reduce: {}", "reduce"), ("diagnose: [1]", "diagnose"),
  ("diagnose: {tolerance: 2}", "diagnose.tolerance"),
  ("report: {formats: [htm]}", "report.formats"),
  ("diagnose: {bootstrap: {replicates: 1}}", "diagnose.bootstrap.replicates"),
  ("diagnose: {border: 0}", "diagnose.border"), ("diagnose: {curves: maybe}", "diagnose.curves"),
]

/// The keywords of draft 2020-12 that the schema uses; another one, or one that is written wrongly,
/// fails the test.
private struct Schema {
  let keywords: [String: Any]

  init(_ keywords: [String: Any]) { self.keywords = keywords }

  /// Where `value` does not fit, and which keyword says so.
  func faults(of value: Any, at path: String) throws -> [String] {
    try keywords.flatMap { keyword, rule in
      try faults(of: value, keyword, rule).map {
        path.isEmpty ? $0 : $0.isEmpty ? path : "\(path).\($0)"
      }
    }
  }

  private func faults(of value: Any, _ keyword: String, _ rule: Any) throws -> [String] {
    let members = value as? [String: Any]
    let items = value as? [Any]
    let number = value as? Double
    func fault(unless fits: Bool) -> [String] { fits ? [] : [""] }
    switch keyword {
    case "description", "title", "$schema":
      return fault(unless: rule is String)
    case "default", "examples":
      return []
    case "type":
      let names = try rule as? [String] ?? [#require(rule as? String)]
      return fault(unless: names.contains { isOf(type: $0, value) })
    case "const":
      return fault(unless: "\(rule)" == "\(value)" || (rule as? Double) == number && number != nil)
    case "enum":
      return fault(unless: try #require(rule as? [String]).contains { $0 == value as? String })
    case "pattern":
      let pattern = try Regex(#require(rule as? String))
      return fault(
        unless: try (value as? String).map { try pattern.firstMatch(in: $0) != nil } ?? true)
    case "minimum":
      let bound = try #require(rule as? Double)
      return fault(unless: number.map { $0 >= bound } ?? true)
    case "maximum":
      let bound = try #require(rule as? Double)
      return fault(unless: number.map { $0 <= bound } ?? true)
    case "minItems":
      let least = try #require(rule as? Int)
      return fault(unless: items.map { $0.count >= least } ?? true)
    case "maxItems":
      let most = try #require(rule as? Int)
      return fault(unless: items.map { $0.count <= most } ?? true)
    case "minProperties":
      let least = try #require(rule as? Int)
      return fault(unless: members.map { $0.count >= least } ?? true)
    case "maxProperties":
      let most = try #require(rule as? Int)
      return fault(unless: members.map { $0.count <= most } ?? true)
    case "required":
      return try #require(rule as? [String]).filter { members != nil && members?[$0] == nil }
    case "items":
      let schema = try Schema(#require(rule as? [String: Any]))
      return try (items ?? []).enumerated().flatMap { try schema.faults(of: $1, at: "[\($0)]") }
    case "anyOf":
      let schemas = try #require(rule as? [[String: Any]]).map(Schema.init)
      return fault(unless: try schemas.contains { try $0.faults(of: value, at: "").isEmpty })
    case "properties":
      return try #require(rule as? [String: [String: Any]]).flatMap { name, rule in
        try (members?[name]).map { try Schema(rule).faults(of: $0, at: name) } ?? []
      }
    case "additionalProperties":
      let known = Set((keywords["properties"] as? [String: Any] ?? [:]).keys)
      let others = (members ?? [:]).filter { !known.contains($0.key) }
      guard let rule = rule as? [String: Any] else {
        #expect(rule as? Bool == false)
        return others.keys.sorted()
      }
      return try others.flatMap { try Schema(rule).faults(of: $1, at: $0) }
    default:
      Issue.record("the keyword '\(keyword)' is not known here")
      return []
    }
  }

  private func isOf(type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "boolean": value is Bool
    case "number": value is Double
    case "integer": (value as? Double).map { $0 == $0.rounded() } ?? false
    case "null": value is NSNull
    default: false
    }
  }
}

extension Setting {
  /// What a YAML 1.2 reader of the core schema makes of it, which is what editors check.
  fileprivate func plain() throws(Problem) -> Any {
    if isMapping {
      var members: [String: Any] = [:]
      for entry in try entries { members[entry.key] = try entry.value.plain() }
      return members
    }
    if isList {
      var items: [Any] = []
      for item in try list { items.append(try item.plain()) }
      return items
    }
    if let number = try? double { return number }
    if let value = try? bool { return value }
    return (try? string).map { $0 == "~" || $0 == "null" ? NSNull() : $0 as Any } ?? NSNull()
  }
}
