/// (p − t)² in double precision
///
/// The same as `mse` up to the last digits: there 1 − p is formed in single precision, as Keras and
/// PyTorch do it.
struct Brier: SeparableLoss {
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let error = x.inDoublePrecision.p - t
    return error * error
  }

  var pull: Pull { .towardsTruth }

  /// 2·(p − t)·p·(1 − p)
  func slope(_ x: Probability, _ t: Lanes) -> Lanes { 2 * x.slopeOfCrossEntropy(t) * x.p * x.q }

  func isClipped(fromLogits: Bool) -> Bool { false }

  static let definition = MeasureDefinition(
    name: "brier",
    title: "Brier score",
    formula: "(p − t)² in double precision",
    source: "scikit-learn 1.9, sklearn/metrics/_classification.py: brier_score_loss; Brier 1950"
  ) { _ in .separable(Brier()) }
}
