/// 1 at every pixel
///
/// By its chain it shows a reduction's weights, without predictions: the mean weight of a pixel,
/// the sum of all, the share of a class.
struct WeightAlone: SeparableLoss {
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes { .one }

  var isLinearInTruth: Bool { true }

  var pull: Pull { .none }

  func slope(_ x: Probability, _ t: Lanes) -> Lanes { .zero }

  func isClipped(fromLogits: Bool) -> Bool { false }

  static let definition = MeasureDefinition(
    name: "one",
    title: "the constant 1",
    formula: "1; what its chain gives are the weights of the reduction",
    source: "the definition"
  ) { _ in .separable(WeightAlone()) }
}
