package import Core

extension PipelineFile {
  /// The configuration as it holds: every key that is given or has a default, in the order of the
  /// documentation.
  ///
  /// - Throws: everything that is wrong with it.
  package static func effective(
    parsing text: String, path: String, adjusted adjustments: Adjustments, showingOrigins: Bool
  ) throws(Problem) -> String {
    _ = try PipelineFile(parsing: text, path: path, adjusted: adjustments)
    let root = try adjustments.applied(to: try Setting(parsing: text, file: path))
    let writer = EffectiveWriter(showsOrigins: showingOrigins)
    return writer.lines(of: Keys.pipeline.all, in: root, indent: "").map { "\($0)\n" }.joined()
  }
}

private struct EffectiveWriter {
  var showsOrigins: Bool

  func lines(of keys: [any AnyKey], in section: Setting?, indent: String) -> [String] {
    keys.flatMap { key in
      lines(of: key, section?.value(of: key.name), indent: indent)
    }
  }

  private func lines(of key: any AnyKey, _ setting: Setting?, indent: String) -> [String] {
    let isSection = !key.children.keys.isEmpty && key.children.suffix.isEmpty
    if isSection, setting.map(\.isMapping) ?? key.standard.isEmptySection {
      let body = lines(of: key.children.keys, in: setting, indent: indent + "  ")
      return body.contains { !$0.isComment } ? ["\(indent)\(key.name):"] + body : body
    }
    if let setting { return lines(of: key.name, setting, indent: indent) }
    switch key.standard {
    case .isAs(.text(let text, _), _):
      return ["\(indent)\(key.name): \(text)\(note("default"))"]
    case .isAs, .isRequired: return []
    case .means(let words):
      return showsOrigins ? ["\(indent)# \(key.name) is not given: \(words)"] : []
    }
  }

  private func lines(of name: String, _ setting: Setting, indent: String) -> [String] {
    guard case .mapping(let entries) = setting.content, !entries.isEmpty else {
      return [
        "\(indent)\(scalarYAML(name, isQuoted: false)): \(setting.flow)\(note(setting.source))"
      ]
    }
    return ["\(indent)\(scalarYAML(name, isQuoted: false)):"]
      + entries.flatMap { lines(of: $0.key, $0.value, indent: indent + "  ") }
  }

  private func note(_ source: String) -> String {
    showsOrigins ? "  # \(printable(source))" : ""
  }
}

extension String {
  fileprivate var isComment: Bool { drop { $0 == " " }.first == "#" }
}

extension Standard {
  fileprivate var isEmptySection: Bool {
    if case .isAs(.mapping, _) = self { true } else { false }
  }
}

extension Setting {
  fileprivate func value(of key: String) -> Setting? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// Where the value comes from.
  fileprivate var source: String {
    let place = origin.option ?? "\(file):\(line)"
    guard !origin.variables.isEmpty else { return place }
    return
      "\(place), with \(origin.variables.map { "${\($0)}" }.joined(separator: ", ")) of the environment"
  }
}
