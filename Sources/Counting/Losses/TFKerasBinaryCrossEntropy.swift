/// −t·log(p + ε) − (1−t)·log((1 + ε) − p), p kept ε away from 0 and 1 as well
///
/// tf.keras 2.x adds ε once more inside the logarithm, in single precision: a saturated wrong pixel
/// costs 15.42 or 15.25 where Keras 3 has 16.12 or 15.94. In a graph, as evaluate and fit have it,
/// TensorFlow folds (1 − p) + ε into (1 + ε) − p.
struct TFKerasBinaryCrossEntropy: SeparableLoss {
  var epsilon: Double
  /// The truth becomes t·(1 − s) + s/2.
  var smoothing = 0.0

  var castsToSingle: Bool { true }

  var isLinearInTruth: Bool { true }

  var pull: Pull { .ofCrossEntropy(smoothing: smoothing) }

  func slope(_ x: Probability, _ t: Lanes) -> Lanes {
    x.slopeOfCrossEntropy(t, smoothing: smoothing)
  }

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let clipped = x.clipped(epsilon)
    let loss = cost(of: clipped, t)
    guard smoothing > 0 else { return loss }
    return (1 - smoothing / 2) * loss + (smoothing / 2) * cost(of: clipped, 1 - t)
  }

  /// From logits nothing is clipped; tf.keras finds those of a sigmoid in the graph.
  func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    let against = z.replacing(with: -z, where: t .== 1)
    let loss = softplus(against)
    guard smoothing > 0 else { return loss }
    return (1 - smoothing / 2) * loss + (smoothing / 2) * softplus(-against)
  }

  func isClipped(fromLogits: Bool) -> Bool { !fromLogits }

  private func cost(of x: Probability, _ t: Lanes) -> Lanes {
    let isOwn = t .== 1
    guard x.precision != .double else {
      return -log((1 + epsilon - x.p).replacing(with: x.p + epsilon, where: isOwn))
    }
    let small = Float(epsilon)
    let given = (Double(1 + small) - x.p).replacing(with: x.p + Double(small), where: isOwn)
    return -log(Lanes(widening: given.single))
  }

  static let definition = MeasureDefinition(
    name: "tf-keras-bce",
    title: "binary cross-entropy of tf.keras 2",
    formula: "−t·log(p + ε) − (1−t)·log((1 + ε) − p), p kept ε away from 0 and 1",
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
