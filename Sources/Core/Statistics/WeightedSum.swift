/// A `LossSum` in which every pixel counts its sample weight.
package struct WeightedSum: ColumnStatistic {
  /// Σ w·loss over the class's own pixels, and over all others.
  package var positive = ExactSum.zero
  package var negative = ExactSum.zero
  /// Σ w of the same pixels.
  package var positiveWeight = ExactSum.zero
  package var negativeWeight = ExactSum.zero

  package init(
    positive: ExactSum = .zero, negative: ExactSum = .zero, positiveWeight: ExactSum = .zero,
    negativeWeight: ExactSum = .zero
  ) {
    self.positive = positive
    self.negative = negative
    self.positiveWeight = positiveWeight
    self.negativeWeight = negativeWeight
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("own", &positive, "as in loss_sum, each pixel times its sample weight")
    column("other", &negative)
    column("own_weight", &positiveWeight, "sum of the same pixels' weights")
    column("other_weight", &negativeWeight)
  }

  package static let zero = WeightedSum()

  package static func + (a: WeightedSum, b: WeightedSum) -> WeightedSum {
    WeightedSum(
      positive: a.positive + b.positive, negative: a.negative + b.negative,
      positiveWeight: a.positiveWeight + b.positiveWeight,
      negativeWeight: a.negativeWeight + b.negativeWeight)
  }
}
