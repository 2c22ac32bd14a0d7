/// (t − p)²
struct SquaredError: SeparableLoss {
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let error = x.ofTruth(1 - t)
    return error * error
  }

  var pull: Pull { .towardsTruth }

  /// 2·(p − t)·p·(1 − p)
  func slope(_ x: Probability, _ t: Lanes) -> Lanes { 2 * x.slopeOfCrossEntropy(t) * x.p * x.q }

  func isClipped(fromLogits: Bool) -> Bool { false }

  static let definition = MeasureDefinition(
    name: "mse", title: "mean squared error", formula: "(t − p)²",
    source: "Keras 3, keras/src/losses/losses.py: mean_squared_error"
  ) { _ in .separable(SquaredError()) }
}
