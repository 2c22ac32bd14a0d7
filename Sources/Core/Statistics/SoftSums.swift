/// The sums over pixels that soft overlap losses are made of: p is the probability, t the truth.
package struct SoftSums: ColumnStatistic {
  /// Σ p
  package var predicted = ExactSum.zero
  /// Σ p·t
  package var both = ExactSum.zero
  /// Σ p²
  package var predictedSquared = ExactSum.zero
  /// Σ t, which is also Σ t².
  package var truth = 0

  package init(
    predicted: ExactSum = .zero, both: ExactSum = .zero, predictedSquared: ExactSum = .zero,
    truth: Int = 0
  ) {
    self.predicted = predicted
    self.both = both
    self.predictedSquared = predictedSquared
    self.truth = truth
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("predicted", &predicted, "sum of p; units of 2^-60, 16 bytes, big-endian")
    column("both", &both, "sum of p t")
    column("predicted_squared", &predictedSquared, "sum of p^2")
    column("truth_px", &truth)
  }

  package static let zero = SoftSums()

  package static func + (a: SoftSums, b: SoftSums) -> SoftSums {
    SoftSums(
      predicted: a.predicted + b.predicted, both: a.both + b.both,
      predictedSquared: a.predictedSquared + b.predictedSquared, truth: a.truth + b.truth)
  }
}
