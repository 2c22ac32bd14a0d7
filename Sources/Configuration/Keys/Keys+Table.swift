internal import Core

extension Keys {
  /// The table of docs/configuration.md, in Markdown.
  package static var table: String {
    all.reduce("| key | value | default | meaning |\n|---|---|---|---|\n") { table, entry in
      let (path, key) = entry
      return
        "\(table)| `\(path)` | \(key.words) | \(key.standard.words) | \(key.sentence) |\n"
    }
  }
}

extension Standard {
  fileprivate var words: String {
    switch self {
    case .isRequired: "**required**"
    case .isAs(_, let words), .means(let words): words
    }
  }
}
