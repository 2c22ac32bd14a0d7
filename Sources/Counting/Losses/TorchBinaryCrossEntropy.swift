/// −t·max(log p, −100) − (1−t)·max(log(1−p), −100)
///
/// PyTorch clips the logarithm and not the probability, so a saturated wrong pixel costs 100, six
/// times what it costs in Keras.
struct TorchBinaryCrossEntropy: SeparableLoss {
  /// How far users keep p away from 0 and 1 before they call it.
  var epsilon: Double?

  var isLinearInTruth: Bool { true }

  var pull: Pull { .difference }

  func slope(_ x: Probability, _ t: Lanes) -> Lanes { x.slopeOfCrossEntropy(t) }

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let p = epsilon.map { x.clipped($0).p } ?? x.p
    // 1 − p exactly, as log1p sees it.
    let given = (1 - p).replacing(with: p, where: t .== 1)
    let isZero = given .== 0
    let loss = -log(given.replacing(with: 1, where: isZero))
    return loss.replacing(with: 100, where: isZero .| (loss .> 100))
  }

  /// BCELoss takes the sigmoid in single precision, where e^(−z) is infinite from 88.73 on.
  func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    var x = x.inSinglePrecision
    x.p.replace(with: 0, where: z .< -88.722_839)
    return self(x, t)
  }

  static let definition = MeasureDefinition(
    name: "torch-bce",
    title: "binary cross-entropy of PyTorch",
    formula: "−t·max(log p, −100) − (1−t)·max(log(1−p), −100)",
    source: "PyTorch 2, aten/src/ATen/native/Loss.cpp: binary_cross_entropy",
    parameters: [
      .init("epsilon", nil, in: 1e-45...0.5, "p.clamp(ε, 1 − ε) before the call")
    ]
  ) { .separable(TorchBinaryCrossEntropy(epsilon: $0[optional: "epsilon"])) }
}
