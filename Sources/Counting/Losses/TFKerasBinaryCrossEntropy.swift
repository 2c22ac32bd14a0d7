/// −t·log(p + ε) − (1−t)·log(1 − p + ε), p kept ε away from 0 and 1 as well
///
/// tf.keras 2.x adds ε once more inside the logarithm, in single precision: a saturated wrong pixel
/// costs 15.42 or 15.33 where Keras 3 has 16.12 or 15.94.
struct TFKerasBinaryCrossEntropy: SeparableLoss {
  var epsilon: Double
  /// The truth becomes t·(1 − s) + s/2.
  var smoothing = 0.0

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let clipped = x.clipped(epsilon)
    let loss = cost(of: clipped.ofTruth(t), x.precision)
    guard smoothing > 0 else { return loss }
    let ofOpposite = cost(of: clipped.ofTruth(1 - t), x.precision)
    return (1 - smoothing / 2) * loss + (smoothing / 2) * ofOpposite
  }

  private func cost(of given: Lanes, _ precision: Probability.Precision) -> Lanes {
    guard precision == .single else { return -log(given + epsilon) }
    return -log(Lanes(widening: (given + Double(Float(epsilon))).single))
  }

  static let definition = MeasureDefinition(
    name: "tf-keras-bce",
    title: "binary cross-entropy of tf.keras 2",
    formula: "−t·log(p + ε) − (1−t)·log(1 − p + ε), p kept ε away from 0 and 1",
    source: "keras 2.15.0, keras/src/backend.py: binary_crossentropy",
    parameters: [
      .init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1"),
      .init("label_smoothing", 0, in: 0...1, "s: the truth becomes t·(1−s) + s/2"),
    ]
  ) {
    .separable(
      TFKerasBinaryCrossEntropy(epsilon: $0["epsilon"], smoothing: $0["label_smoothing"]))
  }
}
