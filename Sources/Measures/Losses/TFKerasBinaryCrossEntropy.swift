/// −t·log(p + ε) − (1−t)·log(1 − p + ε), p kept ε away from 0 and 1 as well
///
/// tf.keras 2.x adds ε once more inside the logarithm, in single precision: a saturated wrong pixel
/// costs 15.42 or 15.33 where Keras 3 has 16.12 or 15.94.
struct TFKerasBinaryCrossEntropy: SeparableLoss {
  var epsilon: Double

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let given = x.clipped(epsilon).ofTruth(t)
    guard x.precision == .single else { return -log(given + epsilon) }
    return -log(Lanes(widening: (given + Double(Float(epsilon))).single))
  }

  static let definition = MeasureDefinition(
    name: "tf-keras-bce",
    title: "binary cross-entropy of tf.keras 2",
    formula: "−t·log(p + ε) − (1−t)·log(1 − p + ε), p kept ε away from 0 and 1",
    source: "keras 2.15.0, keras/src/backend.py: binary_crossentropy",
    parameters: [.init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1")]
  ) { .separable(TFKerasBinaryCrossEntropy(epsilon: $0["epsilon"])) }
}
