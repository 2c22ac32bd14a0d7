internal import Core

/// The types of values that keys have, and how larger ones are made of smaller ones.
enum ValueTypes {
  /// One of two types, whichever the shape of the setting asks for.
  static func either<Value>(
    _ first: ValueType<Value>, if isFirst: @escaping @Sendable (Setting) -> Bool,
    or second: ValueType<Value>
  ) -> ValueType<Value> {
    ValueType(
      words: "\(first.words), or \(second.words)",
      schema: ["anyOf": [first.schema, second.schema]],
      children: first.children.keys.isEmpty ? second.children : first.children
    ) { setting, mistakes in
      (isFirst(setting) ? first : second).read(setting, &mistakes)
    }
  }

  /// Every wrong item is noted.
  static func list<Item>(of item: ValueType<Item>) -> ValueType<[Item]> {
    ValueType(
      words: "a list of \(item.words)", schema: ["type": "array", "items": item.schema],
      children: Children(suffix: "[]" + item.children.suffix, keys: item.children.keys)
    ) { setting, mistakes in
      guard let items = mistakes.noting({ () throws(Problem) in try setting.list }) else {
        return nil
      }
      let values = items.map { item.read($0, &mistakes) }
      return values.contains { $0 == nil } ? nil : values.compactMap(\.self)
    }
  }

  /// A mapping whose keys are free, in the order of the file; every wrong value is noted.
  static func mapping<Item>(
    of item: ValueType<Item>, by name: String
  ) -> ValueType<[Named<Item>]> {
    ValueType(
      words: "`{\(name): …}` with \(item.words)",
      schema: ["type": "object", "additionalProperties": item.schema]
    ) { setting, mistakes in
      guard let entries = mistakes.noting({ () throws(Problem) in try setting.entries }) else {
        return nil
      }
      let values = entries.map { entry in
        item.read(entry.value, &mistakes).map {
          Named(name: entry.key, value: $0, setting: entry.value)
        }
      }
      return values.contains { $0 == nil } ? nil : values.compactMap(\.self)
    }
  }

  /// A mapping with the keys of a list.
  static func section<List>(_ list: List) -> ValueType<Section<List>> {
    let keys = list.all
    return ValueType(
      words: "`{\(keys.map(\.name).joined(separator: ", "))}`", schema: .schema(of: keys),
      children: Children(keys: keys)
    ) { setting, mistakes in Section(setting, list, keys, noting: &mistakes) }
  }
}
