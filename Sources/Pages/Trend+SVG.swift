internal import Core

extension Trend {
  private static let (width, height, margin) = (600.0, 64.0, 6.0)
  /// Where the least and the largest value stand.
  private static let scale = 52.0

  /// A line through the values, broken where there is none, and a mark where another level begins. Colours are
  /// presentation attributes, as in charts.
  func html(_ line: (Line) -> String) -> String {
    let finite = values.compactMap(\.self).filter(\.isFinite)
    let (least, largest) = (finite.min() ?? 0, finite.max() ?? 1)
    func x(_ index: Int) -> Double {
      let room = Trend.width - Trend.scale - 2 * Trend.margin
      return Trend.scale + Trend.margin + Double(index) * room / Double(max(1, values.count - 1))
    }
    func y(_ value: Double) -> Double {
      let share = largest > least ? (value - least) / (largest - least) : 0.5
      return Trend.height - Trend.margin - share * (Trend.height - 2 * Trend.margin)
    }
    var pieces: [[(index: Int, value: Double)]] = [[]]
    for (index, value) in values.enumerated() {
      if let value, value.isFinite {
        pieces[pieces.count - 1].append((index, value))
      } else if pieces.last?.isEmpty == false {
        pieces.append([])
      }
    }
    let color = isFlagged ? "#D55E00" : "#0072B2"
    var svg = ""
    // Where nothing moves there is one value, in the middle.
    let marks =
      finite.isEmpty
      ? [] : largest > least ? [(largest, y(largest)), (least, y(least))] : [(least, y(least))]
    for (value, place) in marks {
      svg +=
        "<text x=\"\(text(Trend.scale))\" y=\"\(text(place + 4))\" text-anchor=\"end\" font-size=\"11\" fill=\"currentColor\">\(escapedHTML(Figure.text(value)))</text>"
        + "<line x1=\"\(text(Trend.scale + Trend.margin))\" x2=\"\(text(Trend.width - Trend.margin))\" y1=\"\(text(place))\" y2=\"\(text(place))\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>"
    }
    for index in changes where values.indices.contains(index) {
      let place = x(index) - (index > 0 ? (x(index) - x(index - 1)) / 2 : 0)
      svg +=
        "<line x1=\"\(text(place))\" x2=\"\(text(place))\" y1=\"0\" y2=\"\(text(Trend.height))\" stroke=\"#D55E00\" stroke-dasharray=\"3 3\"/>"
    }
    for piece in pieces where !piece.isEmpty {
      let points = piece.map { "\(text(x($0.index))),\(text(y($0.value)))" }
      svg +=
        piece.count > 1
        ? "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\"/>"
        : "<circle cx=\"\(text(x(piece[0].index)))\" cy=\"\(text(y(piece[0].value)))\" r=\"2.5\" fill=\"\(color)\"/>"
    }
    let span =
      "\(Figure.text(finite.min())) to \(Figure.text(finite.max())), last \(Figure.text(finite.last))"
    let ends = self.ends.isEmpty ? "" : "; \(self.ends.joined(separator: " to "))"
    return """
      <figure>
      <figcaption><strong>\(line(name))</strong> \(escapedHTML(span + ends))</figcaption>
      <div class="chart" tabindex="0" role="img" aria-label="\(escapedHTML(name.plain)): \(escapedHTML(span))">
      <svg viewBox="0 0 \(text(Trend.width)) \(text(Trend.height))" width="\(text(Trend.width))">\(svg)</svg></div>
      </figure>

      """
  }

  /// Tenths of a pixel are enough.
  private func text(_ length: Double) -> String { shortest((length * 10).rounded() / 10) }
}
