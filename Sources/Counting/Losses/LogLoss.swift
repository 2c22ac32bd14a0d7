/// −t·log p − (1−t)·log(1−p) in double precision, p kept 2⁻⁵² away from 0 and 1
///
/// scikit-learn clips by the precision of its input. A plane of 8-bit levels or single precision is
/// widened first, so a saturated wrong pixel costs 36.04 where Keras has 16.12 and PyTorch 100.
struct LogLoss: SeparableLoss {
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    -log(Probability(x.p).clipped(0x1p-52).ofTruth(t))
  }

  static let definition = MeasureDefinition(
    name: "log-loss",
    title: "log loss of scikit-learn",
    formula: "−t·log p − (1−t)·log(1−p) in double precision, p kept 2⁻⁵² away from 0 and 1",
    source: "scikit-learn 1.9, sklearn/metrics/_classification.py: log_loss"
  ) { _ in .separable(LogLoss()) }
}
