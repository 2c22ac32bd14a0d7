/// The sums over pixels that soft overlap losses are made of: p is the probability, t the truth.
package struct SoftSums: ColumnStatistic {
  /// Σ p
  package var predicted = ExactSum.zero
  /// Σ p·t
  package var both = ExactSum.zero
  /// Σ min(p, t), which is Σ p·t where the truth is yes or no.
  package var common = ExactSum.zero
  /// Σ p²
  package var predictedSquared = ExactSum.zero
  /// Σ p²·t
  package var bothSquared = ExactSum.zero
  /// Σ t
  package var truth = ExactSum.zero
  /// Σ t², which is Σ t where the truth is yes or no.
  package var truthSquared = ExactSum.zero

  package init(
    predicted: ExactSum = .zero, both: ExactSum = .zero, common: ExactSum = .zero,
    predictedSquared: ExactSum = .zero, bothSquared: ExactSum = .zero, truth: ExactSum = .zero,
    truthSquared: ExactSum = .zero
  ) {
    self.predicted = predicted
    self.both = both
    self.common = common
    self.predictedSquared = predictedSquared
    self.bothSquared = bothSquared
    self.truth = truth
    self.truthSquared = truthSquared
  }

  /// Of a truth of yes and no.
  ///
  /// - Parameter truth: the class's own pixels.
  package init(
    predicted: ExactSum = .zero, both: ExactSum = .zero, predictedSquared: ExactSum = .zero,
    bothSquared: ExactSum = .zero, truth: Int
  ) {
    let truth = ExactSum(near: 1) * truth
    self.init(
      predicted: predicted, both: both, common: both, predictedSquared: predictedSquared,
      bothSquared: bothSquared, truth: truth, truthSquared: truth)
  }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    column("predicted", &predicted, "sum of p; units of 2^-60, 16 bytes, big-endian")
    column("both", &both, "sum of p t")
    column("common", &common, "sum of min(p, t)")
    column("predicted_squared", &predictedSquared, "sum of p^2")
    column("both_squared", &bothSquared, "sum of p^2 t")
    column("truth", &truth, "sum of t")
    column("truth_squared", &truthSquared, "sum of t^2")
  }

  package static let zero = SoftSums()

  package static func + (a: SoftSums, b: SoftSums) -> SoftSums {
    SoftSums(
      predicted: a.predicted + b.predicted, both: a.both + b.both, common: a.common + b.common,
      predictedSquared: a.predictedSquared + b.predictedSquared,
      bothSquared: a.bothSquared + b.bothSquared, truth: a.truth + b.truth,
      truthSquared: a.truthSquared + b.truthSquared)
  }
}
