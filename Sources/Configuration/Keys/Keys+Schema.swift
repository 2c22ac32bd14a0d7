internal import Core

extension Keys {
  /// A JSON Schema of pipeline.yml (draft 2020-12), by which editors complete, explain and check.
  ///
  /// It takes everything that ``PipelineFile`` takes; what needs two keys at once only that can
  /// find.
  package static var schema: String {
    let head: JSON = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "pipeline.yml of Unmask",
    ]
    return (head + .schema(of: pipeline.all)).text() + "\n"
  }
}

extension JSON {
  /// A mapping that has some of `keys`, those that are required, and no others.
  static func schema(of keys: [any AnyKey]) -> JSON {
    let properties = keys.map { key in
      Member(
        key: key.name,
        value: ["description": .text(key.sentence)] + key.schema + .standard(key.standard))
    }
    return [
      "type": "object", "properties": .object(properties),
      "required": .list(keys.filter(\.isRequired).map { .text($0.name) }),
      "additionalProperties": false,
    ]
  }

  private static func standard(_ standard: Standard) -> JSON {
    guard case .isAs(.text(let text, _), _) = standard else { return [:] }
    return ["default": plain(text)]
  }

  /// A scalar of YAML without quotes.
  private static func plain(_ text: String) -> JSON {
    switch text {
    case "true", "false": .bool(text == "true")
    default: Double(text).map(JSON.number) ?? .text(text)
    }
  }
}

extension AnyKey {
  var isRequired: Bool { if case .isRequired = standard { true } else { false } }
}
