internal import Core

/// One key of pipeline.yml, and all that is said of it anywhere: how it is read, what it means that
/// it is not there, and a sentence for the documentation and for editors.
struct Key<Value: Sendable>: Sendable {
  let name: String
  let type: ValueType<Value>
  let standard: Standard
  let sentence: String
  /// The value where `standard` says that the absence means something of its own.
  private let nothing: Value?
  /// What other programs call it, for "did you mean".
  private(set) var synonyms: [String] = []

  /// The key, found by other names too.
  func called(_ synonyms: String...) -> Key {
    var key = self
    key.synonyms = synonyms
    return key
  }
}

extension Key {
  private init(
    name: String, type: ValueType<Value>, standard: Standard, sentence: String, nothing: Value?
  ) {
    (self.name, self.type, self.standard, self.sentence, self.nothing) = (
      name, type, standard, sentence, nothing
    )
  }
}

/// What it means that a key is not there.
enum Standard: Sendable {
  case isRequired
  /// The same as if this were written; in words where it is not a text.
  case isAs(Setting.Content, words: String)
  /// Something of its own, in words.
  case means(String)
}

extension Key {
  /// A key that must be there.
  init(_ name: String, _ type: ValueType<Value>, _ sentence: String) {
    self.init(name: name, type: type, standard: .isRequired, sentence: sentence, nothing: nil)
  }

  /// A key that reads, where it is left out, as if `text` were written.
  init(_ name: String, _ type: ValueType<Value>, default text: String, _ sentence: String) {
    self.init(
      name: name, type: type, standard: .isAs(.text(text, isQuoted: false), words: "`\(text)`"),
      sentence: sentence, nothing: nil)
  }

  /// A mapping that reads, where it is left out, as if it were empty, which means `words`.
  init(
    _ name: String, _ type: ValueType<Value>, orEmpty words: String, _ sentence: String
  ) {
    self.init(
      name: name, type: type, standard: .isAs(.mapping([]), words: words), sentence: sentence,
      nothing: nil)
  }

  /// A key whose absence means something of its own; its value is then `nil`.
  init<Wrapped>(
    _ name: String, _ type: ValueType<Wrapped>, otherwise words: String, _ sentence: String
  ) where Value == Wrapped? {
    self.init(
      name: name, type: type.map(\.self), standard: .means(words), sentence: sentence,
      nothing: .some(nil))
  }
}

/// A key without the type of its value, for all that lists keys.
protocol AnyKey: Sendable {
  var name: String { get }
  var synonyms: [String] { get }
  var sentence: String { get }
  var standard: Standard { get }
  /// Of its value: see ``ValueType``.
  var words: String { get }
  var schema: JSON { get }
  var children: Children { get }

  /// A `Held<Value>` of what stands behind the key, or of what its absence means.
  func held(
    _ setting: Setting?, in section: Setting, noting mistakes: inout Mistakes
  ) -> (any Sendable)?
}

/// A value in a place for values of any type.
struct Held<Value: Sendable>: Sendable { let value: Value }

extension Key: AnyKey {
  var words: String { type.words }
  var schema: JSON { type.schema }
  var children: Children { type.children }

  func held(
    _ setting: Setting?, in section: Setting, noting mistakes: inout Mistakes
  ) -> (any Sendable)? {
    value(setting, in: section, noting: &mistakes).map(Held.init)
  }

  private func value(
    _ setting: Setting?, in section: Setting, noting mistakes: inout Mistakes
  ) -> Value? {
    if let setting { return type.read(setting, &mistakes) }
    switch standard {
    case .isRequired:
      mistakes.note(
        section.problem("the key '\(name)' is missing", remedy: "add '\(name): …' here"))
      return nil
    case .isAs(let content, _):
      return type.read(section.containing(content), &mistakes)
    case .means:
      return nothing
    }
  }
}
