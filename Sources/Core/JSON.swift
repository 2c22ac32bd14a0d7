/// A JSON document whose keys keep the order in which they were written.
package indirect enum JSON: Hashable, Sendable {
  case bool(Bool)
  /// Finite.
  case number(Double)
  case text(String)
  case list([JSON])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSON

    package init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral text: String) { self = .text(text) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(floatLiteral number: Double) { self = .number(number) }
  package init(arrayLiteral items: JSON...) { self = .list(items) }
  package init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(members.map { Member(key: $0, value: $1) })
  }
}

extension JSON {
  /// An object with more members behind its own.
  package static func + (object: JSON, more: JSON) -> JSON {
    guard case .object(let members) = object, case .object(let others) = more else {
      preconditionFailure("only objects have members")
    }
    return .object(members + others)
  }

  /// Indented by two; lists of single values fill the lines to `width`.
  package func text(indent: String = "", width: Int = 100) -> String {
    let inner = indent + "  "
    switch self {
    case .bool(let value): return "\(value)"
    case .number(let number): return shortest(number)
    case .text(let text): return quoted(text)
    case .list(let items) where items.allSatisfy(\.isSingle):
      return filled(items.map { $0.text() }, indent, width)
    case .list(let items):
      return "[\n"
        + items.map { inner + $0.text(indent: inner, width: width) }.joined(separator: ",\n")
        + "\n\(indent)]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map {
        "\(inner)\(quoted($0.key)): \($0.value.text(indent: inner, width: width))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  /// Without a line break.
  package var line: String {
    switch self {
    case .bool, .number, .text: text()
    case .list(let items): "[\(items.map(\.line).joined(separator: ", "))]"
    case .object(let members):
      "{" + members.map { "\(quoted($0.key)): \($0.value.line)" }.joined(separator: ", ") + "}"
    }
  }

  private var isSingle: Bool {
    switch self {
    case .bool, .number, .text: true
    case .list, .object: false
    }
  }
}

private func filled(_ words: [String], _ indent: String, _ width: Int) -> String {
  let line = "[\(words.joined(separator: ", "))]"
  if indent.count + line.count <= width - 20 { return line }
  var lines = [""]
  for (index, word) in words.enumerated() {
    let word = index + 1 < words.count ? word + "," : word
    let last = lines[lines.count - 1]
    if last.isEmpty {
      lines[lines.count - 1] = "\(indent)  \(word)"
    } else if last.count + 1 + word.count <= width {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append("\(indent)  \(word)")
    }
  }
  return "[\n\(lines.joined(separator: "\n"))\n\(indent)]"
}

private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
