internal import Core

/// A list of keys that may stand together: each is a stored property.
///
///     struct Batch: KeyList {
///       let size = Key("size", .positive, "How many images a batch has.")
///     }
protocol KeyList: Sendable {
  /// All of them, in the order of the documentation. Written out, since to ask the runtime for the
  /// properties took a tenth of a short run. A key that is left out here has no value, and no file is read.
  var all: [any AnyKey] { get }
}

/// The values behind a list of keys: `section.size` is that of the key `size`, and `nil` where it is
/// wrong, which has been noted.
@dynamicMemberLookup
struct Section<List: KeyList>: Sendable {
  /// The mapping; where it was left out, what would have held it.
  let setting: Setting
  private let list: List
  private var settings: [String: Setting] = [:]
  private var values: [String: any Sendable] = [:]

  subscript<Value>(dynamicMember key: KeyPath<List, Key<Value>>) -> Value? {
    (values[list[keyPath: key].name] as? Held<Value>)?.value
  }

  /// What stands behind a key; `nil` where it is left out.
  func setting<Value>(of key: KeyPath<List, Key<Value>>) -> Setting? {
    settings[list[keyPath: key].name]
  }

  /// Where to complain about a key's value: at the key, or at the section that lacks it.
  func place<Value>(of key: KeyPath<List, Key<Value>>) -> Setting { setting(of: key) ?? setting }
}

extension Section {
  /// Reads every key, in the order of the file; what is wrong is noted, and `nil` is no mapping.
  init?(_ setting: Setting, _ list: List, noting mistakes: inout Mistakes) {
    self.init(setting, list, list.all, noting: &mistakes)
  }

  init?(
    _ setting: Setting, _ list: List, _ keys: [any AnyKey], noting mistakes: inout Mistakes
  ) {
    guard let entries = mistakes.noting({ () throws(Problem) in try setting.entries }) else {
      return nil
    }
    (self.setting, self.list) = (setting, list)
    let names = keys.map(\.name)
    // A mistyped key is not missing as well.
    var meant: Set<String> = []
    for entry in entries {
      guard let key = keys.first(where: { $0.name == entry.key }) else {
        if mistakes.areEnough { continue }
        let name = keys.name(meantBy: entry.key)
        mistakes.note(entry.unknown(among: names, meant: name))
        if let name { meant.insert(name) }
        continue
      }
      settings[key.name] = entry.value
      values[key.name] = key.held(entry.value, in: setting, noting: &mistakes)
    }
    for key in keys where settings[key.name] == nil && !meant.contains(key.name) {
      values[key.name] = key.held(nil, in: setting, noting: &mistakes)
    }
  }
}

extension Setting.Entry {
  /// That no key here has this name; the one that was meant may belong elsewhere.
  fileprivate func unknown(among names: [String], meant name: String?) -> Problem {
    let meant = (name.map { "'\($0)'" } ?? Keys.home(of: key)).map { "did you mean \($0)? " } ?? ""
    return Problem(
      "unknown key '\(shown(value.path))'", at: value.place,
      remedy: "\(meant)the keys here are \(names.joined(separator: ", "))")
  }
}

extension [any AnyKey] {
  /// The name of the key that another program, or a slip, calls so.
  func name(meantBy word: String) -> String? {
    first { $0.synonyms.contains(word.lowercased()) }?.name
      ?? nearest(to: word, among: map(\.name))
  }
}
