package import Core

/// Where files lie, and what their paths say about them.
///
///     gtFine/{split}/{city}/{image:[a-z]+_\d{6}_\d{6}}_gtFine_labelIds.png
///
/// `{name}` captures a part of one segment, `{name:path}` may reach over `/`, and `{name:regex}`
/// captures, within a segment, what the whole of a Swift regular expression matches. A capture is
/// never empty, and a name that stands twice captures the same text. `*` is any text within a
/// segment, `**` any number of whole segments, `[0-9]` or `[!_]` one character; `{{` and `}}` are
/// braces.
package struct PathTemplate: Sendable {
  /// The template as it was written.
  package let text: String
  /// The captured names in order, each once.
  package let names: [String]

  let parts: [Part]

  enum Part: Sendable {
    case literal([UInt8])
    case capture(Capture)
    case anyText
    /// Whole segments, each with the slash behind it.
    case anySegments
    case character(CharacterSet)
  }

  struct Capture: Sendable {
    var slot: Int
    var crossesSegments = false
    var pattern: CapturePattern?
    /// Whether the name stood before: then the text is known.
    var isRepeat = false
    /// The last part that needs the text again.
    var awaitedUntil: Int?
  }

  struct CharacterSet: Sendable {
    var isNegated = false
    var ranges: [ClosedRange<Unicode.Scalar>] = []

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      scalar != "/" && ranges.contains { $0.contains(scalar) } != isNegated
    }
  }

  /// Reads a template.
  ///
  /// - Throws: Problem: the notation is wrong, or no path that is found can match.
  package init(parsing text: String) throws(Problem) {
    var parser = TemplateParser(text)
    try parser.parse()
    self.text = text
    names = parser.names
    parts = parser.parts
  }
}

extension PathTemplate: Hashable {
  package static func == (a: PathTemplate, b: PathTemplate) -> Bool { a.text == b.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

// MARK: - What a walk needs to know

extension PathTemplate {
  /// False for a plain path, which stands for one file.
  package var isPattern: Bool {
    parts.contains { if case .literal = $0 { false } else { true } }
  }

  /// Whether some of a match is not captured, so that captures do not make the path.
  package var hasWildcards: Bool {
    parts.contains {
      switch $0 {
      case .anyText, .anySegments, .character: true
      case .literal, .capture: false
      }
    }
  }

  /// The longest directory that every match lies in; empty for the directory the walk is given.
  package var fixedDirectory: String {
    fixedPrefix == "/" ? "/" : String(fixedPrefix.dropLast())
  }

  /// `fixedDirectory` with the slash behind it: what every match begins with.
  var fixedPrefix: String {
    guard case .literal(let bytes)? = parts.first else { return "" }
    return String(decoding: bytes[..<((bytes.lastIndex(of: .slash) ?? -1) + 1)], as: UTF8.self)
  }

  /// How many directories below the fixed one a match can lie; nil if there is no limit.
  package var depth: Int? {
    var slashes = 0
    for part in parts {
      switch part {
      case .literal(let bytes): slashes += bytes.count { $0 == .slash }
      case .capture(let capture) where capture.crossesSegments: return nil
      case .anySegments: return nil
      case .capture, .anyText, .character: break
      }
    }
    return slashes - fixedPrefix.utf8.count { $0 == .slash }
  }

  /// The path that has these captures; nil if a wildcard leaves it open, or a value is missing or
  /// does not match its capture.
  package func filling(_ values: [String: String]) -> String? {
    var path = ""
    for part in parts {
      switch part {
      case .literal(let bytes):
        path += String(decoding: bytes, as: UTF8.self)
      case .capture(let capture):
        guard let value = values[names[capture.slot]], !value.isEmpty,
          capture.isRepeat || capture.crossesSegments || !value.utf8.contains(.slash),
          capture.pattern?.matches(value) ?? true
        else { return nil }
        path += value
      case .anyText, .anySegments, .character:
        return nil
      }
    }
    return path
  }
}

extension String {
  /// As it stands in a pattern of paths, where some characters mean something.
  package var literalInPattern: String {
    // Scalar by scalar, as templates are read: a brace with an accent upon it is a brace, too.
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "{", "}": text.unicodeScalars += [scalar, scalar]
      case "*", "[": text.unicodeScalars += ["[", scalar, "]"]
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
