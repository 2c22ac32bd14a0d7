internal import Core

/// What the lines of a list of images name: lists of data sets have paths, endings, and a column for each
/// side, as `leftImg8bit/val/a.png;gtFine/val/a.png`.
struct NameReading {
  private var read = 0
  private var first: (line: String, name: String)?

  /// The image of a line: as it stands, or else its first column, without an ending, without a directory.
  /// What fits no image stays as it stands, and is said to be missing.
  mutating func name(of line: String, among found: Set<String>) -> String {
    if found.contains(line) { return line }
    guard let name = NameReading.readings(of: line).first(where: found.contains) else {
      return line
    }
    read += 1
    first = first ?? (line, name)
    return name
  }

  private static func readings(of line: String) -> [String] {
    let columns =
      [line] + line.split(whereSeparator: { ";,\t ".contains($0) }).prefix(2).map(String.init)
    return columns.flatMap { column in
      let file = column.split(separator: "/").last.map(String.init) ?? column
      return [column, file].flatMap { [$0, $0.withoutEnding] }
    }
  }

  var notes: [String] {
    first.map { line, name in
      [
        "names: \(Figure.count(read, "line")) read as a path or a column: '\(printable(line))' is the image '\(printable(name))'"
      ]
    } ?? []
  }
}

extension String {
  fileprivate var withoutEnding: String {
    guard let point = lastIndex(of: "."), point != startIndex else { return self }
    return String(self[..<point])
  }
}
