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
    let sums = losses.map { $0.map(self.sums) ?? (saved: .zero, bounds: .zero) }
    return ClassTally(
      overlap: threshold.map(overlap(above:)) ?? .zero,
      soft: needs.softSums ? softSums : .zero,
      losses: sums.map(\.saved), saturated: saturated, bounds: sums.map(\.bounds),
      capped: saturated.wrong == 0
        ? [] : losses.map { $0.map { cost(of: saturated, $0) } ?? .zero })
  }

  private func sums(_ loss: LevelLoss) -> (saved: LossSum, bounds: LossBounds) {
    let own = products(self.own, loss.saved.own, loss.lowest.own, loss.highest.own)
    let other = products(self.other, loss.saved.other, loss.lowest.other, loss.highest.other)
    return (
      LossSum(
        positive: own.saved, negative: other.saved, positives: pixels(self.own),
        negatives: pixels(self.other)),
      LossBounds(
        low: SplitSum(own: own.lowest, other: other.lowest),
        high: SplitSum(own: own.highest, other: other.highest))
    )
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

  /// The units themselves, and all three at once: of 65,536 levels it is the passes over them that
  /// take time.
  private func products(
    _ counts: [Int], _ saved: [ExactSum], _ lowest: [ExactSum], _ highest: [ExactSum]
  ) -> (saved: ExactSum, lowest: ExactSum, highest: ExactSum) {
    var sums: (saved: Int128, lowest: Int128, highest: Int128) = (0, 0, 0)
    for level in 0...top where counts[level] > 0 {
      let count = Int128(counts[level])
      sums.saved &+= saved[level].units &* count
      sums.lowest &+= lowest[level].units &* count
      sums.highest &+= highest[level].units &* count
    }
    return (
      ExactSum(units: sums.saved), ExactSum(units: sums.lowest), ExactSum(units: sums.highest)
    )
  }

  /// No image has 2⁶³ of them; without that question eight are added at a time.
  private func pixels(_ counts: [Int]) -> Int { counts.reduce(0, &+) }

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
      predictedSquared: ExactSum(units: squared), truth: pixels(own))
  }

  /// The level of 1.
  private var top: Int { levels - 1 }
}
