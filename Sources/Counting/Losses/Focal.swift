/// (1 − p_t)^γ · −log p_t, where p_t is the probability given to what is true
///
/// p is clipped for the logarithm only, as in Keras. From logits there is nothing to clip (MONAI and
/// torchvision): σ(z)^γ · log(1 + e^z) of the logit z that speaks against the truth. With α the
/// class's own pixels count α and the others 1 − α.
struct Focal: SeparableLoss {
  var gamma: Double
  var alpha: Double?
  var epsilon: Double
  /// Whether logits are made probabilities first.
  var clipsLogits = false

  func isClipped(fromLogits: Bool) -> Bool { !fromLogits || clipsLogits }

  var castsToSingle: Bool { true }

  var pull: Pull { .towardsTruth }

  /// (1 − p_t)^γ · (γ·p_t·log p_t + p_t − 1), up on own pixels and down on the others.
  func slope(_ x: Probability, _ t: Lanes) -> Lanes {
    let (p, q) = (x.ofTruth(t), x.ofTruth(1 - t))
    let entropy = (p * log(p.clamped(1e-300, 1))).replacing(with: 0, where: p .== 0)
    let pull = power(q, gamma) * (q - gamma * entropy)
    return weighed(pull.replacing(with: -pull, where: t .== 1), t)
  }

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    weighed(power(x.ofTruth(1 - t), gamma) * -log(x.clipped(epsilon).ofTruth(t)), t)
  }

  func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    if clipsLogits { return self(x, t) }
    let against = z.replacing(with: -z, where: t .== 1)
    let wrong = Probability(sigmoidOf: against, precision: .double).p
    return weighed(power(wrong, gamma) * softplus(against), t)
  }

  private func weighed(_ loss: Lanes, _ t: Lanes) -> Lanes {
    guard let alpha else { return loss }
    return loss * Lanes(repeating: 1 - alpha).replacing(with: alpha, where: t .== 1)
  }

  static let definition = MeasureDefinition(
    name: "focal",
    title: "binary focal cross-entropy",
    formula:
      "(1−p_t)^γ · −log p_t, p_t the probability given to what is true; from logits not clipped",
    source: "Keras 3, keras/src/losses/losses.py: binary_focal_crossentropy",
    parameters: [
      .init("gamma", 2, in: 0...100, "how strongly easy pixels are turned down"),
      .init("alpha", nil, in: 0...1, "what the class's own pixels count; the others 1 − α"),
      .init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1"),
      .clipLogits,
    ]
  ) {
    .separable(
      Focal(
        gamma: $0["gamma"], alpha: $0[optional: "alpha"], epsilon: $0["epsilon"],
        clipsLogits: $0["clip_logits"] == 1))
  }
}

/// base^γ for a base between 0 and 1.
func power(_ base: Lanes, _ gamma: Double) -> Lanes {
  if gamma == 2 { return base * base }
  let raised = exp(gamma * log(base.clamped(1e-300, 1)))
  return raised.replacing(with: gamma == 0 ? 1 : 0, where: base .== 0)
}
