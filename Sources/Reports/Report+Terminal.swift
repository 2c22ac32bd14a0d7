internal import Core
internal import Counting
internal import Diagnosis
package import Pages

extension Report {
  /// The classes for somebody who watches: those that fail first, with a bar of the score by which they are
  /// judged.
  package func classTable(_ style: TerminalStyle) -> String {
    guard inputs.used > 0, !setUp.withholdVerdict else { return "" }
    let rule = headline.headline.poor
    let rows = failingFirst.prefix(Report.tableRows).map { found in
      Row(
        name: shortened(printable(found.name), style), color: found.verdict?.color,
        verdict: found.verdict?.rawValue ?? found.state.rawValue,
        score: found.badness.map { 1 - $0 }, recall: Figure.text(found.overlap.recall),
        pixels: Figure.percent(found.pixelShare))
    }
    let title = Row(
      name: "class", verdict: "verdict", score: nil, recall: "recall", pixels: "pixels")
    let all = [title] + rows
    func width(_ column: (Row) -> String) -> Int { all.map { column($0).count }.max() ?? 0 }
    let widths = (width(\.name), width(\.verdict), width(\.recall), width(\.pixels))
    let scores = ([rule.measure.definition.title] + rows.map { Figure.text($0.score) })
    let scoreWidth = scores.map(\.count).max() ?? 0
    let taken = widths.0 + widths.1 + widths.2 + widths.3 + scoreWidth + 10
    let length = min(24, style.width - taken)
    let lines = zip(all, scores).enumerated().map { index, pair in
      let (row, score) = pair
      let bar =
        length < 8
        ? ""
        : "  "
          + (index == 0
            ? String(repeating: " ", count: length)
            : style.colored(style.bar(row.score ?? 0, length: length), row.color))
      let text =
        row.name.padded(to: widths.0) + "  "
        + style.colored(row.verdict.padded(to: widths.1), row.color) + bar + "  "
        + leading(score, scoreWidth) + "  " + leading(row.recall, widths.2) + "  "
        + leading(row.pixels, widths.3)
      return text + "\n"
    }
    let left = headline.classes.count - rows.count
    let rest =
      left > 0 ? "and \(Figure.count(left, "more class", "more classes")): see the report\n" : ""
    return lines.joined() + rest + "\n"
  }

  private static let tableRows = 20

  private struct Row {
    var name: String
    var color: TerminalStyle.Color?
    var verdict: String
    var score: Double?
    var recall: String
    var pixels: String
  }

  private func shortened(_ name: String, _ style: TerminalStyle) -> String {
    let most = max(8, style.width / 4)
    return name.count <= most ? name : name.prefix(most - 1) + (style.hasUnicode ? "…" : "~")
  }

  private func leading(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension Verdict {
  fileprivate var color: TerminalStyle.Color? {
    switch self {
    case .hidden: .red
    case .muted, .exposed: .yellow
    case .ok: .green
    case .undetermined: .blue
    }
  }
}
