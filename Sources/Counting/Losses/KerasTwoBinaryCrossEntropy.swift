/// log(1 + (1−p)/p) where t = 1, log(1 + p/(1−p)) where t = 0, p kept ε away from 0 and 1
///
/// Keras up to 2.2 makes logits of probabilities again, the quotient in single precision. A right
/// and saturated pixel then costs 1.0e-7 where it is not the class, and 1.2e-7 where it is.
struct KerasTwoBinaryCrossEntropy: SeparableLoss {
  var epsilon: Double

  var castsToSingle: Bool { true }

  var isLinearInTruth: Bool { true }

  var pull: Pull { .difference }

  func slope(_ x: Probability, _ t: Lanes) -> Lanes { x.slopeOfCrossEntropy(t) }

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let clipped = x.clipped(epsilon)
    let odds = clipped.p / clipped.q
    let logit = log(x.precision == .double ? odds : Lanes(widening: odds.single))
    return softplus(logit.replacing(with: -logit, where: t .== 1))
  }

  static let definition = MeasureDefinition(
    name: "keras-2-bce",
    title: "binary cross-entropy of Keras 2.2 and before",
    formula: "−t·log σ(z) − (1−t)·log(1 − σ(z)), z = log(p / (1−p)), p kept ε away from 0 and 1",
    source: "keras 2.2.5, keras/backend/tensorflow_backend.py: binary_crossentropy",
    parameters: [.init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1")]
  ) { .separable(KerasTwoBinaryCrossEntropy(epsilon: $0["epsilon"])) }
}
