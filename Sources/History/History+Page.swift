internal import Core
internal import Nights
package import Pages
package import Store

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
    let earlier = records.dropLast()
    guard !earlier.isEmpty else { return now.blocks(listingAll: all) }
    let reason = now.nights.first?.newRecord ?? ""
    let begin: Line =
      "The record began anew with \(name: now.nights.first?.label ?? ""), because \(text: reason): numbers before and after are not compared."
    if all {
      return earlier.reversed().reduce(
        [.paragraph(begin)] + now.blocks(listingAll: true)
      ) { blocks, record in
        let nights = record.nights
        return blocks + [
          .section(
            "Before: \(name: nights.first?.label ?? "") to \(name: nights.last?.label ?? "")",
            record.blocks(listingAll: true))
        ]
      }
    }
    let count = earlier.reduce(0) { $0 + $1.nights.count }
    return [
      .paragraph(
        "\(begin) `--all` shows the \(count: count, "night") before it.")
    ] + now.blocks(listingAll: false)
  }

  /// What broke, as far as this night was the one that showed it; for those who are told of news only.
  package func news(of night: Night) -> [String] {
    guard let record = records.last,
      let place = record.nights.firstIndex(where: { $0.number == night.number })
    else { return [] }
    return record.found.filter { $0.point.found == place }
      .map { record.line($0.series, $0.point).plain }
  }
}

extension NightRecord {
  fileprivate func blocks(listingAll all: Bool) -> Page {
    let measured = nights.count { $0.sameAs == nil && $0.counted > 0 }
    var blocks: Page = [
      .paragraph(
        "\(count: nights.count, "night") from \(name: nights.first?.label ?? "") to \(name: nights.last?.label ?? ""), \(count: measured) of them with something new."
      )
    ]
    blocks += changes
    let ends = [nights.first, nights.last].compactMap { $0?.label }
    blocks.append(
      .trends(
        ([headline] + classes).map { series in
          Trend(
            series.title, values: series.values, changes: series.points.map(\.after), ends: ends,
            isFlagged: ["HIDDEN", "MUTED", "EXPOSED"].contains(series.verdict ?? ""))
        }))
    let shown = all ? nights[...] : nights.suffix(14)
    var table = Table(
      ["night", "run", "exit", "verdict", "headline", "images", "counted"], textColumns: 4)
    for night in shown {
      table.add([
        "\(name: night.label)", "\(night.number)", "\(night.exitCode)",
        "\(name: night.verdict ?? "–")", "\(night.value)",
        "\(count: night.used) of \(count: night.images)",
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
    let rate: Line =
      "(a test of the last two and three nights against the level before; where nights differ by chance alone, \(text: shortest(ChangePoints.falseAlarmsPerYear)) false alarms a year and class)"
    guard !found.isEmpty else {
      return [.paragraph("Nothing broke \(rate).")]
    }
    return [
      .paragraph("What broke \(rate):"), .list(found.map { line($0.series, $0.point) }),
    ]
  }

  /// The latest first, and of one night the largest step.
  fileprivate var found: [(series: NightSeries, point: ChangePoint)] {
    ([headline] + classes).flatMap { series in
      series.points.map { (series: series, point: $0) }
    }.sorted { a, b in
      let (one, other) = (a.point, b.point)
      guard one.after == other.after else { return one.after > other.after }
      return (one.to - one.from).magnitude > (other.to - other.from).magnitude
    }
  }

  fileprivate func line(_ series: NightSeries, _ point: ChangePoint) -> Line {
    let what: Line = point.kind == .drift ? "drifted until" : "broke"
    let between: Line =
      "between \(name: nights[point.before].label) and \(name: nights[point.after].label)"
    let levels: Line =
      "\(point.from) → \(point.to), \(point.standardErrors) standard errors"
    let headline: Line =
      series.isHeadline
      ? "" : headlineMoved(with: point) ? "; the headline moved too" : "; the headline did not move"
    return "\(series.title) \(what) \(between): \(levels)\(headline)"
  }
}

extension NightSeries {
  /// With what its values are.
  fileprivate var title: Line {
    if isHeadline { return "headline \(name: name)" }
    return "\(name: name) (\(text: isBadness ? "badness, 0 is perfect" : "IoU, 1 is perfect"))"
  }
}
