internal import Core

extension [Block] {
  /// For a terminal: headings at the margin, their contents indented by two spaces, columns
  /// aligned.
  ///
  /// Paragraphs between sections have at most 100 columns; indented lines are not wrapped, so that
  /// a line can be found and cut out.
  package var terminal: String { Terminal(self).text }
}

/// A document as it grows from top to bottom.
private struct Terminal {
  private(set) var text = ""

  private static let columns = 100

  init(_ page: Page) { for block in page { add(block, inSection: false) } }

  private mutating func add(_ block: Block, inSection: Bool) {
    switch block {
    case .title(let line): add(line.bare)
    case .paragraph(let line):
      if inSection {
        add(line.plain, depth: 1)
      } else {
        addSpace()
        for line in wrapped(line.plain, to: Terminal.columns) { add(line) }
      }
    case .lines(let lines):
      addSpace()
      for line in lines { add(line.plain, depth: inSection ? 1 : 0) }
    case .list(let items): for item in items { add(item, depth: 1) }
    case .steps(let lines):
      for (index, line) in lines.enumerated() { add("\(index + 1). \(line.plain)", depth: 1) }
    case .code(let code): add(code, depth: 2)
    case .table(let table): for line in table.terminalLines { add(line, depth: 1) }
    case .warning(let line, let points, let rest):
      add(.paragraph(line), inSection: inSection)
      for point in points { add(point.plain, depth: 1) }
      if let rest { add(rest.plain, depth: 1) }
    case .trends(let trends): add(.table(Trend.table(of: trends)), inSection: inSection)
    case .chart, .pictures: break
    case .details(let heading, let body), .section(let heading, let body):
      addSpace()
      add(heading.bare)
      for block in body { add(block, inSection: true) }
    }
  }

  private mutating func add(_ item: Item, depth: Int) {
    add(item.line.plain, depth: depth)
    for item in item.items { add(item, depth: depth + 1) }
  }

  private mutating func add(_ line: String, depth: Int = 0) {
    text += String(repeating: "  ", count: depth) + line + "\n"
  }

  private mutating func addSpace() { if !text.isEmpty { text += "\n" } }
}

/// Lines of at most so many characters; a longer word has a line of its own.
private func wrapped(_ text: String, to columns: Int) -> [String] {
  text.split(separator: " ").reduce(into: []) { lines, word in
    if let last = lines.last, last.count + 1 + word.count <= columns {
      lines[lines.count - 1] += " \(word)"
    } else {
      lines.append(String(word))
    }
  }
}

extension Table {
  /// An empty column is left out, with its title.
  fileprivate var terminalLines: [String] {
    let cells = rows.map { $0.map(\.cell) }
    let used = columns.indices.filter { column in cells.contains { !$0[column].isEmpty } }
    let lines = (hasHeading ? [columns.map(\.title.bare)] : []) + cells
    let widths = used.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { cells in
      let padded = zip(used, widths).map { column, width in
        let space = String(repeating: " ", count: width - cells[column].count)
        return columns[column].alignment == .left ? cells[column] + space : space + cells[column]
      }
      return padded.joined(separator: "  ").withoutSpacesAtEnd
    }
  }
}

extension Line {
  /// Code without its backticks, where a heading sets it apart.
  var bare: String { spans.map(\.bare).joined() }

  /// The same in a column of nothing but code; within other words the backticks stay.
  fileprivate var cell: String { spans.count == 1 ? bare : plain }
}

extension Span {
  fileprivate var bare: String {
    if case .code(let code) = self { code } else { Line([self]).plain }
  }
}

extension String {
  fileprivate var withoutSpacesAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
