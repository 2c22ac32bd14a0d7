internal import Core

/// A loss at the 256 levels of an 8-bit plane, each rounded once, so that a histogram's loss is a
/// sum of integers.
struct LevelLoss: Sendable {
  var own: [ExactSum]
  var other: [ExactSum]

  init(_ loss: any SeparableLoss) {
    let levels = loss.levels()
    // A loss of one pixel is far below the limit of `ExactSum`.
    own = levels.own.map { ExactSum($0) ?? .zero }
    other = levels.other.map { ExactSum($0) ?? .zero }
  }
}

extension LevelHistogram {
  /// Everything that one class's histogram says; decisions only where there is a threshold.
  func tally(_ losses: [LevelLoss?], threshold: Double?, softSums: Bool) -> ClassTally {
    ClassTally(
      overlap: threshold.map(overlap(above:)) ?? .zero,
      soft: softSums ? self.softSums : .zero,
      losses: losses.map { $0.map(lossSum) ?? .zero })
  }

  private func lossSum(_ loss: LevelLoss) -> LossSum {
    (0..<256).reduce(into: LossSum()) { sum, level in
      sum.positive += loss.own[level] * own[level]
      sum.negative += loss.other[level] * other[level]
      sum.positives += own[level]
      sum.negatives += other[level]
    }
  }

  private func overlap(above threshold: Double) -> Overlap {
    let limit = Float(threshold)
    return (0..<256).reduce(into: Overlap()) { overlap, level in
      if Float(level) / 255 > limit {
        overlap.both += own[level]
        overlap.onlyPredicted += other[level]
      } else {
        overlap.onlyTrue += own[level]
        overlap.neither += other[level]
      }
    }
  }

  private var softSums: SoftSums {
    (0..<256).reduce(into: SoftSums()) { sums, level in
      let p = Double(Float(level) / 255)
      let term = ExactSum(p) ?? .zero
      sums.predicted += term * (own[level] + other[level])
      sums.both += term * own[level]
      sums.predictedSquared += (ExactSum(p * p) ?? .zero) * (own[level] + other[level])
      sums.truth += own[level]
    }
  }
}
