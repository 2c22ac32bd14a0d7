internal import Core

/// A loss at the levels of a plane, each rounded once, so that a histogram's loss is a sum of
/// integers.
struct LevelLoss: Sendable {
  var saved: Levels
  /// The least and the most that it may have been before the plane was rounded.
  var lowest: Levels
  var highest: Levels
  var isClipped: Bool

  struct Levels: Sendable {
    var own: [ExactSum]
    var other: [ExactSum]

    init(own: [Double], other: [Double]) {
      // A loss of one pixel is far below the limit of `ExactSum`.
      self.own = own.map { ExactSum($0) ?? .zero }
      self.other = other.map { ExactSum($0) ?? .zero }
    }
  }

  /// - Parameter top: the level of 1, 255 or 65535.
  init(_ loss: any SeparableLoss, _ quantisation: Quantisation, top: Int) {
    let (own, other) = loss.levels(top: top)
    let (low, high) = loss.levelBounds(quantisation, top: top)
    saved = Levels(own: own, other: other)
    lowest = Levels(own: low.own, other: low.other)
    highest = Levels(own: high.own, other: high.other)
    isClipped = loss.isClipped(fromLogits: false)
  }
}

extension LevelCounts {
  /// Everything that one class's histogram says; decisions only where there is a threshold.
  func tally(_ losses: [LevelLoss?], _ needs: Needs) -> ClassTally {
    let threshold = needs.areClassesExclusive ? nil : needs.threshold
    let saturated = SaturatedCounts(
      ownAtZero: own[0], ownAtOne: own[top], otherAtZero: other[0], otherAtOne: other[top])
    return ClassTally(
      overlap: threshold.map(overlap(above:)) ?? .zero,
      soft: needs.softSums ? softSums : .zero,
      losses: losses.map { $0.map(lossSum) ?? .zero },
      saturated: saturated,
      bounds: losses.map { loss in
        loss.map { LossBounds(low: sum($0.lowest), high: sum($0.highest)) } ?? .zero
      },
      capped: saturated.wrong == 0
        ? [] : losses.map { $0.map { cost(of: saturated, $0) } ?? .zero })
  }

  private func lossSum(_ loss: LevelLoss) -> LossSum {
    let sum = sum(loss.saved)
    return LossSum(
      positive: sum.own, negative: sum.other, positives: own.reduce(0, +),
      negatives: other.reduce(0, +))
  }

  private func sum(_ loss: LevelLoss.Levels) -> SplitSum {
    SplitSum(own: product(own, loss.own), other: product(other, loss.other))
  }

  private func cost(of saturated: SaturatedCounts, _ loss: LevelLoss) -> SplitSum {
    guard loss.isClipped else { return .zero }
    return SplitSum(
      own: loss.saved.own[0] * saturated.ownAtZero,
      other: loss.saved.other[top] * saturated.otherAtOne)
  }

  private func overlap(above threshold: Double) -> Overlap {
    let limit = Float(threshold)
    return (0...top).reduce(into: Overlap()) { overlap, level in
      if Float(level) / Float(top) > limit {
        overlap.both += own[level]
        overlap.onlyPredicted += other[level]
      } else {
        overlap.onlyTrue += own[level]
        overlap.neither += other[level]
      }
    }
  }

  /// The units themselves: for 65,536 levels that takes a fifth of what sums of statistics do.
  private func product(_ counts: [Int], _ losses: [ExactSum]) -> ExactSum {
    var units: Int128 = 0
    for level in 0...top where counts[level] > 0 {
      units &+= losses[level].units &* Int128(counts[level])
    }
    return ExactSum(units: units)
  }

  private var softSums: SoftSums {
    var (predicted, both, squared): (Int128, Int128, Int128) = (0, 0, 0)
    for level in 0...top where own[level] + other[level] > 0 {
      let p = Double(Float(level) / Float(top))
      let (term, square) = (ExactSum(p) ?? .zero, ExactSum(p * p) ?? .zero)
      predicted &+= term.units &* Int128(own[level] + other[level])
      both &+= term.units &* Int128(own[level])
      squared &+= square.units &* Int128(own[level] + other[level])
    }
    return SoftSums(
      predicted: ExactSum(units: predicted), both: ExactSum(units: both),
      predictedSquared: ExactSum(units: squared), truth: own.reduce(0, +))
  }

  /// The level of 1.
  private var top: Int { levels - 1 }
}
