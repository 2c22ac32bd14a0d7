package import Core

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
  let content: Content
  /// Where it comes from, if not from the file as it stands.
  var origin = Origin()

  /// What put a value into its place.
  struct Origin: Hashable, Sendable {
    /// `--set`, `--predictions`; `nil` for the file.
    var option: String?
    /// The variables of the environment that stood in it.
    var variables: [String] = []
  }

  enum Content: Sendable {
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
  ///
  /// - Throws: Problem: the text is not YAML, or a kind of it that is not taken; with its line.
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
  ///
  /// - Throws: Problem: it is a list, a mapping or nothing.
  package var string: String {
    get throws(Problem) {
      guard case .text(let text, let isQuoted) = content, isQuoted || !text.isEmpty else {
        throw mismatch("a text")
      }
      return text
    }
  }

  /// A decimal number without a point.
  ///
  /// - Throws: Problem: it is something else, or too large.
  package var int: Int {
    get throws(Problem) {
      guard let text = plainText, let number = Int(text) else { throw mismatch("a whole number") }
      return number
    }
  }

  /// A finite decimal number.
  ///
  /// - Throws: Problem: it is something else.
  package var double: Double {
    get throws(Problem) {
      guard let text = plainText, let number = Double(decimal: text) else {
        throw mismatch("a number")
      }
      return number
    }
  }

  /// A share, written `1%` or `0.01`.
  ///
  /// - Throws: Problem: it is something else.
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
  ///
  /// - Throws: Problem: it is something else.
  package var bool: Bool {
    get throws(Problem) {
      switch plainText {
      case "true": return true
      case "false": return false
      default: throw mismatch("true or false")
      }
    }
  }

  /// - Throws: Problem: it is not a list.
  package var list: [Setting] {
    get throws(Problem) {
      guard case .list(let items) = content else { throw mismatch("a list") }
      return items
    }
  }

  /// The keys and values of a mapping whose keys are free, in the order of the file.
  ///
  /// - Throws: Problem: it is not a mapping.
  package var entries: [Entry] {
    get throws(Problem) {
      guard case .mapping(let entries) = content else { throw mismatch("keys with values") }
      return entries
    }
  }

  /// One of the names that `Choice` has.
  ///
  /// - Throws: Problem: it is not a text, or none of the names.
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

  /// Whether this is just this word.
  func isText(_ word: String) -> Bool {
    if case .text(word, _) = content { true } else { false }
  }

  /// What stands here if it were something else.
  func containing(_ content: Content) -> Setting {
    Setting(path: path, line: line, file: file, content: content, origin: origin)
  }
}

// MARK: - Problems

extension Setting {
  /// What was given on the command line has no line.
  package var place: Problem.Place {
    line == 0 ? .file(file) : .line(line, file: file)
  }

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
package func shown(_ text: String) -> String {
  printable(text.count > 60 ? text.prefix(59) + "…" : text)
}
