internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Weights that are multiplied in and not divided out, and weights that have no effect.
extension Examination {
  /// Weights whose mean, the chain's value of a loss that is 1 everywhere, is far from 1.
  var undividedWeights: [Finding] {
    let factors = chain.reductions.filter { $0.factor != nil }
    guard let first = factors.first, let ones = table.ones, let weighted = value(ones),
      let plain = value(ones, by: chain.dividingOut { _ in nil }), plain > 0
    else { return [] }
    let mean = weighted / plain
    guard mean.magnitude < 0.5 || mean.magnitude > 2 else { return [] }
    let divided = chain.dividingOut(\.factor)
    let canDivide = divided.isLegal && factors.allSatisfy { $0.weight == nil }
    let value = canDivide ? value(by: divided) : nil
    let instead = value.map { ", \($0) where they are divided out" as Line }
    return [
      Finding(
        .undividedWeights,
        "The step \(name: "\(first)") multiplies the weights in and does not divide them out: with a mean weight of \(mean) the headline is that many times as large (\(diagnosis.printed)\(instead)), and no number of another weighting compares with it",
        remedy: canDivide
          ? "Divide by the sum of the weights: by: instead of times:"
          : "Divide the number by \(mean), or scale the weights to a mean of 1",
        snippet: canDivide ? .chain("divided", divided) : nil,
        numbers: ["mean_weight": mean, "value": diagnosis.printed, "divided": value])
    ]
  }

  var cancellingWeights: [Finding] {
    guard let printed = diagnosis.printed else { return [] }
    let given = chain.reductions.flatMap { [$0.weight, $0.factor] }.compactMap(\.self)
      .filter(\.isGiven)
    guard let weight = given.first else { return [] }
    let plain = value(by: chain.withoutGivenWeights)
    if let plain, (plain - printed).magnitude <= 1e-12 * printed.magnitude {
      return [
        Finding(
          .cancellingWeights,
          "The weights (\(text: weight.rawValue)) have no effect: the headline is \(printed) with and without them",
          remedy: table.hasOneTermAPixel
            ? "A mean over the classes of a pixel that has one class divides its weight out: weigh in the step that takes the pixels"
            : "All weights may be alike: look at what was given",
          snippet: snippetThatWeighs, numbers: ["value": printed, "without_weights": plain])
      ]
    }
    return oneClassGroups
  }

  /// Where a group has one class, a mean that is divided by the weights divides out that class's.
  private var oneClassGroups: [Finding] {
    guard table.hasOneTermAPixel,
      let index = chain.reductions.firstIndex(where: {
        $0.weight == .classWeights && AxisSet($0.axes).isSuperset(of: [.class, .pixel])
      })
    else { return [] }
    let taken = AxisSet(chain.reductions[...index].flatMap(\.axes))
    guard let axis = chain.allAxes.subtracting(taken).innermost else { return [] }
    let groups = table.layout.groups(at: axis)
    let classes = 0..<table.layout.classes
    let alone = groups.count { group in
      classes.count { table.layout.truth(of: $0, in: group.places) > 0 } == 1
    }
    guard alone > 0 else { return [] }
    return [
      Finding(
        .cancellingWeights,
        "In \(count: alone) of \(count: groups.count) \(text: axis.plural) one class only is true, and there its weight divides out: it counts as if all weights were 1",
        remedy: "Take all images in one mean, which divides once", snippet: snippetThatWeighs,
        numbers: ["groups": Double(groups.count), "groups_of_one_class": Double(alone)])
    ]
  }

  private var snippetThatWeighs: Finding.Snippet? {
    table.hasOneTermAPixel
      ? .chain(
        "weighed", Chain(.init(.mean, [.class, .pixel, .image, .batch], by: .classWeights))) : nil
  }
}

extension Chain.Weight {
  /// Whether it is given by the user, and does not follow from the truth.
  fileprivate var isGiven: Bool {
    switch self {
    case .classWeights, .classShares, .positiveWeights, .sampleWeights: true
    case .images, .pixels, .truth, .balanced, .inversePrevalence: false
    }
  }
}

extension Chain {
  /// The chain without factors; what they were may be divided by instead.
  fileprivate func dividingOut(_ weight: (Reduction) -> Weight?) -> Chain {
    changingReductions { reduction in
      guard reduction.factor != nil else { return }
      // class-shares are class-weights with another sum, which a mean divides out.
      let divisor = weight(reduction) == .classShares ? .classWeights : weight(reduction)
      reduction.weight = divisor ?? reduction.weight
      reduction.factor = nil
    }
  }

  fileprivate var withoutGivenWeights: Chain {
    changingReductions { reduction in
      if reduction.weight?.isGiven == true { reduction.weight = nil }
      if reduction.factor?.isGiven == true { reduction.factor = nil }
    }
  }
}

extension MeasureTable {
  /// Whether a pixel has a term of its true class only.
  fileprivate var hasOneTermAPixel: Bool {
    if case .losses(let losses) = self { losses.table.terms == .ownPixels } else { false }
  }

  /// A loss of 1 wherever there is a term; of a chain without `sum` this makes the mean weight.
  fileprivate var ones: MeasureTable? {
    guard case .losses(var losses) = self, let ones = losses.table.ones else { return nil }
    losses.table = ones
    return .losses(losses)
  }
}

extension LossTable {
  fileprivate var ones: LossTable? {
    guard let one = ExactSum(1) else { return nil }
    var table = self
    table.levels = nil
    table.sums = sums.mapping { cell, _, _ in
      LossSum(
        positive: one * cell.positives, negative: one * cell.negatives, positives: cell.positives,
        negatives: cell.negatives)
    }
    table.weighted = weighted?.mapping { cell, _, _ in
      WeightedSum(
        positive: cell.positiveWeight, negative: cell.negativeWeight,
        positiveWeight: cell.positiveWeight, negativeWeight: cell.negativeWeight)
    }
    return table
  }
}
