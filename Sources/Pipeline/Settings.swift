package import Core
import Yams

/// One value of a settings file, with its place: what pipeline.yml says, before it means anything.
///
/// Scalars are those of YAML 1.2's core schema and nothing is guessed: the class `no` is text,
/// `012` is twelve, and a number in quotes is text.
package struct Setting: Sendable {
  /// The keys that lead here: `check[0].min`; empty for the whole file.
  package let path: String
  /// The line of the key, or of the item of a list.
  package let line: Int
  let file: String
  fileprivate let content: Content

  fileprivate enum Content: Sendable {
    case text(String, isQuoted: Bool)
    case list([Setting])
    case mapping([Entry])
  }

  /// A key and what stands behind it.
  package struct Entry: Sendable {
    package let key: String
    package let value: Setting
  }
}

extension Setting {
  /// Reads a whole file; `file` is what problems call it.
  package init(parsing text: String, file: String) throws(Problem) {
    var loader = try SettingLoader(text: text, file: file)
    self = try loader.load()
  }
}

// MARK: - Reading

extension Setting {
  package var isScalar: Bool { if case .text = content { true } else { false } }
  package var isList: Bool { if case .list = content { true } else { false } }
  package var isMapping: Bool { if case .mapping = content { true } else { false } }

  /// Any scalar, as it is written.
  package var string: String {
    get throws(Problem) {
      guard case .text(let text, let isQuoted) = content, isQuoted || !text.isEmpty else {
        throw mismatch("a text")
      }
      return text
    }
  }

  /// A decimal number without a point.
  package var int: Int {
    get throws(Problem) {
      guard let text = plainText, let number = Int(text) else { throw mismatch("a whole number") }
      return number
    }
  }

  /// A finite decimal number.
  package var double: Double {
    get throws(Problem) {
      guard let text = plainText, let number = Double(decimal: text) else {
        throw mismatch("a number")
      }
      return number
    }
  }

  /// A share, written `1%` or `0.01`.
  package var percentage: Double {
    get throws(Problem) {
      if case .text(let text, _) = content, text.last == "%" {
        var number = text.dropLast()
        while number.last == " " { number.removeLast() }
        // Moves the point instead of dividing, so that 0.7% is 0.007 to the last bit.
        if let share = Double(decimal: number + "e-2") { return share }
      } else if let text = plainText, let share = Double(decimal: text) {
        return share
      }
      throw mismatch("a share such as 1% or 0.01")
    }
  }

  /// `true` or `false`.
  package var bool: Bool {
    get throws(Problem) {
      switch plainText {
      case "true": return true
      case "false": return false
      default: throw mismatch("true or false")
      }
    }
  }

  package var list: [Setting] {
    get throws(Problem) {
      guard case .list(let items) = content else { throw mismatch("a list") }
      return items
    }
  }

  /// The keys and values of a mapping whose keys are free, in the order of the file.
  package var entries: [Entry] {
    get throws(Problem) {
      guard case .mapping(let entries) = content else { throw mismatch("keys with values") }
      return entries
    }
  }

  /// One of the names that `Choice` has.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    of _: Choice.Type
  ) throws(Problem) -> Choice {
    let word = try string
    if let choice = Choice(rawValue: word) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    throw problem(
      "'\(shown(word))' is no choice",
      remedy: suggestion(for: word, among: names, called: "the choices are"))
  }

  /// A mapping that has some of `keys` and no others.
  package func mapping(allowing keys: [String]) throws(Problem) -> Mapping {
    let entries = try entries
    for entry in entries where !keys.contains(entry.key) {
      throw Problem(
        "unknown key '\(shown(entry.value.path))'", at: entry.value.place,
        remedy: suggestion(for: entry.key, among: keys, called: "the keys here are"))
    }
    return Mapping(
      setting: self, values: Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first })
  }

  /// The values of a mapping by their keys.
  package struct Mapping: Sendable {
    package let setting: Setting
    fileprivate let values: [String: Setting]

    package subscript(key: String) -> Setting? { values[key] }

    /// The value of a key that must be there.
    package func required(_ key: String) throws(Problem) -> Setting {
      if let value = values[key] { return value }
      throw setting.problem("the key '\(key)' is missing", remedy: "add '\(key): …' here")
    }
  }
}

// MARK: - Problems

extension Setting {
  package var place: Problem.Place { .line(line, file: file) }

  /// A problem at this setting, which its text names.
  package func problem(_ what: String, remedy: String) -> Problem {
    Problem(path.isEmpty ? what : "\(shown(path)): \(what)", at: place, remedy: remedy)
  }

  private func mismatch(_ expected: String) -> Problem {
    let found =
      switch content {
      case .text("", isQuoted: false): "nothing"
      case .text(let text, isQuoted: true): "the text '\(shown(text))' in quotes"
      case .text(let text, isQuoted: false): "'\(shown(text))'"
      case .list: "a list"
      case .mapping: "keys with values"
      }
    return problem("expected \(expected), found \(found)", remedy: "write \(expected)")
  }

  private var plainText: String? {
    if case .text(let text, isQuoted: false) = content { text } else { nil }
  }
}

extension Double {
  /// A finite number in digits, as YAML 1.2.2, 10.3.2 writes floats; `0x10` and `inf` are none.
  fileprivate init?(decimal text: String) {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let number = Double(text), number.isFinite
    else { return nil }
    self = number
  }
}

/// Text from the file, fit for one line of a message.
private func shown(_ text: String) -> String {
  printable(text.count > 60 ? text.prefix(59) + "…" : text)
}

// MARK: - Loading

/// Turns what Yams composed into settings, within bounds: an alias is read as if it were written
/// out, and a few hundred bytes of aliases can stand for more nodes than memory holds.
private struct SettingLoader {
  static let mostBytes = 1 << 20
  static let mostNodes = 100_000
  static let deepest = 32
  static let mostAliases = 16
  static let tags = [Tag.Name.str, .seq, .map].map(\.rawValue)

  let text: String
  let file: String
  private var nodes = 0

  init(text: String, file: String) throws(Problem) {
    self.text = text.first == "\u{feff}" ? String(text.dropFirst()) : text
    self.file = file
    guard text.utf8.count <= Self.mostBytes else {
      throw Problem(
        "has \(text.utf8.count) bytes, and \(Self.mostBytes) is the most for settings",
        at: .file(file), remedy: "check that this is the right file")
    }
    try refuseTooManyAliases()
  }

  mutating func load() throws(Problem) -> Setting {
    guard let node = try compose() else {
      throw Problem("the file is empty", at: .file(file), remedy: "write settings into it")
    }
    let root = try setting(node, path: "", line: node.mark?.line ?? 1, depth: 0)
    guard root.isMapping else {
      throw root.problem("the file has no keys", remedy: "write it as 'key: value' lines")
    }
    return root
  }

  private func compose() throws(Problem) -> Node? {
    do {
      // No rules: scalars stay text, and keys are compared as they are written.
      return try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch let error as YamlError {
      throw problem(error)
    } catch {
      throw Problem("cannot be read as YAML: \(error)", at: .file(file), remedy: "correct it")
    }
  }

  private mutating func setting(
    _ node: Node, path: String, line: Int, depth: Int
  ) throws(Problem) -> Setting {
    nodes += 1
    guard nodes <= Self.mostNodes else {
      throw problem(line, "more than \(Self.mostNodes) values", "write less, or use fewer aliases")
    }
    guard depth <= Self.deepest else {
      throw problem(line, "nested more than \(Self.deepest) deep", "take out some of the brackets")
    }
    return Setting(
      path: path, line: line, file: file,
      content: try content(of: node, path: path, line: line, depth: depth))
  }

  private mutating func content(
    of node: Node, path: String, line: Int, depth: Int
  ) throws(Problem) -> Setting.Content {
    let tag = node.tag.rawValue
    guard Self.tags.contains(tag) else {
      throw problem(line, "the tag '\(shown(tag))' means nothing here", "take it out")
    }
    switch node {
    case .scalar(let scalar):
      return .text(scalar.string, isQuoted: scalar.style != .plain)
    case .sequence(let sequence):
      var items: [Setting] = []
      for (index, item) in sequence.enumerated() {
        items.append(
          try setting(
            item, path: "\(path)[\(index)]", line: item.mark?.line ?? line, depth: depth + 1))
      }
      return .list(items)
    case .mapping(let mapping):
      var entries: [Setting.Entry] = []
      for (key, value) in mapping {
        let line = key.mark?.line ?? line
        guard case .scalar(let name) = key else {
          throw problem(line, "a key that is not a text", "write 'key: value'")
        }
        let path = path.isEmpty ? name.string : "\(path).\(name.string)"
        entries.append(
          .init(
            key: name.string,
            value: try setting(value, path: path, line: line, depth: depth + 1)))
      }
      return .mapping(entries)
    case .alias:
      throw problem(line, "an alias without its anchor", "write the value out")
    }
  }
}

extension SettingLoader {
  private func problem(_ line: Int, _ what: String, _ remedy: String) -> Problem {
    Problem(what, at: .line(line, file: file), remedy: remedy)
  }

  private func problem(_ error: YamlError) -> Problem {
    switch error {
    case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _):
      return syntaxProblem(mark.line, what)
    case .composer(_, let what, let mark, _) where what.contains("alias"):
      return problem(mark.line, "an alias without its anchor", "write the value out")
    case .composer(_, _, let mark, _):
      return problem(mark.line, "a second document begins", "take out the '---' line")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\(shown($0))'" }.joined(separator: ", ")
      return problem(
        context.mark.line, "given more than once: \(names)", "keep one and take out the others")
    case .reader(let what, let offset, _, _):
      let before = offset.map { text.prefix($0) } ?? ""
      return problem(
        before.count { $0.isNewline } + 1, "not valid YAML: \(what)", "take that character out")
    default:
      return Problem("cannot be read as YAML: \(error)", at: .file(file), remedy: "correct it")
    }
  }

  private func syntaxProblem(_ line: Int, _ what: String) -> Problem {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let indent = lines.dropFirst(line - 1).first?.prefix { $0 == " " || $0 == "\t" }
    if indent?.contains("\t") == true {
      return problem(line, "a tab in the indentation", "indent with spaces")
    }
    if what.contains("mapping values are not allowed") {
      return problem(
        line, "YAML takes ': ' for the end of a key",
        "put a value that has ': ' in it into quotes: \"mean(pixel) > mean(batch, by: images)\"")
    }
    return problem(
      line, "not valid YAML: \(what)",
      "look at this line and the one before for a missing quote or space")
  }

  /// Yams compares keys by all that is in them. In a key, aliases of lists of aliases would keep
  /// it busy for ever; with so few of them it cannot be long. Counts at least every alias.
  private func refuseTooManyAliases() throws(Problem) {
    var aliases = 0
    var line = 1
    var before: (Unicode.Scalar, Unicode.Scalar) = (" ", " ")
    for scalar in text.unicodeScalars {
      let isApart = before.0.properties.isWhitespace || "[{,:".unicodeScalars.contains(before.0)
      let isName = scalar.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains(scalar)
      if isApart, before.1 == "*", isName { aliases += 1 }
      if scalar == "\n" { line += 1 }
      before = (before.1, scalar)
      guard aliases <= Self.mostAliases else {
        throw problem(
          line, "more than \(Self.mostAliases) aliases (*name)", "write the values out")
      }
    }
  }
}
