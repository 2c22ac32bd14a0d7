internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

extension ComparisonReport {
  /// One screen for a terminal or a log.
  package func summary(written place: String?) -> String {
    var lines: [(String, String)] = [
      ("A", printable(runs.before)),
      ("B", printable(runs.after)),
      ("images", "\(Figure.count(pairing.paired)) that both have"),
    ]
    lines += unpairedLines.map { ("", $0.plain) }
    lines += notes.map { ("note", printable($0.text)) }
    if !pairing.changedTruth.isEmpty {
      lines.append(("truth", "not the same in \(Self.line(pairing.changedTruth).plain)"))
    }
    let headline = comparison.headline
    lines.append(
      (
        "headline",
        "\(headline.title): \(Self.line(comparison.printed).plain): \(headlineOutcome)"
      ))
    if let scaleLine, comparison.direction != 0 { lines.append(("", scaleLine.plain)) }
    if let splitLine { lines.append(("", splitLine.plain)) }
    var text = Self.aligned(lines)
    text += "\n" + classTable
    let missed = comparison.missed
    text += "\n\(missedTitle.plain)\(missed.isEmpty ? nothingLine.plain : "")\n"
    for missed in missed.prefix(Self.shownMissed) { text += "* \(missed.sentence.plain)\n" }
    let left = missed.count - Self.shownMissed
    if left > 0 { text += "* … and \(left) more: see --out\n" }
    let checks = GateAccount(gates: gates).lines
    if !checks.isEmpty { text += "\n\(checks.joined(separator: "\n"))\n" }
    if let place { text += "\n" + Self.aligned([("report", printable(place))]) }
    return text
  }

  private static let shownClasses = 20
  private static let shownMissed = 6

  private static func aligned(_ lines: [(String, String)]) -> String {
    lines.map { key, value in
      key + String(repeating: " ", count: 10 - key.count) + value + "\n"
    }.joined()
  }

  /// Worst first; the classes of most runs fit a screen.
  private var classTable: String {
    let title = comparison.headline.poor.measure.definition.title
    var rows = [
      ["class", "\(title) A", "\(title) B", "difference", "p", "", "headline", "verdict"]
    ]
    for (change, before, after) in self.rows.prefix(Self.shownClasses) {
      rows.append([
        printable(change.name), Figure.text(change.score.before), Figure.text(change.score.after),
        Self.differenceLine(change.score).plain, Figure.text(change.pValue),
        change.outcome?.rawValue ?? "–", Figure.signed(change.part),
        Self.verdictText(before, after),
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let text = rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return String(cells.joined(separator: "  ").trimmingSpaceAtEnd) + "\n"
    }.joined()
    let left = self.rows.count - Self.shownClasses
    return left > 0 ? text + "… and \(left) more classes: see --out\n" : text
  }
}

extension String {
  fileprivate var trimmingSpaceAtEnd: Substring {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return text
  }
}
