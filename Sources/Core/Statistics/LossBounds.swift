/// The least and the most that one class's losses may have been before its probabilities were
/// rounded to the levels of a plane.
///
/// The pixels are those of the `LossSum` beside it.
package struct LossBounds: ColumnStatistic {
  package var low: SplitSum
  package var high: SplitSum

  package init(low: SplitSum = .zero, high: SplitSum = .zero) {
    self.low = low
    self.high = high
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column(
      "low_own", &low.own,
      "the least that the sums may have been before planes were rounded to levels")
    column("low_other", &low.other)
    column("high_own", &high.own, "and the most")
    column("high_other", &high.other)
  }

  package static let zero = LossBounds()

  package static func + (a: LossBounds, b: LossBounds) -> LossBounds {
    LossBounds(low: a.low + b.low, high: a.high + b.high)
  }
}
