/// |t − p|
struct AbsoluteError: SeparableLoss {
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes { x.ofTruth(1 - t) }

  var pull: Pull { .towardsTruth }

  /// p·(1 − p), towards the truth; as frameworks have it, the slope where p is the truth is 0.
  func slope(_ x: Probability, _ t: Lanes) -> Lanes {
    (x.p * x.q).replacing(with: -(x.p * x.q), where: t .== 1)
  }

  func isClipped(fromLogits: Bool) -> Bool { false }

  static let definition = MeasureDefinition(
    name: "mae", title: "mean absolute error", formula: "|t − p|",
    source: "Keras 3, keras/src/losses/losses.py: mean_absolute_error"
  ) { _ in .separable(AbsoluteError()) }
}
