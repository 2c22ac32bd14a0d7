/// −t·log p − (1−t)·log(1−p), p kept away from 0 and 1 by the machine epsilon of its type
///
/// scikit-learn clips by the type of its input: a saturated wrong pixel costs 15.94 in float32 (2⁻²³)
/// and 36.04 in float64 (2⁻⁵²). Levels are taken as divided in float64, as NumPy divides them.
struct LogLoss: SeparableLoss {
  /// How far p is kept from 0 and 1; `nil` where the type of the file decides.
  var epsilon: Double?

  var pull: Pull { .difference }

  func slope(_ x: Probability, _ t: Lanes) -> Lanes { x.slopeOfCrossEntropy(t) }

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    -log(x.inDoublePrecision.clipped(epsilon ?? x.precision.machineEpsilon).ofTruth(t))
  }

  static let definition = MeasureDefinition(
    name: "log-loss",
    title: "log loss of scikit-learn",
    formula:
      "−t·log p − (1−t)·log(1−p), p kept ε away from 0 and 1: 2⁻²³ in float32, 2⁻⁵² in float64 and of levels",
    source: "scikit-learn 1.9, sklearn/metrics/_classification.py: log_loss",
    parameters: [.machineEpsilon]
  ) { .separable(LogLoss(epsilon: $0[optional: "epsilon"])) }
}

extension MeasureDefinition.Parameter {
  /// Of numbers that are given in another type than the file has.
  static let machineEpsilon = Self(
    "epsilon", nil, in: 1e-45...0.5, "the distance kept from 0 and 1, whatever the file's type")
}
