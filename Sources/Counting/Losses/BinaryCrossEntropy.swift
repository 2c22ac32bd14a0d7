/// −t·log p − (1−t)·log(1−p)
///
/// Each class is judged on its own. Probabilities are kept ε away from 0 and 1, where the logarithm
/// is infinite. From logits there is nothing to clip: log(1 + e^(−z)) where t = 1, log(1 + e^z)
/// where t = 0; unless their sigmoid is what someone saved and then took the loss of.
struct BinaryCrossEntropy: SeparableLoss {
  var epsilon: Double
  /// The truth becomes t·(1 − s) + s/2.
  var smoothing = 0.0
  /// Whether logits are made probabilities first.
  var clipsLogits = false

  /// A smoothed truth is best predicted by its own value.
  var cheapest: (own: Double, other: Double) { (1 - smoothing / 2, smoothing / 2) }

  /// Whether double precision stays what it is.
  var keepsDouble = false

  var castsToSingle: Bool { !keepsDouble }

  var isLinearInTruth: Bool { true }

  func isClipped(fromLogits: Bool) -> Bool { !fromLogits || clipsLogits }

  var pull: Pull { .ofCrossEntropy(smoothing: smoothing) }

  func slope(_ x: Probability, _ t: Lanes) -> Lanes {
    x.slopeOfCrossEntropy(t, smoothing: smoothing)
  }

  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    let clipped = x.clipped(epsilon)
    let loss = -log(clipped.ofTruth(t))
    return smoothing == 0 ? loss : smoothed(loss, -log(clipped.ofTruth(1 - t)))
  }

  func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    if clipsLogits { return self(x, t) }
    let against = z.replacing(with: -z, where: t .== 1)
    let loss = softplus(against)
    return smoothing == 0 ? loss : smoothed(loss, softplus(-against))
  }

  var productClip: ProductClip? {
    let clip = ProductClip(epsilon)
    return smoothing == 0 && clip.factors == 32 ? clip : nil
  }

  /// Of single-precision probabilities the logarithm of a product instead of a sum of logarithms.
  ///
  /// Rounding n factors changes the product by at most n·2⁻⁵³ of itself, so the logarithm changes
  /// by at most n·2⁻⁵³, whatever its size.
  func sums(over block: ClassBlock) -> (own: Double, other: Double) {
    guard block.areSingles, smoothing == 0, clipsLogits || !block.judgesByLogits else {
      return summed(over: block)
    }
    let clip = ProductClip(epsilon)
    let factors = clip.factors
    var (own, other) = (Lanes.one, Lanes.one)
    var (ownPowers, otherPowers) = (SIMD8<Int64>.zero, SIMD8<Int64>.zero)
    for first in stride(from: 0, to: block.vectors, by: factors) {
      for index in first..<min(first + factors, block.vectors) {
        var p = block.singles[index]
        p = p.replacing(with: clip.low, where: p .< clip.low)
        p = p.replacing(with: clip.high, where: p .> clip.high)
        var q = 1 - p
        q = q.replacing(with: clip.leastComplement, where: q .< clip.leastComplement)
        own *= Lanes(widening: p.keptOrOne(where: block.own[index]))
        other *= Lanes(widening: q.keptOrOne(where: block.other[index]))
      }
      putAside(powersOf: &own, to: &ownPowers)
      putAside(powersOf: &other, to: &otherPowers)
    }
    return (
      (0 - log(own, timesTwoTo: ownPowers)).total,
      (0 - log(other, timesTwoTo: otherPowers)).total
    )
  }

  /// The loss is linear in the truth.
  private func smoothed(_ loss: Lanes, _ ofOpposite: Lanes) -> Lanes {
    (1 - smoothing / 2) * loss + (smoothing / 2) * ofOpposite
  }

  static let definition = MeasureDefinition(
    name: "bce",
    title: "binary cross-entropy",
    formula: "−t·log p − (1−t)·log(1−p), p kept ε away from 0 and 1",
    source: "Keras 3, keras/src/backend/*/nn.py: binary_crossentropy",
    parameters: [
      .init("epsilon", 1e-7, in: 1e-45...0.5, "the distance kept from 0 and 1"),
      .init("label_smoothing", 0, in: 0...1, "s: the truth becomes t·(1−s) + s/2"),
      .clipLogits,
      .init(
        "double", 0, in: 0...1,
        "1: float64 stays what it is, as in the function keras.losses.binary_crossentropy"),
    ]
  ) {
    .separable(
      BinaryCrossEntropy(
        epsilon: $0["epsilon"], smoothing: $0["label_smoothing"],
        clipsLogits: $0["clip_logits"] == 1, keepsDouble: $0["double"] == 1))
  }
}

extension MeasureDefinition.Parameter {
  static let clipLogits = Self(
    "clip_logits", 0, in: 0...1,
    "1: logits become probabilities first, as where a sigmoid's output is saved")
}
