internal import Core

/// Text that Markdown takes as text, also within a table.
func markdown(_ text: String) -> String {
  var result = ""
  for character in printable(text) {
    if "\\`*_{}[]<>#|".contains(character) { result += "\\" }
    result.append(character)
  }
  return result
}

/// Text as code; a backtick within it becomes an apostrophe, which nobody will miss.
func code(_ text: String) -> String {
  "`" + printable(text).map { $0 == "`" ? "'" : $0 == "|" ? "\\|" : String($0) }.joined() + "`"
}

/// A table whose first columns are text and the others numbers.
struct MarkdownTable {
  private var lines: [String]

  init(_ columns: [String], textColumns: Int) {
    lines = [
      "| " + columns.joined(separator: " | ") + " |",
      "|" + columns.indices.map { $0 < textColumns ? "---|" : "--:|" }.joined(),
    ]
  }

  mutating func add(_ cells: [String]) {
    lines.append("| " + cells.joined(separator: " | ") + " |")
  }

  var text: String { lines.joined(separator: "\n") + "\n" }
}

/// Folded away until someone wants it.
func details(_ summary: String, _ body: String) -> String {
  "<details><summary>\(summary)</summary>\n\n\(body)\n</details>\n"
}
