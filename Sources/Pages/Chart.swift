/// Numbers as a picture: a row for each thing, and in it a bar, a range, points or ticks on one scale.
package struct Chart: Hashable, Sendable, Codable {
  package var title: Line
  /// What to see in it.
  package var about: Line
  /// What a row is: `class`.
  package var unit: String
  package var rows: [Row]
  package var scale: Scale
  /// Drawn across all rows, as of what counts as poor.
  package var limit: Double?
  /// What the points of a row are; empty where there are none.
  package var series: [String]
  /// Of which of them the number stands beside a row; the last where that is not said.
  package var told: Int?
  /// Whether its numbers are shares, shown in percent.
  package var areShares: Bool

  package init(
    _ title: Line, about: Line, unit: String, rows: [Row], scale: Scale, limit: Double? = nil,
    series: [String] = [], told: Int? = nil, areShares: Bool = false
  ) {
    self.title = title
    self.about = about
    self.unit = unit
    self.rows = rows
    self.scale = scale
    self.limit = limit
    self.series = series
    self.told = told
    self.areShares = areShares
  }

  package struct Row: Hashable, Sendable, Codable {
    package var name: Line
    /// What the reader should look at.
    package var isFlagged: Bool
    /// From 0 on.
    package var bar: Double?
    package var low: Double?
    package var high: Double?
    /// One a series.
    package var points: [Double?]
    /// One an image.
    package var ticks: [Double]

    package init(
      _ name: Line, isFlagged: Bool = false, bar: Double? = nil, low: Double? = nil,
      high: Double? = nil, points: [Double?] = [], ticks: [Double] = []
    ) {
      self.name = name
      self.isFlagged = isFlagged
      self.bar = bar
      self.low = low
      self.high = high
      self.points = points
      self.ticks = ticks
    }
  }

  package enum Scale: String, Sendable, Codable {
    /// From 0, or the least, to the largest.
    case linear
    /// From 0 to 1.
    case unit
    /// Powers of ten; what is 0 stands at the left end.
    case logarithmic
  }
}

extension Chart {
  /// The series whose number stands beside a row.
  var toldSeries: Int { told ?? series.count - 1 }

  /// So many rows are drawn; the table has all.
  package static let shownRows = 20

  /// The numbers, for whoever does not see the picture or wants them.
  package var table: Table {
    let hasBars = rows.contains { $0.bar != nil }
    let hasRanges = rows.contains { $0.low != nil || $0.high != nil }
    let hasTicks = rows.contains { !$0.ticks.isEmpty }
    var table = Table(
      [.text(unit)] + (hasBars ? ["value"] : []) + (hasRanges ? ["from", "to"] : [])
        + series.map { .text($0) } + (hasTicks ? ["images", "least", "median", "largest"] : []))
    for row in rows {
      let ticks = row.ticks.sorted()
      let points = series.indices.map { row.points.indices.contains($0) ? row.points[$0] : nil }
      table.add(
        [row.name] + (hasBars ? [cell(row.bar)] : [])
          + (hasRanges ? [cell(row.low), cell(row.high)] : []) + points.map(cell)
          + (hasTicks
            ? [
              "\(count: ticks.count)", cell(ticks.first),
              cell(ticks.isEmpty ? nil : ticks[(ticks.count - 1) / 2]), cell(ticks.last),
            ] : []))
    }
    return table
  }

  private func cell(_ number: Double?) -> Line { areShares ? "\(percent: number)" : "\(number)" }
}
