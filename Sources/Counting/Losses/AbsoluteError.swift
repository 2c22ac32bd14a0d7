/// |t − p|
struct AbsoluteError: SeparableLoss {
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes { x.ofTruth(1 - t) }

  func isClipped(fromLogits: Bool) -> Bool { false }

  static let definition = MeasureDefinition(
    name: "mae", title: "mean absolute error", formula: "|t − p|",
    source: "Keras 3, keras/src/losses/losses.py: mean_absolute_error"
  ) { _ in .separable(AbsoluteError()) }
}
