internal import Core

/// Dice of all classes at once, each weighed by one over its size.
///
/// A class counts 1 / T^k, T its true pixels: k = 2 is the published form, k = 0 pooled Dice. A class
/// that is not there would weigh infinitely and gets the largest weight of the others.
enum GeneralizedDice {
  static let definition = MeasureDefinition(
    name: "generalized-dice", title: "generalised Dice",
    formula: "Σ w·2·TP / Σ w·(2·TP + FP + FN) over the classes, w = 1 / (TP + FN)^k",
    source: "Crum et al. 2006; Sudre et al. 2017, arXiv 1707.03237",
    parameters: [exponent]
  ) { parameters in
    let k = parameters["k"]
    return .score(
      .joint { overlaps in
        let weights = weights(overlaps.map { Double($0.truth) }, k)
        let above = zip(weights, overlaps).reduce(0) { $0 + $1.0 * 2 * Double($1.1.both) }
        let below = zip(weights, overlaps).reduce(0) {
          $0 + $1.0 * Double($1.1.truth + $1.1.predicted)
        }
        return below > 0 ? above / below : nil
      })
  }

  static let exponent = MeasureDefinition.Parameter(
    "k", 2, in: 0...2, "what the class's size is raised to: 2 square, 1 simple, 0 uniform")

  /// One over the size, as a power; a size of 0 gets the largest of the others.
  static func weights(_ sizes: [Double], _ k: Double) -> [Double] {
    let raw = sizes.map { size in
      k == 0
        ? 1 : size == 0 ? nil : k == 2 ? 1 / (size * size) : k == 1 ? 1 / size : inverse(size, k)
    }
    let largest = raw.compactMap(\.self).max() ?? 0
    return raw.map { $0 ?? largest }
  }

  private static func inverse(_ size: Double, _ k: Double) -> Double {
    exp(Lanes(repeating: -k * naturalLogarithm(size)))[0]
  }
}

/// The same of probabilities, as a loss.
enum SoftGeneralizedDice {
  static let definition = MeasureDefinition(
    name: "soft-generalized-dice", title: "generalised Dice loss",
    formula: "1 − (Σ w·2·Σpt + a) / (Σ w·(Σp + Σt) + b) over the classes, w = 1 / (Σt)^k",
    source: "MONAI 1.6.1: monai/losses/dice.py, GeneralizedDiceLoss (a = b = 1e-5)",
    parameters: [GeneralizedDice.exponent] + SmoothingParameters.all
  ) { parameters in
    let (k, smooth) = (parameters["k"], SmoothingParameters(parameters))
    return .softRatio(
      .joint { sums in
        let weights = GeneralizedDice.weights(sums.map { Double($0.truth) }, k)
        let above = zip(weights, sums).reduce(0) { $0 + $1.0 * 2 * Double($1.1.both) }
        let below = zip(weights, sums).reduce(0) {
          $0 + $1.0 * (Double($1.1.predicted) + Double($1.1.truth))
        }
        return smooth.loss(above, below)
      })
  }
}
