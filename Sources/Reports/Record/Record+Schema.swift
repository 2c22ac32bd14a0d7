internal import Core
internal import Pages

extension Record {
  /// The JSON Schema of report.json, read off the types that it is encoded from.
  ///
  /// - Parameter meaning: of a column that documents and tables have too.
  package static func schema(meaning: (String) -> String?) -> String {
    let found = Shape()
    // Nothing is decoded in truth, so nothing can fail but a type that wants more than its form.
    _ = try? Record(from: ShapeDecoder(found))
    let head: JSON = [
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": .text("report.json of unmask, version \(version)"),
      "description":
        "New keys and new values of words may be added within a version; a number that is not defined is null.",
    ]
    let parts: JSON = [
      "definitions": [
        "block": [
          "description":
            "A part of the document: title, text, lines, list, steps, code, table, warning, details or section.",
          "type": "object",
        ]
      ]
    ]
    let described = found.schema("") { path in
      let key = path.split(separator: ".").last.map(String.init) ?? path
      let isTable = ["classes[].", "curves[].", "headline."].contains { path.hasPrefix($0) }
      return meanings[path] ?? (isTable ? meaning(key) : nil)
    }
    return (head + described + parts).text() + "\n"
  }

  /// What no table has.
  private static let meanings = [
    "schema_version": "grows by a whole number when a key changes; new keys change nothing else",
    "status.complete": "whether every image could be used",
    "status.verdict":
      "of the headline: HIDDEN, MUTED, EXPOSED, OK or UNDETERMINED; lacking where there is none",
    "status.worst": "the class that fails worst",
    "status.setup": "faults of the set-up that are not accepted",
    "inputs.configuration": "the configuration, as the user named it",
    "inputs.predictions": "where the predictions are, as the configuration says",
    "inputs.run": "report: {name: …} of the configuration",
    "checks": "what came of each limit of check:, for each class or number that it is on",
    "checks[].state": "what it means for the build: pass, warn or fail",
    "checks[].outcome": "passed, failed, insufficient, missing or unjudged",
    "checks[].value": "the number that was judged",
    "checks[].value_lo": "the lower end of its interval",
    "checks[].value_hi": "the upper end of its interval",
    "checks[].line": "of the configuration, from 1",
    "checks[].images_needed":
      "how many images, or groups, would decide it, if those to come are like those that there are",
    "page": "the document that people read, of which report.md and report.html are made",
    "presets": "the same predictions, as frameworks would print them",
    "problems": "images that could not be used",
    "reductions": "every measure by every chain, step by step",
  ]
}

/// What a type asks for when it is decoded.
private final class Shape {
  var form = Form.unknown
  var isNullable = false

  enum Form {
    case unknown
    case single(String)
    case object([(key: String, shape: Shape, isRequired: Bool)])
    case list(Shape)
    /// An object whose keys are free.
    case map(Shape)
    case block
  }

  func add(_ key: String, _ shape: Shape, isRequired: Bool) {
    if key == Shape.anyKey {
      form = .map(shape)
      return
    }
    var members: [(key: String, shape: Shape, isRequired: Bool)] = []
    if case .object(let known) = form { members = known }
    form = .object(members + [(key, shape, isRequired)])
  }

  static let anyKey = "*"

  /// - Parameter path: `checks[].`
  func schema(_ path: String, _ meaning: (String) -> String?) -> JSON {
    switch form {
    case .unknown: return [:]
    case .single(let type):
      return isNullable ? ["type": [.text(type), "null"]] : ["type": .text(type)]
    case .list(let item):
      return ["type": "array", "items": item.schema(path.dropLast() + "[].", meaning)]
    case .map(let value):
      return ["type": "object", "additionalProperties": value.schema(path + "*.", meaning)]
    case .block: return ["$ref": "#/definitions/block"]
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      let properties = sorted.map { member in
        let words: JSON = meaning(path + member.key).map { ["description": .text($0)] } ?? [:]
        return JSON.Member(
          key: member.key, value: words + member.shape.schema("\(path)\(member.key).", meaning))
      }
      return [
        "type": "object", "properties": .object(properties),
        "required": .list(sorted.filter(\.isRequired).map { .text($0.key) }),
      ]
    }
  }
}

/// A decoder without data: it hands out empty values and notes what was asked for.
private struct ShapeDecoder: Decoder {
  let shape: Shape
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ shape: Shape) { self.shape = shape }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed(shape: shape))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { Unkeyed(shape: shape) }

  func singleValueContainer() -> any SingleValueDecodingContainer { Single(shape: shape) }

  /// An empty value of the type, whose form is noted.
  static func value<Value: Decodable>(_ type: Value.Type, _ shape: Shape) throws -> Value {
    func noted<Known>(_ name: String, _ known: Known) -> Value? {
      guard let value = known as? Value else { return nil }
      shape.form = .single(name)
      return value
    }
    if type == Block.self {
      shape.form = .block
      if let block = Block.paragraph("") as? Value { return block }
    }
    return try noted("string", "") ?? noted("number", 0.0) ?? noted("integer", 0)
      ?? noted("boolean", false) ?? Value(from: ShapeDecoder(shape))
  }

  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let shape: Shape
    var codingPath: [any CodingKey] { [] }
    /// Where keys are free, one stands for all.
    var allKeys: [Key] { Key(stringValue: Shape.anyKey).map { [$0] } ?? [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    private func noted<Value: Decodable>(
      _ type: Value.Type, _ key: Key, isRequired: Bool
    ) throws -> Value {
      let part = Shape()
      shape.add(snakeCase(key.stringValue), part, isRequired: isRequired)
      return try ShapeDecoder.value(type, part)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try noted(type, key, isRequired: true)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
      try noted(type, key, isRequired: type == Nullable.self)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
      try noted(type, key, isRequired: true)
    }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
      try noted(type, key, isRequired: true)
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
      try noted(type, key, isRequired: true)
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
      try noted(type, key, isRequired: true)
    }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
      try noted(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
      try noted(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
      try noted(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
      try noted(type, key, isRequired: false)
    }

    // A record holds no other numbers, and nothing that nests by hand.
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { 0 }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { 0 }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { 0 }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { 0 }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { 0 }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { 0 }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { 0 }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { 0 }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { 0 }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { 0 }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> { KeyedDecodingContainer(Keyed<Nested>(shape: Shape())) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
      Unkeyed(shape: Shape())
    }
    func superDecoder() -> any Decoder { ShapeDecoder(Shape()) }
    func superDecoder(forKey key: Key) -> any Decoder { ShapeDecoder(Shape()) }
  }

  private struct Unkeyed: UnkeyedDecodingContainer {
    let shape: Shape
    var codingPath: [any CodingKey] { [] }
    var count: Int? { nil }
    /// One item stands for all.
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      currentIndex += 1
      let item = Shape()
      shape.form = .list(item)
      return try ShapeDecoder.value(type, item)
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedDecodingContainer<Nested> { KeyedDecodingContainer(Keyed<Nested>(shape: Shape())) }
    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
      Unkeyed(shape: Shape())
    }
    mutating func superDecoder() -> any Decoder { ShapeDecoder(Shape()) }
  }

  private struct Single: SingleValueDecodingContainer {
    let shape: Shape
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool {
      shape.isNullable = true
      return false
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try ShapeDecoder.value(type, shape)
    }
  }
}

/// `imagesUsed` as JSON has it: `images_used`.
private func snakeCase(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
