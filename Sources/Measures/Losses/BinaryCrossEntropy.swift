/// −t·log p − (1−t)·log(1−p)
///
/// Each class is judged on its own. Probabilities are kept ε away from 0 and 1, where the logarithm
/// is infinite. From logits there is nothing to clip: log(1 + e^(−z)) where t = 1, log(1 + e^z)
/// where t = 0.
struct BinaryCrossEntropy: SeparableLoss {
  var epsilon: Double

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    -log(x.clipped(epsilon).ofTruth(t))
  }

  func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    softplus(z.replacing(with: -z, where: t .== 1))
  }

  static let definition = MeasureDefinition(
    name: "bce",
    title: "binary cross-entropy",
    formula: "−t·log p − (1−t)·log(1−p), p kept ε away from 0 and 1",
    source: "Keras 3, keras/src/backend/*/nn.py: binary_crossentropy",
    parameters: [.init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1")]
  ) { .separable(BinaryCrossEntropy(epsilon: $0["epsilon"])) }
}
