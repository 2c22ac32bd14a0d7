/// An estimate, and what it would have been in each replicate.
package struct Spread: Sendable {
  package let estimate: Double?
  /// In the order of the replicates; `nil` where it is undefined, as for a class of which no image
  /// was drawn.
  package let replicates: [Double?]
  /// `nil` where leaving out one cluster leaves it undefined.
  package let acceleration: Double?
  private let sorted: [Double]

  package init(estimate: Double?, replicates: [Double?], acceleration: Double?) {
    self.estimate = estimate
    self.replicates = replicates
    self.acceleration = acceleration
    sorted = replicates.compactMap(\.self).sorted()
  }

  /// How many replicates leave the estimate undefined.
  package var undefined: Int { replicates.count - sorted.count }

  package struct Interval: Hashable, Sendable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }
}

extension Spread {
  /// What leaves out the same share of the replicates at both ends.
  ///
  /// An undefined replicate might have been anything: for the lower end it counts as below all
  /// others, for the upper end as above them. Where that takes an end, there is no interval.
  package func percentileInterval(level: Double = 0.95) -> Interval? {
    interval(from: (1 - level) / 2, to: (1 + level) / 2)
  }

  /// The percentile interval, corrected for bias and for a standard error that changes with the
  /// estimate (Efron: "Better bootstrap confidence intervals", JASA 82, 1987).
  ///
  /// None where the estimate is beyond all replicates or depends on a single cluster to exist.
  package func bcaInterval(level: Double = 0.95) -> Interval? {
    guard let bias, let acceleration else { return nil }
    func adjusted(_ share: Double) -> Double? {
      let z = bias + Normal.quantile(share)
      let divisor = 1 - acceleration * z
      return divisor > 0 ? Normal.share(below: bias + z / divisor) : nil
    }
    guard let low = adjusted((1 - level) / 2), let high = adjusted((1 + level) / 2) else {
      return nil
    }
    return interval(from: low, to: high)
  }

  /// z₀: where the estimate stands among the replicates, as a quantile of the normal distribution.
  /// Equal ones count half.
  package var bias: Double? {
    guard let estimate else { return nil }
    let below = sorted.count { $0 < estimate }
    let equal = sorted.count { $0 == estimate }
    let share = (Double(below) + Double(equal) / 2) / Double(sorted.count)
    return share > 0 && share < 1 ? Normal.quantile(share) : nil
  }

  private func interval(from low: Double, to high: Double) -> Interval? {
    guard let low = quantile(low, after: undefined), let high = quantile(high, after: 0) else {
      return nil
    }
    return Interval(low: low, high: high)
  }

  /// By linear interpolation between the two replicates beside it (type 7 of Hyndman and Fan,
  /// "Sample quantiles in statistical packages", 1996).
  ///
  /// - Parameter undefined: how many undefined ones stand before the others; the rest of them stands
  ///   behind.
  private func quantile(_ share: Double, after undefined: Int) -> Double? {
    let place = share * Double(replicates.count - 1)
    let first = Int(place) - undefined
    let fraction = place - place.rounded(.down)
    guard sorted.indices.contains(first) else { return nil }
    if fraction == 0 { return sorted[first] }
    guard sorted.indices.contains(first + 1) else { return nil }
    return sorted[first] + fraction * (sorted[first + 1] - sorted[first])
  }
}
