internal import Core
internal import Nights
package import Pages
internal import Store

extension [History] {
  /// The trends, and what broke, for people.
  ///
  /// - Parameter all: whether all nights of a record are listed, and not only the last.
  package func page(listingAll all: Bool) -> Page {
    [.title("Nights")]
      + (isEmpty
        ? [.paragraph("No run is remembered yet.")]
        : flatMap { history in
          [.section("\(name: history.series)", history.blocks(listingAll: all))]
        })
  }
}

extension History {
  fileprivate func blocks(listingAll all: Bool) -> Page {
    guard let now = records.last else { return [] }
    var blocks: Page = []
    if records.count > 1, let begin = now.nights.first, let reason = begin.newRecord {
      blocks.append(
        .paragraph(
          "The record began anew with \(name: begin.label), because \(name: reason): numbers before and after are not compared. Earlier records are in `unmask history --csv`."
        ))
    }
    let measured = now.nights.count { $0.sameAs == nil && $0.counted > 0 }
    blocks.append(
      .paragraph(
        "\(count: now.nights.count, "night") from \(name: now.nights.first?.label ?? "") to \(name: now.nights.last?.label ?? ""), \(count: measured) of them with something new."
      ))
    blocks += now.changes
    let ends = [now.nights.first, now.nights.last].compactMap { $0?.label }
    blocks.append(
      .trends(
        ([now.headline] + now.classes).map { series in
          Trend(
            series.title, values: series.values, changes: series.points.map(\.after), ends: ends,
            isFlagged: ["HIDDEN", "MUTED", "EXPOSED"].contains(series.verdict ?? ""))
        }))
    let shown = all ? now.nights[...] : now.nights.suffix(14)
    var table = Table(
      ["night", "exit", "verdict", "headline", "images", "counted"], textColumns: 3)
    for night in shown {
      table.add([
        "\(name: night.label)", "\(night.exitCode)", "\(name: night.verdict ?? "–")",
        "\(night.value)", "\(count: night.used) of \(count: night.images)",
        night.sameAs == nil ? "\(count: night.counted)" : "unchanged",
      ])
    }
    blocks.append(.table(table))
    return blocks
  }
}

extension NightRecord {
  /// What broke, the last first.
  fileprivate var changes: Page {
    let measured = nights.count { $0.sameAs == nil && $0.counted > 0 }
    guard measured > ChangePoints.firstReference else {
      return [
        .paragraph(
          "A change point can be found from the \(ChangePoints.firstReference + 2)th night with something new on."
        )
      ]
    }
    let found = ([headline] + classes).flatMap { series in
      series.points.map { (series: series, point: $0) }
    }.sorted { $0.point.after > $1.point.after }
    let rate: Line =
      "(a test of the last two and three nights against the level before; where nights differ by chance alone, \(ChangePoints.falseAlarmsPerYear) false alarms a year and class)"
    guard !found.isEmpty else {
      return [.paragraph("Nothing broke \(rate).")]
    }
    return [
      .paragraph("What broke \(rate):"), .list(found.map { line($0.series, $0.point) }),
    ]
  }

  private func line(_ series: NightSeries, _ point: ChangePoint) -> Line {
    let what: Line = point.kind == .drift ? "drifted until" : "broke"
    let between: Line =
      "between \(name: nights[point.before].label) and \(name: nights[point.after].label)"
    let levels: Line =
      "\(series.unit) \(point.from) → \(point.to), \(point.standardErrors) standard errors"
    let headline: Line =
      series.isHeadline
      ? "" : headlineMoved(with: point) ? "; the headline moved too" : "; the headline did not move"
    return "\(series.title) \(what) \(between): \(levels)\(headline)"
  }
}

extension NightSeries {
  fileprivate var title: Line { isHeadline ? "headline \(name: name)" : "\(name: name)" }

  /// What its values are.
  fileprivate var unit: Line { isHeadline ? "" : isBadness ? "badness" : "IoU" }
}
