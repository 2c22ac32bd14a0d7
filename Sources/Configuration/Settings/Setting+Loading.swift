internal import Core
internal import Yams

/// Turns what Yams composed into settings, within bounds: an alias is read as if it were written
/// out, and a few hundred bytes of aliases can stand for more nodes than memory holds.
struct SettingLoader {
  static let tags = [Tag.Name.str, .seq, .map].map(\.rawValue)

  let text: String
  let file: String
  private var nodes = 0

  init(text: String, file: String) throws(Problem) {
    self.text = text.first == "\u{feff}" ? String(text.dropFirst()) : text
    self.file = file
    guard text.utf8.count <= Limits.textBytes.most else {
      throw Problem(
        "has \(text.utf8.count) bytes, and \(Limits.textBytes.most) is the most for settings",
        at: .file(file), remedy: "check that this is the right file")
    }
    try refuseTooManyAliases()
    try refuseTooManyMarks()
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
    guard nodes <= Limits.values.most else {
      throw problem(
        line, "more than \(Limits.values.most) values", "write less, or use fewer aliases")
    }
    guard depth <= Limits.brackets.most else {
      throw problem(
        line, "nested more than \(Limits.brackets.most) deep", "take out some of the brackets")
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
    if what.contains("nesting level") {
      return problem(
        line, "values lie in one another more deeply than any key of a configuration",
        "look for a bracket that is never closed")
    }
    return problem(
      line, "not valid YAML: \(what)",
      "look at this line and the one before for a missing quote or space")
  }

  /// Yams takes a hundred bytes of memory for each value before any is counted. A value is followed by one of these
  /// marks, so that more of them than twice the limit cannot be a configuration.
  private func refuseTooManyMarks() throws(Problem) {
    let marks = text.utf8.count { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\n") }
    guard marks <= 2 * Limits.values.most else {
      throw Problem(
        "more than \(Limits.values.most) values", at: .file(file),
        remedy: "check that this is the right file")
    }
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
      guard aliases <= Limits.aliases.most else {
        throw problem(
          line, "more than \(Limits.aliases.most) aliases (*name)", "write the values out")
      }
    }
  }
}
