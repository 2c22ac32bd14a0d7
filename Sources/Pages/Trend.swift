internal import Core

/// One number over time: a row of values in order, some of which there may be none of.
package struct Trend: Hashable, Sendable, Codable {
  package var name: Line
  package var values: [Double?]
  /// At which values another level begins.
  package var changes: [Int]
  /// What stands under the ends, as the first and last day.
  package var ends: [String]
  /// What the reader should look at.
  package var isFlagged: Bool

  package init(
    _ name: Line, values: [Double?], changes: [Int] = [], ends: [String] = [],
    isFlagged: Bool = false
  ) {
    self.name = name
    self.values = values
    self.changes = changes
    self.ends = ends
    self.isFlagged = isFlagged
  }
}

extension Trend {
  /// Of more values the last are shown where only letters can be.
  private static let shownLetters = 40

  /// Eight heights, from the least to the largest; a dot where there is no value.
  package var sparkline: String {
    let shown = values.suffix(Trend.shownLetters)
    let finite = shown.compactMap(\.self).filter(\.isFinite)
    guard let least = finite.min(), let largest = finite.max() else {
      return String(repeating: "·", count: shown.count)
    }
    let letters = Array("▁▂▃▄▅▆▇█")
    return String(
      shown.map { value in
        guard let value, value.isFinite else { return "·" }
        // Where nothing moves, nothing is to be seen.
        guard largest > least else { return letters[0] }
        return letters[Int(((value - least) / (largest - least) * 7).rounded())]
      })
  }

  /// What places without pictures show.
  static func table(of trends: [Trend]) -> Table {
    var table = Table(["", "trend", "least", "largest", "last"], textColumns: 2)
    for trend in trends {
      let finite = trend.values.compactMap(\.self)
      table.add([
        trend.name, .text(trend.sparkline), "\(finite.min())", "\(finite.max())",
        "\(finite.last)",
      ])
    }
    return table
  }
}
