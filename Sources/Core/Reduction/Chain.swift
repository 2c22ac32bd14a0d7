/// The order in which the axes of a run disappear, and by which operation.
///
///     mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)
///     pool(batch, image, pixel) > score > mean(class)
///
/// A **loss** has a value at every pixel and class; its chain is sums and means in any order. A
/// **ratio** (IoU, Dice) has none at a pixel: left of `score` statistics are pooled, right of it
/// scores are averaged.
///
///     chain = step ( ">" step )*
///     step  = op "(" axes [", by:" weight] [", times:" weight] [", ignored: 0"]
///             [" else " (number | "nan")] ")" | "score" ["(if: truth)"]
///     op    = pool | sum | mean | max | min | quantile(q) | worst(k) | worst(q%)
///           | last(k) | median(k) | low-median(k) | ema(b) | running(b)
///
/// An axis that is left out stays as a table. `tile` left out means that images are not cut.
package struct Chain: Hashable, Sendable {
  package var steps: [Step]

  /// Without a score.
  package init(_ reductions: Reduction...) { self.init(steps: reductions.map(Step.reduce)) }

  package init(steps: [Step]) { self.steps = steps }

  package enum Step: Hashable, Sendable {
    case reduce(Reduction)
    case score(ScoreDomain)
  }

  /// One step that makes axes disappear.
  package struct Reduction: Hashable, Sendable {
    package var operation: Operation
    /// As written.
    package var axes: [Axis]
    /// What each term counts; the divisor of a mean is the sum of it.
    package var weight: Weight?
    /// What each term is multiplied by, but the divisor is not: the weights of Keras, MONAI and
    /// PyTorch's binary losses.
    package var factor: Weight?
    /// What an undefined term counts as; it is skipped when there is none.
    package var substitute: Double?
    /// Whether one undefined term makes the result undefined, as 0/0 does in a framework that prints
    /// NaN.
    package var isUndefinedWithAny: Bool
    /// Whether pixels that the truth ignores cost 0 and stay in the divisor.
    package var countsIgnored: Bool

    package init(
      _ operation: Operation, _ axes: [Axis], by weight: Weight? = nil, times factor: Weight? = nil,
      else substitute: Double? = nil, isUndefinedWithAny: Bool = false, countsIgnored: Bool = false
    ) {
      self.operation = operation
      self.axes = axes
      self.weight = weight
      self.factor = factor
      self.substitute = substitute
      self.isUndefinedWithAny = isUndefinedWithAny
      self.countsIgnored = countsIgnored
    }
  }

  package enum Operation: Hashable, Sendable {
    case pool, sum, mean, max, min
    /// With linear interpolation between the two neighbours (NumPy's default); q in 0…1.
    case quantile(Double)
    /// The mean of the k worst terms: the largest of a loss, the smallest of a score.
    case worst(Int)
    /// The mean of the worst q % of the terms, max(1, ⌊q·n/100⌋) of them; q above 0, up to 100.
    case worstPercent(Double)
    /// Of the batches in their order, as trainers print them.
    case trailing(Trailing)

    /// Whether only some terms decide the result.
    package var isSelective: Bool {
      switch self {
      case .pool, .sum, .mean: false
      case .max, .min, .quantile, .worst, .worstPercent, .trailing: true
      }
    }

    /// Whether the order of the terms matters.
    package var isOrdered: Bool { if case .trailing = self { true } else { false } }
  }

  /// What a term counts in a sum or mean.
  package enum Weight: String, CaseIterable, Sendable {
    /// The images that the term covers.
    case images
    /// The counted pixels that the term covers.
    case pixels
    /// The class's entry in `weights`.
    case classWeights = "class-weights"
    /// The same over the sum of all classes' weights.
    case classShares = "class-shares"
    /// The class's entry in `positive_weights` at its own pixels, 1 at all others.
    case positiveWeights = "positive-weights"
    /// What `sample_weight` gives to the pixel; to an image or batch, the mean over its pixels.
    case sampleWeights = "sample-weights"
    /// The class's own pixels that the term covers.
    case truth
    /// Half for the class's own pixels, half for all others, whatever their numbers.
    case balanced
    /// One over the class's share of the counted pixels.
    case inversePrevalence = "inverse-prevalence"
  }

  /// Where a score exists.
  package enum ScoreDomain: String, Sendable {
    /// Where truth or prediction has the class.
    case union
    /// Where the truth has it.
    case truth
  }

  package var reductions: [Reduction] {
    steps.compactMap { if case .reduce(let reduction) = $0 { reduction } else { nil } }
  }

  /// Whether the chain is for ratios; otherwise it is for losses.
  package var hasScore: Bool { scoreDomain != nil }

  package var scoreDomain: ScoreDomain? {
    for case .score(let domain) in steps { return domain }
    return nil
  }

  /// All axes that disappear.
  package var axes: AxisSet {
    var axes = AxisSet()
    for case .reduce(let reduction) in steps { for axis in reduction.axes { axes.insert(axis) } }
    return axes
  }

  /// The axes that a result still has.
  package var remainingAxes: AxisSet {
    var all: AxisSet = [.batch, .image, .class]
    if axes.contains(.tile) { all.insert(.tile) }
    return all.subtracting(axes)
  }

  /// Whether all places may be added up first, because no step after values exist tells one place
  /// from another.
  package var mergesPlaces: Bool {
    var remaining = allAxes
    for reduction in reductions {
      let hasValues = hasScore ? reduction.operation != .pool : !remaining.contains(.pixel)
      if hasValues, remaining.innermost != nil { return false }
      remaining.subtract(reduction.axes)
    }
    return remaining.innermost == nil
      && !reductions.contains { $0.weight == .images || $0.factor == .images }
  }

  package var isScalar: Bool { remainingAxes.isEmpty }

  package var isSelective: Bool { reductions.contains { $0.operation.isSelective } }
}

extension Chain: CustomStringConvertible {
  package var description: String { steps.map(\.description).joined(separator: " > ") }
}

extension Chain.Step: CustomStringConvertible {
  package var description: String {
    switch self {
    case .reduce(let reduction): reduction.description
    case .score(.union): "score"
    case .score(.truth): "score(if: truth)"
    }
  }
}

extension Chain.Step {
  /// As written; none where the score is taken.
  package var axes: [Axis] { if case .reduce(let reduction) = self { reduction.axes } else { [] } }
}

extension Chain.Reduction: CustomStringConvertible {
  package var description: String {
    let by = weight.map { ["by: \($0.rawValue)"] } ?? []
    let times = factor.map { ["times: \($0.rawValue)"] } ?? []
    let ignored = countsIgnored ? ["ignored: 0"] : []
    var inner = (axes.map(\.rawValue) + by + times + ignored).joined(separator: ", ")
    if let substitute { inner += " else \(shortest(substitute))" }
    if isUndefinedWithAny { inner += " else nan" }
    return "\(operation)(\(inner))"
  }
}

extension Chain.Operation: CustomStringConvertible {
  package var description: String {
    switch self {
    case .pool: "pool"
    case .sum: "sum"
    case .mean: "mean"
    case .max: "max"
    case .min: "min"
    case .quantile(let q): "quantile(\(shortest(q)))"
    case .worst(let count): "worst(\(count))"
    case .worstPercent(let percent): "worst(\(shortest(percent))%)"
    case .trailing(let trailing): trailing.description
    }
  }
}

/// The shortest digits that give the same number again, without a needless `.0`.
package func shortest(_ number: Double) -> String {
  let text = number.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
