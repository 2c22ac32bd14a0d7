internal import Core

/// Dice of all classes at once, each weighed by one over its size.
///
/// A class counts 1 / T^k, T its true pixels: k = 2 is the published form, k = 0 pooled Dice. A class
/// that is not there would weigh infinitely and gets the largest weight of the others, and where none is
/// there all weigh 1.
enum GeneralizedDice {
  static let definition = MeasureDefinition(
    name: "generalized-dice", title: "generalised Dice",
    formula: "Σ w·2·TP / Σ w·(2·TP + FP + FN) over the classes, w = 1 / (TP + FN)^k",
    source: "Crum et al. 2006; Sudre et al. 2017, arXiv 1707.03237",
    parameters: [exponent, .ties]
  ) { parameters in
    let k = parameters["k"]
    return .score(
      .joint { overlaps in
        let isSomewhere = overlaps.contains { $0.truth > 0 }
        let weights = weights(overlaps.map { Double($0.truth) }, isSomewhere ? k : 0)
        let above = zip(weights, overlaps).reduce(0) { $0 + $1.0 * 2 * Double($1.1.both) }
        let below = zip(weights, overlaps).reduce(0) {
          $0 + $1.0 * Double($1.1.truth + $1.1.predicted)
        }
        return below > 0 ? above / below : nil
      }, ties: parameters.takesTies)
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
    parameters: [GeneralizedDice.exponent, apart] + SmoothingParameters.all
  ) { parameters in
    let (k, smooth) = (parameters["k"], SmoothingParameters(parameters))
    let isApart = parameters["apart"] == 1
    return .softRatio(
      .joint { sums in
        let weights = GeneralizedDice.weights(sums.map { Double($0.truth) }, k)
        if isApart { return mean(of: sums, weights, smooth) }
        let above = zip(weights, sums).reduce(0) { $0 + $1.0 * 2 * Double($1.1.both) }
        let below = zip(weights, sums).reduce(0) {
          $0 + $1.0 * (Double($1.1.predicted) + Double($1.1.truth))
        }
        return smooth.loss(above, below)
      })
  }

  private static let apart = MeasureDefinition.Parameter(
    "apart", 0, in: 0...1,
    "1: a ratio of each class, whose weight then only scales a and b, and their mean (MONAI 1.1, 1.2)"
  )

  private static func mean(
    of sums: [SoftSums], _ weights: [Double], _ smooth: SmoothingParameters
  ) -> Double? {
    let losses = zip(weights, sums).compactMap { weight, sums in
      smooth.loss(
        weight * 2 * Double(sums.both), weight * (Double(sums.predicted) + Double(sums.truth)))
    }
    return losses.count < sums.count ? nil : losses.reduce(0, +) / Double(losses.count)
  }
}
