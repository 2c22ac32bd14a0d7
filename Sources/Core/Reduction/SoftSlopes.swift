/// A ratio of soft sums, with what it says to a single pixel.
package struct SoftRatio: AnyRatio {
  package var ratio: Ratio<SoftSums>
  /// `nil` where the ratio has no derivative that is the same for all own pixels.
  package var slope: Slope?

  package init(ratio: Ratio<SoftSums>, slope: Slope?) {
    self.ratio = ratio
    self.slope = slope
  }

  /// ∂L/∂p of a pixel that is the class's own, and of one that is not; `nil` where L is undefined.
  package typealias Slope = @Sendable (SoftSums) -> (own: Double, other: Double)?

  package var worst: Worst { SoftSums.worst }
}

/// What of a ratio of soft sums reaches the logits: ∂L/∂z = ∂L/∂p · p·(1 − p) behind a sigmoid.
package struct SoftSlopes: RatioCell {
  package var soft = SoftSums.zero
  /// Σ p·(1 − p) over the class's own pixels, and over the others.
  package var own = ExactSum.zero
  package var other = ExactSum.zero

  package init() {}

  package init(_ tally: ClassTally) {
    soft = tally.soft
    own = soft.both - soft.bothSquared
    other = soft.predicted - soft.predictedSquared - own
  }

  package static let zero = SoftSlopes()

  package static func + (a: SoftSlopes, b: SoftSlopes) -> SoftSlopes {
    var sum = SoftSlopes()
    sum.soft = a.soft + b.soft
    sum.own = a.own + b.own
    sum.other = a.other + b.other
    return sum
  }

  package static let worst = Worst.largest
  package static let countsDecisions = false
  /// A right 0 or 1 has no slope.
  package var perfect: SoftSlopes { changing(to: soft.perfect) }
  package var neverPredicted: SoftSlopes { changing(to: soft.neverPredicted) }
  package var extent: ExactSum { soft.extent }

  private func changing(to soft: SoftSums) -> SoftSlopes {
    var changed = SoftSlopes()
    changed.soft = soft
    return changed
  }
}
