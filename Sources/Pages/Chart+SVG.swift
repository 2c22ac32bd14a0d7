internal import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension Chart {
  /// A figure: the picture, what it shows, and its numbers folded away.
  ///
  /// Its colours are presentation attributes, so that it is the same where style sheets are forbidden, as
  /// Jenkins does; text and axes have the colour of the page's own text. The colours of the marks are Okabe
  /// and Ito's, told apart by shape and hatching too.
  func html(_ line: (Line) -> String, _ tableText: String) -> String {
    let shown = Array(rows.prefix(Chart.shownRows))
    let rest =
      rows.count > shown.count
      ? "<p>\(shown.count) of \(rows.count) rows are drawn; the numbers below are all.</p>\n" : ""
    return """
      <figure>
      <figcaption><strong>\(line(title))</strong> \(line(about))</figcaption>
      <div class="chart" tabindex="0" role="region" aria-label="\(attribute(title.bare))">
      \(Drawing(self, shown).svg)</div>
      \(rest)<details>
      <summary>The numbers of this chart</summary>
      \(tableText)</details>
      </figure>

      """
  }

  /// What the marks of flagged rows are filled with; once in a document that has charts.
  static let hatching =
    "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs><pattern id=\"hatching\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#D55E00\"/><rect width=\"2\" height=\"6\" fill=\"#ffffff\" fill-opacity=\"0.55\"/></pattern></defs></svg>\n"
}

/// A chart while it is drawn; lengths are in CSS pixels at the size at which it fills the column.
private struct Drawing {
  let chart: Chart
  let rows: [Chart.Row]
  /// On the scale.
  private let least: Double
  private let largest: Double

  private static let width = 600.0
  private static let labels = 172.0
  private static let numbers = 84.0
  private static let rowHeight = 24.0
  private static let top = 26.0

  private var left: Double { Drawing.labels }
  private var right: Double { Drawing.width - Drawing.numbers - 8 }
  private var bottom: Double { Drawing.top + Double(rows.count) * Drawing.rowHeight }

  init(_ chart: Chart, _ rows: [Chart.Row]) {
    self.chart = chart
    self.rows = rows
    let values =
      rows.flatMap { row in
        ([row.bar, row.low, row.high] + row.points).compactMap(\.self) + row.ticks
      }.filter(\.isFinite) + [chart.limit].compactMap(\.self)
    switch chart.scale {
    case .unit: (least, largest) = (0, 1)
    case .linear:
      let end = values.max() ?? 1
      least = min(0, values.min() ?? 0)
      largest = end > least ? end : least + 1
    case .logarithmic:
      let positive = values.filter { $0 > 0 }
      let low = powerOfTen(atMost: positive.min() ?? 0.1)
      let high = positive.max() ?? 1
      least = low
      largest = high > low ? high : low * 10
    }
  }

  /// Where a value stands, from left to right.
  private func x(_ value: Double) -> Double {
    let share: Double =
      chart.scale == .logarithmic
      ? (value <= least ? 0 : log10(value / least) / log10(largest / least))
      : (value - least) / (largest - least)
    return left + min(1, max(0, share)) * (right - left)
  }

  var svg: String {
    let height = bottom + (chart.series.isEmpty ? 8 : 34)
    var parts = [
      "<svg viewBox=\"0 0 \(px(Drawing.width)) \(px(height))\" width=\"\(px(Drawing.width))\" height=\"\(px(height))\" role=\"img\" aria-label=\"\(attribute(summary))\" font-family=\"system-ui, sans-serif\" font-size=\"14\" fill=\"currentColor\">"
    ]
    parts.append("<title>\(attribute(chart.title.bare))</title>")
    for value in gridValues {
      parts.append(
        "<line x1=\"\(px(x(value)))\" x2=\"\(px(x(value)))\" y1=\"\(px(Drawing.top - 4))\" y2=\"\(px(bottom))\" stroke=\"currentColor\" stroke-opacity=\"0.18\"/>"
      )
      parts.append(text(round(value), at: x(value), Drawing.top - 10, anchor: "middle", size: 12))
    }
    for (index, row) in rows.enumerated() { parts += marks(of: row, at: index) }
    if let limit = chart.limit {
      parts.append(
        "<line x1=\"\(px(x(limit)))\" x2=\"\(px(x(limit)))\" y1=\"\(px(Drawing.top))\" y2=\"\(px(bottom))\" stroke=\"currentColor\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"/>"
      )
    }
    if chart.series.count > 1 {
      // Whose numbers stand below.
      parts.append(
        point(chart.toldSeries, right + 18, Drawing.top - 14, isFlagged: false))
    }
    var place = 8.0
    for (index, name) in chart.series.enumerated() {
      parts.append(point(index, place + 6, bottom + 18, isFlagged: false))
      parts.append(text(name, at: place + 17, bottom + 22, size: 12))
      place += 30 + 6.5 * Double(name.count)
    }
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }

  /// For whoever hears it.
  private var summary: String {
    let flagged = rows.filter(\.isFlagged).map(\.name.bare)
    return chart.title.bare
      + (flagged.isEmpty ? "" : "; to look at: \(flagged.joined(separator: ", "))")
  }

  private func marks(of row: Chart.Row, at index: Int) -> [String] {
    let middle = Drawing.top + (Double(index) + 0.5) * Drawing.rowHeight
    let colour = row.isFlagged ? "#D55E00" : "#0072B2"
    let weight = row.isFlagged ? " font-weight=\"700\"" : ""
    var parts = [
      "<text x=\"\(px(left - 10))\" y=\"\(px(middle + 4.5))\" text-anchor=\"end\"\(weight)>\(attribute(shortened(row.name.bare)))<title>\(attribute(row.name.bare))</title></text>"
    ]
    if let bar = row.bar {
      let (from, to) = (x(max(0, least)), x(bar))
      let fill = row.isFlagged ? "url(#hatching)" : colour
      parts.append(
        "<rect x=\"\(px(min(from, to)))\" y=\"\(px(middle - 7))\" width=\"\(px(max(1, (to - from).magnitude)))\" height=\"14\" fill=\"\(fill)\"/>"
      )
    }
    for (tick, count) in counted(row.ticks) {
      if count > 2 {
        parts.append(text("\(count)×", at: x(tick) + 3, middle - 2, size: 11))
      }
      parts.append(
        "<line x1=\"\(px(x(tick)))\" x2=\"\(px(x(tick)))\" y1=\"\(px(middle - 8))\" y2=\"\(px(middle + 8))\" stroke=\"\(colour)\" stroke-width=\"1.5\" stroke-opacity=\"0.55\"/>"
      )
    }
    if let low = row.low, let high = row.high {
      let (from, to) = (x(low), x(high))
      parts.append(
        "<path d=\"M\(px(from)) \(px(middle - 5))V\(px(middle + 5))M\(px(from)) \(px(middle))H\(px(max(to, from + 1)))M\(px(to)) \(px(middle - 5))V\(px(middle + 5))\" stroke=\"currentColor\" stroke-width=\"1.5\" fill=\"none\"/>"
      )
    }
    let places = row.points.compactMap(\.self).map(x)
    if let first = places.min(), let last = places.max(), last > first {
      parts.append(
        "<line x1=\"\(px(first))\" x2=\"\(px(last))\" y1=\"\(px(middle))\" y2=\"\(px(middle))\" stroke=\"currentColor\" stroke-opacity=\"0.45\"/>"
      )
    }
    for (series, value) in row.points.enumerated() {
      if let value { parts.append(point(series, x(value), middle, isFlagged: row.isFlagged)) }
    }
    let told = chart.toldSeries
    if let value = row.bar ?? (row.points.indices.contains(told) ? row.points[told] : nil) {
      parts.append(text(number(value), at: right + 10, middle + 4.5))
    } else if let low = row.low, let high = row.high {
      parts.append(text(low == high ? number(low) : "", at: right + 10, middle + 4.5))
    }
    return parts
  }

  /// Ticks that cannot be told apart, and how many they are.
  private func counted(_ ticks: [Double]) -> [(Double, Int)] {
    ticks.sorted().reduce(into: []) { groups, tick in
      if let last = groups.last, x(tick) - x(last.0) < 0.5 {
        groups[groups.count - 1].1 += 1
      } else {
        groups.append((tick, 1))
      }
    }
  }

  /// A ring, a disc, a diamond.
  private func point(_ series: Int, _ x: Double, _ y: Double, isFlagged: Bool) -> String {
    let colour = isFlagged ? "#D55E00" : "#0072B2"
    return switch series {
    case 0 where chart.series.count > 1:
      "<circle cx=\"\(px(x))\" cy=\"\(px(y))\" r=\"4.5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
    case 2:
      "<path d=\"M\(px(x)) \(px(y - 6))L\(px(x + 6)) \(px(y))L\(px(x)) \(px(y + 6))L\(px(x - 6)) \(px(y))Z\" fill=\"\(colour)\"/>"
    default: "<circle cx=\"\(px(x))\" cy=\"\(px(y))\" r=\"5\" fill=\"\(colour)\"/>"
    }
  }

  private func text(
    _ text: String, at x: Double, _ y: Double, anchor: String = "start", size: Int = 14
  ) -> String {
    "<text x=\"\(px(x))\" y=\"\(px(y))\" text-anchor=\"\(anchor)\" font-size=\"\(size)\">\(attribute(text))</text>"
  }

  private func number(_ value: Double) -> String {
    chart.areShares ? Figure.percent(value) : Figure.text(value)
  }

  /// A number of the scale has few digits of its own.
  private func round(_ value: Double) -> String {
    let digits = Double(Float(chart.areShares ? value * 100 : value).description) ?? value
    return shortest(digits) + (chart.areShares ? " %" : "")
  }

  /// Four to six round numbers.
  private var gridValues: [Double] {
    if chart.scale == .logarithmic {
      var values: [Double] = []
      var value = least
      while value <= largest * 1.0001, values.count < 12 {
        values.append(value)
        value *= 10
      }
      return values
    }
    let rough = (largest - least) / 4
    let power = powerOfTen(atMost: rough)
    let step = power * ([1.0, 2, 5].last { $0 * power <= rough } ?? 1)
    let first = (least / step).rounded(.up)
    return (0..<8).map { (first + Double($0)) * step }.filter { $0 <= largest + step * 1e-9 }
  }
}

/// Short enough for the column of names.
private func shortened(_ name: String) -> String {
  name.count <= 20 ? name : "\(name.prefix(11))…\(name.suffix(8))"
}

/// With at most one decimal.
private func px(_ length: Double) -> String { shortest((length * 10).rounded() / 10) }

private func powerOfTen(atMost value: Double) -> Double {
  guard value > 0, value.isFinite else { return 1 }
  var power = 1.0
  while power > value { power /= 10 }
  while power * 10 <= value { power *= 10 }
  return power
}

private func attribute(_ text: String) -> String { escapedHTML(text) }
