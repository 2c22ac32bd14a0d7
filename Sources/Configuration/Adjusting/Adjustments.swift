package import Core

/// What the command line and the environment put in the place of what a configuration says.
package struct Adjustments: Sendable {
  package var changes: [Change]
  /// A variable of the environment; the configuration's paths may name some.
  package var environment: @Sendable (String) -> String?

  /// One value that was given beside the file.
  package struct Change: Hashable, Sendable {
    /// The keys that lead to it.
    var keys: [String]
    /// As YAML.
    var text: String
    /// `--set`, `--predictions`
    package var option: String

    /// - Parameter value: any text, which is taken as it is.
    package init(_ key: String, toText value: String, by option: String) {
      keys = key.split(separator: ".").map(String.init)
      text = yamlQuoted(value)
      self.option = option
    }

    /// Reads `decode.threshold=0.6`; behind the sign stands YAML.
    ///
    /// - Throws: Problem: there is no key, or no sign behind it.
    package init(parsing argument: String) throws(Problem) {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      keys = (parts.first ?? "").split(separator: ".", omittingEmptySubsequences: false)
        .map(String.init)
      guard parts.count == 2, !keys.contains("") else {
        throw Problem(
          "--set '\(printable(argument))' is no key with its value",
          remedy: "write for example --set decode.threshold=0.6")
      }
      text = String(parts[1])
      option = "--set"
    }

    var key: String { keys.joined(separator: ".") }
  }

  package init(
    _ changes: [Change] = [], environment: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.changes = changes
    self.environment = environment
  }
}

extension Adjustments {
  /// The settings as they hold, each with where it comes from.
  func applied(to root: Setting) throws(Problem) -> Setting {
    var root = root
    for change in changes { root = try root.replacing(change.keys, by: try change.setting) }
    return try filled(root)
  }
}

extension Adjustments.Change {
  /// What was given, as if it stood in a file of its own.
  fileprivate var setting: Setting {
    get throws(Problem) {
      let place = "\(option) \(key)"
      // Behind a key, so that any value can be read.
      let root = try Setting(parsing: "value: \(text)", file: place)
      guard let value = try root.entries.first?.value else { return root }
      return value.moved(to: key, origin: Setting.Origin(option: option))
    }
  }
}

extension Setting {
  /// The same with another value behind some keys, which are made where they lack.
  fileprivate func replacing(_ keys: [String], by value: Setting) throws(Problem) -> Setting {
    guard let key = keys.first else { return value }
    guard case .mapping(var entries) = content else {
      throw Problem(
        "\(value.file): '\(shown(path))' holds no keys", remedy: "name a key that the file can have"
      )
    }
    let rest = Array(keys.dropFirst())
    if let place = entries.firstIndex(where: { $0.key == key }) {
      let old = entries[place].value
      // What holds no keys yet, such as a preset for a headline, gives way to some.
      let base = rest.isEmpty || old.isMapping ? old : old.containing(.mapping([]))
      entries[place] = Entry(key: key, value: try base.replacing(rest, by: value))
    } else {
      let empty = Setting(
        path: path.isEmpty ? key : "\(path).\(key)", line: value.line, file: value.file,
        content: .mapping([]), origin: value.origin)
      entries.append(Entry(key: key, value: try empty.replacing(rest, by: value)))
    }
    return containing(.mapping(entries))
  }

  /// The same value and all in it, as coming from elsewhere.
  fileprivate func moved(to path: String, origin: Origin) -> Setting {
    let content: Content =
      switch content {
      case .text: content
      case .list(let items):
        .list(items.enumerated().map { $1.moved(to: "\(path)[\($0)]", origin: origin) })
      case .mapping(let entries):
        .mapping(
          entries.map {
            Entry(key: $0.key, value: $0.value.moved(to: "\(path).\($0.key)", origin: origin))
          })
      }
    return Setting(path: path, line: 0, file: file, content: content, origin: origin)
  }
}
