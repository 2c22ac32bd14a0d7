internal import Core

/// What may stand behind a key: how it is read, and how the documentation and a JSON Schema say so.
///
/// The schema may accept more than `read` does, never less: an editor must not underline what the
/// program takes.
struct ValueType<Value: Sendable>: Sendable {
  /// For the table of keys: `a number from 0 to 1`.
  var words: String { makeWords() }
  var schema: JSON { makeSchema() }
  /// The keys that stand below, where the value is a section or a list of sections.
  let children: Children
  /// The value; `nil` where it is wrong, which has been noted.
  let read: @Sendable (Setting, inout Mistakes) -> Value?

  // Every run reads the keys; words and schema are made where they are asked for.
  private let makeWords: @Sendable () -> String
  private let makeSchema: @Sendable () -> JSON

  init(
    words: @autoclosure @escaping @Sendable () -> String,
    schema: @autoclosure @escaping @Sendable () -> JSON, children: Children = Children(),
    read: @escaping @Sendable (Setting, inout Mistakes) -> Value?
  ) {
    (makeWords, makeSchema) = (words, schema)
    (self.children, self.read) = (children, read)
  }
}

/// The keys below a key.
struct Children: Sendable {
  /// Between the key and those below: `[]` in a list.
  var suffix = ""
  var keys: [any AnyKey] = []
}

extension ValueType {
  /// A value that is right or wrong as a whole.
  init(
    _ words: @autoclosure @escaping @Sendable () -> String,
    _ schema: @autoclosure @escaping @Sendable () -> JSON,
    _ parse: @escaping @Sendable (Setting) throws(Problem) -> Value
  ) {
    self.init(words: words(), schema: schema()) { setting, mistakes in
      mistakes.noting { () throws(Problem) in try parse(setting) }
    }
  }

  /// The same settings, and of what was read something else is made; `nil` is wrong, and noted.
  func then<New>(
    _ make: @escaping @Sendable (Value, Setting, inout Mistakes) -> New?
  ) -> ValueType<New> {
    ValueType<New>(words: self.words, schema: self.schema, children: children) {
      [read] setting, mistakes in
      read(setting, &mistakes).flatMap { make($0, setting, &mistakes) }
    }
  }

  func map<New>(_ make: @escaping @Sendable (Value) -> New) -> ValueType<New> {
    then { value, _, _ in make(value) }
  }

  /// The same settings, parsed further.
  func parsed<New>(
    _ parse: @escaping @Sendable (Value, Setting) throws(Problem) -> New
  ) -> ValueType<New> {
    then { value, setting, mistakes in
      mistakes.noting { () throws(Problem) in try parse(value, setting) }
    }
  }

  /// The same values under other words and a schema that says more.
  func called(
    _ words: @autoclosure @escaping @Sendable () -> String,
    _ more: @autoclosure @escaping @Sendable () -> JSON = [:]
  ) -> ValueType {
    ValueType(words: words(), schema: self.schema + more(), children: children, read: read)
  }
}

/// A value that knows where it stands, for what can only be checked later.
struct Placed<Value: Sendable>: Sendable {
  var value: Value
  var setting: Setting
}

/// A value behind a free key.
struct Named<Value: Sendable>: Sendable {
  var name: String
  var value: Value
  var setting: Setting
}
