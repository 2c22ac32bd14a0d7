/// One class's loss values, added apart for its own pixels and for all others.
///
/// A term is a pixel at which this class's loss is defined: every counted pixel for a loss that
/// judges each class on its own, the class's own pixels for categorical cross-entropy.
package struct LossSum: ColumnStatistic {
  package var positive = ExactSum.zero
  package var negative = ExactSum.zero
  package var positives = 0
  package var negatives = 0

  package init(
    positive: ExactSum = .zero, negative: ExactSum = .zero, positives: Int = 0, negatives: Int = 0
  ) {
    self.positive = positive
    self.negative = negative
    self.positives = positives
    self.negatives = negatives
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column(
      "own", &positive,
      "over the class's own pixels; units of 2^-60, 16 bytes, big-endian")
    column("other", &negative, "over all others")
    column("own_px", &positives)
    column("other_px", &negatives)
  }

  package static let zero = LossSum()

  package static func + (a: LossSum, b: LossSum) -> LossSum {
    LossSum(
      positive: a.positive + b.positive, negative: a.negative + b.negative,
      positives: a.positives + b.positives, negatives: a.negatives + b.negatives)
  }

  package var total: ExactSum { positive + negative }
  package var terms: Int { positives + negatives }
}
