internal import Core

/// Columns that are aligned by spaces, for a terminal.
///
/// A column in which nothing stands is left out, its heading too.
struct TextTable {
  private var rows: [[String]]
  private let textColumns: Int

  /// - Parameter textColumns: how many columns start at the left; the others are numbers.
  init(_ columns: [String], textColumns: Int = 1) {
    rows = [columns]
    self.textColumns = textColumns
  }

  mutating func add(_ cells: [String?]) { rows.append(cells.map { $0 ?? "" }) }

  /// Each line two spaces in.
  func text(hasHeading: Bool = true) -> String {
    let used = rows[0].indices.filter { column in
      rows.dropFirst().contains { !$0[column].isEmpty }
    }
    let widths = used.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.dropFirst(hasHeading ? 0 : 1).map { row in
      let cells = zip(used, widths).map { column, width in
        let space = String(repeating: " ", count: width - row[column].count)
        return column < textColumns ? row[column] + space : space + row[column]
      }
      return indented(cells.joined(separator: "  ").trimmingTrailingSpace)
    }.joined()
  }
}

/// One line, two spaces in.
func indented(_ line: String) -> String { "  \(line)\n" }

/// `classes, pixels and images`
func enumerated(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + last
}

/// Numbers with as few digits as tell them apart, at least three; as they are where that takes more
/// than a log can have.
func apart(_ values: [Double]) -> [String] {
  let short = values.map { Figure.text($0) }
  if Set(short).count == Set(values).count { return short }
  return decimalsApart(values)?.printed ?? values.map(shortest)
}

/// With how many decimals a log would print different numbers differently; `nil` where more than 15
/// are needed.
func decimalsApart(_ values: [Double]) -> (decimals: Int, printed: [String])? {
  for decimals in 1...15 {
    let printed = values.map { fixed($0, decimals) }
    if Set(printed).count == Set(values).count { return (decimals, printed) }
  }
  return nil
}

/// A number with so many decimals, as a log prints it.
private func fixed(_ x: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (x.magnitude * scale).rounded()
  guard scaled < 0x1p53 else { return shortest(x) }
  let digits = String(Int64(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return "\(x < 0 ? "−" : "")\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
}

extension String {
  fileprivate var trimmingTrailingSpace: String {
    var trimmed = self
    while trimmed.last == " " { trimmed.removeLast() }
    return trimmed
  }
}
