/// How many of a class's probabilities are exactly 0 or exactly 1, on its own pixels and on the
/// others.
///
/// There a logarithm is infinite or nothing at all, and a wrong one costs what the framework's clip
/// says.
package struct SaturatedCounts: ColumnStatistic {
  package var ownAtZero: Int
  package var ownAtOne: Int
  package var otherAtZero: Int
  package var otherAtOne: Int

  package init(
    ownAtZero: Int = 0, ownAtOne: Int = 0, otherAtZero: Int = 0, otherAtOne: Int = 0
  ) {
    self.ownAtZero = ownAtZero
    self.ownAtOne = ownAtOne
    self.otherAtZero = otherAtZero
    self.otherAtOne = otherAtOne
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("own_at_0_px", &ownAtZero, "own pixels whose probability is exactly 0")
    column("own_at_1_px", &ownAtOne)
    column("other_at_0_px", &otherAtZero)
    column("other_at_1_px", &otherAtOne)
  }

  package static let zero = SaturatedCounts()

  package static func + (a: SaturatedCounts, b: SaturatedCounts) -> SaturatedCounts {
    SaturatedCounts(
      ownAtZero: a.ownAtZero + b.ownAtZero, ownAtOne: a.ownAtOne + b.ownAtOne,
      otherAtZero: a.otherAtZero + b.otherAtZero, otherAtOne: a.otherAtOne + b.otherAtOne)
  }

  package var all: Int { ownAtZero + ownAtOne + otherAtZero + otherAtOne }
  package var wrong: Int { ownAtZero + otherAtOne }
}
