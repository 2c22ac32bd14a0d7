/// −t·max(log p, −100) − (1−t)·max(log(1−p), −100)
///
/// PyTorch clips the logarithm and not the probability, so a saturated wrong pixel costs 100, six
/// times what it costs in Keras.
struct TorchBinaryCrossEntropy: SeparableLoss {
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    // 1 − p exactly, as log1p sees it.
    let given = (1 - x.p).replacing(with: x.p, where: t .== 1)
    let isZero = given .== 0
    let loss = -log(given.replacing(with: 1, where: isZero))
    return loss.replacing(with: 100, where: isZero .| (loss .> 100))
  }

  static let definition = MeasureDefinition(
    name: "torch-bce",
    title: "binary cross-entropy of PyTorch",
    formula: "−t·max(log p, −100) − (1−t)·max(log(1−p), −100)",
    source: "PyTorch 2, aten/src/ATen/native/Loss.cpp: binary_cross_entropy"
  ) { _ in .separable(TorchBinaryCrossEntropy()) }
}
