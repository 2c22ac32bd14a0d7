internal import Core

extension [Block] {
  /// GitHub's Markdown; blocks are apart by an empty line.
  package var markdown: String { markdown(level: 2) }

  /// The same in at most so many bytes, where a place shows no more: sections are left out from the end,
  /// and the document says so.
  package func markdown(within bytes: Int) -> String {
    var blocks = self
    var text = blocks.markdown
    while text.utf8.count > bytes, let last = blocks.lastIndex(where: \.isSection) {
      blocks.remove(at: last)
      text =
        (blocks + [.paragraph("This is the beginning: the whole would be too long for this place.")])
        .markdown
    }
    return text
  }

  /// - Parameter level: that of the headings of sections.
  fileprivate func markdown(level: Int) -> String {
    filter { !$0.isChart }.map { $0.markdown(level: level) }.joined(separator: "\n")
  }
}

extension Block {
  fileprivate var isChart: Bool { if case .chart = self { true } else { false } }
  fileprivate var isSection: Bool { if case .section = self { true } else { false } }

  fileprivate func markdown(level: Int) -> String {
    switch self {
    case .title(let line): return "# \(line.markdown)\n"
    case .paragraph(let line): return "\(line.markdown)\n"
    case .lines(let lines): return lines.map(\.markdown).joined(separator: "  \n") + "\n"
    case .list(let items): return items.map { $0.markdown(indent: "") }.joined()
    case .steps(let lines):
      return lines.enumerated().map { "\($0 + 1). \($1.markdown)\n" }.joined()
    case .code(let code): return "```\n\(code)\n```\n"
    case .table(let table): return table.markdown
    case .warning(let line, let points, let rest):
      let parts =
        [line.markdown] + points.map { "* \($0.markdown)" }
        + [rest?.markdown].compactMap(\.self)
      return "> [!WARNING]\n" + parts.map { "> \($0)\n" }.joined(separator: ">\n")
    case .chart: return ""
    case .trends(let trends): return Trend.table(of: trends).markdown
    case .pictures(let pictures):
      return pictures.map { "![\(escaped($0.alt))](\($0.file))\n\n\($0.caption.markdown)\n" }
        .joined(separator: "\n")
    case .details(let summary, let body):
      return "<details><summary>\(summary.markdown)</summary>\n\n"
        + body.markdown(level: level + 1) + "\n</details>\n"
    case .section(let heading, let body):
      let line = "\(String(repeating: "#", count: Swift.min(level, 6))) \(heading.markdown)\n"
      return body.isEmpty ? line : "\(line)\n\(body.markdown(level: level + 1))"
    }
  }
}

extension Item {
  fileprivate func markdown(indent: String) -> String {
    "\(indent)* \(line.markdown)\n" + items.map { $0.markdown(indent: indent + "  ") }.joined()
  }
}

extension Table {
  fileprivate var markdown: String {
    let rule = "|" + columns.map { $0.alignment == .left ? "---|" : "--:|" }.joined()
    let lines = ([columns.map(\.title)] + rows).map { cells in
      "| " + cells.map(\.markdown).joined(separator: " | ") + " |"
    }
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n") + "\n"
  }
}

extension Line {
  fileprivate var markdown: String { spans.map(\.markdown).joined() }
}

extension Span {
  fileprivate var markdown: String {
    switch self {
    case .text(let text): text
    case .name(let name): escaped(name)
    // A backtick within code becomes an apostrophe, which nobody will miss; a bar would end a cell.
    case .code(let code):
      "`" + code.map { $0 == "`" ? "'" : $0 == "|" ? "\\|" : String($0) }.joined() + "`"
    case .number(let number, let form): form.text(number)
    case .count(let count): Figure.count(count)
    case .strong(let spans): "**" + spans.map(\.markdown).joined() + "**"
    case .emphasis(let spans): "*" + spans.map(\.markdown).joined() + "*"
    }
  }
}

/// Text that Markdown takes as text, also within a table.
private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    if "\\`*_{}[]<>#|".contains(character) { result += "\\" }
    result.append(character)
  }
  return result
}
