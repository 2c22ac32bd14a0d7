internal import Core

/// 1 − 2·Σpt / (Σp + Σt), the Dice loss on probabilities.
enum SoftDice {
  static let definition = MeasureDefinition(
    name: "soft-dice",
    title: "soft Dice loss",
    formula: "1 − (2·Σpt + a) / (Σp + Σt + b); with squared: Σp² + Σt² in place of Σp + Σt",
    source: "Keras 3, keras/src/losses/losses.py: dice (a = 0, b = 1e-7)",
    parameters: SmoothingParameters.all + [
      .init("squared", 0, in: 0...1, "1: the denominator holds Σp² (MONAI squared_pred)"),
      .init("log", 0, in: 0...1, "1: −log of the score in place of 1 − score (smp log_loss)"),
      .common,
    ]
  ) { parameters in
    let smooth = SmoothingParameters(parameters)
    let isCommon = parameters["min"] == 1
    let isSquared = parameters["squared"] == 1
    let isLog = parameters["log"] == 1
    @Sendable func loss(_ sums: SoftSums) -> Double? {
      let p = Double(isSquared ? sums.predictedSquared : sums.predicted)
      let t = Double(isSquared ? sums.truthSquared : sums.truth)
      return smooth.loss(2 * Double(sums.overlap(isCommon: isCommon)), p + t)
    }
    @Sendable func slope(_ sums: SoftSums) -> (own: Double, other: Double)? {
      let below = Double(sums.predicted) + Double(sums.truth)
      guard let loss = loss(sums),
        let slope = smooth.slope(2 * Double(sums.both), below, ofBoth: (2, 0), ofPredicted: 1)
      else { return nil }
      guard isLog else { return slope }
      // Below 1e-7 the score is cut, and nothing is heard of it.
      let score = 1 - loss
      return score > 1e-7 ? (slope.own / score, slope.other / score) : (0, 0)
    }
    return .softRatio(
      .each { sums in
        isLog ? loss(sums).map { -naturalLogarithm(max(1 - $0, 1e-7)) } : loss(sums)
      },
      // With squares a pixel's slope depends on its own probability.
      slope: isSquared ? nil : slope)
  }
}

/// 1 − Σpt / (Σp + Σt − Σpt), the Jaccard loss on probabilities.
enum SoftJaccard {
  static let definition = MeasureDefinition(
    name: "soft-jaccard",
    title: "soft Jaccard loss",
    formula: "1 − (Σpt + a) / (Σp + Σt − Σpt + b)",
    source: "segmentation_models_pytorch, losses/_functional.py: soft_jaccard_score (b = 1e-7)",
    parameters: SmoothingParameters.all + [.common]
  ) { parameters in
    let smooth = SmoothingParameters(parameters)
    let isCommon = parameters["min"] == 1
    return .softRatio(
      .each { sums in
        let both = Double(sums.overlap(isCommon: isCommon))
        return smooth.loss(both, Double(sums.predicted) + Double(sums.truth) - both)
      },
      slope: { sums in
        let both = Double(sums.both)
        return smooth.slope(
          both, Double(sums.predicted) + Double(sums.truth) - both, ofBoth: (1, -1), ofPredicted: 1)
      })
  }
}

/// 1 − Σpt / (Σpt + α·Σp(1−t) + β·Σ(1−p)t): Dice with its two mistakes weighed apart. To a power it is
/// the focal Tversky loss, which is undefined where smoothing makes it negative.
enum Tversky {
  static let definition = MeasureDefinition(
    name: "tversky",
    title: "Tversky loss",
    formula: "(1 − (Σpt + a) / (Σpt + α·Σp(1−t) + β·Σ(1−p)t + b))^power",
    // Keras 3 takes the sum of (1 − p)·t for the false positives, so its alpha is this beta.
    source:
      "Salehi et al. 2017, arXiv 1706.05721, and to a power Abraham and Khan 2018, arXiv 1810.07842; Keras 3 tversky(alpha: β, beta: α), a = 0, b = 1e-7",
    parameters: [
      .init("alpha", 0.5, in: 0...100, "what a false positive counts"),
      .init("beta", 0.5, in: 0...100, "what a false negative counts"),
      .init("power", 1, in: 0.01...10, "what the loss of each ratio is raised to"),
    ] + SmoothingParameters.all + [.common]
  ) { parameters in
    let smooth = SmoothingParameters(parameters)
    let isCommon = parameters["min"] == 1
    let (alpha, beta, power) = (parameters["alpha"], parameters["beta"], parameters["power"])
    @Sendable func parts(_ sums: SoftSums) -> (both: Double, below: Double) {
      let common = sums.overlap(isCommon: isCommon)
      let both = Double(common)
      let falsePositive = Double(sums.predicted - common)
      let falseNegative = Double(sums.truth) - both
      return (both, both + alpha * falsePositive + beta * falseNegative)
    }
    return .softRatio(
      .each { sums in
        let (both, below) = parts(sums)
        let loss = smooth.loss(both, below)
        return power == 1 ? loss : loss.flatMap { raised($0, to: power) }
      },
      slope: { sums in
        let (both, below) = parts(sums)
        guard let loss = smooth.loss(both, below),
          let slope = smooth.slope(
            both, below, ofBoth: (1, 1 - alpha - beta), ofPredicted: alpha)
        else { return nil }
        guard power != 1 else { return slope }
        guard let steepness = raised(loss, to: power - 1).map({ power * $0 }), loss > 0 else {
          return nil
        }
        return (steepness * slope.own, steepness * slope.other)
      })
  }
}

extension MeasureDefinition.Parameter {
  /// Which of two sums is what truth and prediction share; on a truth of yes and no they are the same.
  static let common = Self(
    "min", 0, in: 0...1,
    "1: Σ min(p, t) in place of Σpt, which differs where the truth is soft (smp, MONAI soft_label)")
}

extension SoftSums {
  /// What truth and prediction share.
  fileprivate func overlap(isCommon: Bool) -> ExactSum { isCommon ? common : both }
}

private func raised(_ loss: Double, to power: Double) -> Double? {
  if loss <= 0 { return loss < 0 ? nil : 0 }
  return exp(Lanes(repeating: power * naturalLogarithm(loss)))[0]
}

/// The constants that frameworks add so that an empty class does not divide by 0.
struct SmoothingParameters {
  private var numerator: Double
  private var denominator: Double

  static let all: [MeasureDefinition.Parameter] = [
    .init("smooth_nr", 0, in: 0...1e6, "a, added to the numerator"),
    .init("smooth_dr", 1e-7, in: 0...1e6, "b, added to the denominator"),
  ]

  init(_ parameters: MeasureDefinition.Arguments) {
    numerator = parameters["smooth_nr"]
    denominator = parameters["smooth_dr"]
  }

  /// `nil` for 0 / 0.
  func loss(_ above: Double, _ below: Double) -> Double? {
    below + denominator == 0 ? nil : 1 - (above + numerator) / (below + denominator)
  }

  /// ∂/∂p of 1 − (above + a) / (below + b) at one pixel: an own one moves Σpt and Σp, another Σp alone.
  ///
  /// - Parameters:
  ///   - ofBoth: what Σpt adds to each unit of `above`, and of `below`.
  ///   - ofPredicted: what Σp adds to each unit of `below`.
  /// - Returns: `nil` for 0 / 0.
  func slope(
    _ above: Double, _ below: Double, ofBoth: (above: Double, below: Double), ofPredicted: Double
  ) -> (own: Double, other: Double)? {
    let (above, below) = (above + numerator, below + denominator)
    guard below != 0 else { return nil }
    let other = ofPredicted * above / (below * below)
    return (other + (ofBoth.below * above - ofBoth.above * below) / (below * below), other)
  }
}
