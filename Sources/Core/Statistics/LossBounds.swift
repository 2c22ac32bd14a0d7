/// The least and the most that one class's losses may have been before its probabilities were
/// rounded to the levels of a plane.
///
/// The pixels are those of the `LossSum` beside it.
package struct LossBounds: Statistic {
  package var low: SplitSum
  package var high: SplitSum

  package init(low: SplitSum = .zero, high: SplitSum = .zero) {
    self.low = low
    self.high = high
  }

  package static let zero = LossBounds()

  package static func + (a: LossBounds, b: LossBounds) -> LossBounds {
    LossBounds(low: a.low + b.low, high: a.high + b.high)
  }
}
