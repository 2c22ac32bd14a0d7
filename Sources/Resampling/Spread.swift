/// An estimate, and what it would have been in each replicate.
package struct Spread: Sendable {
  package let estimate: Double?
  /// In the order of the replicates; `nil` where it is undefined, as for a class of which no image
  /// was drawn.
  package let replicates: [Double?]
  private let sorted: [Double]

  package init(estimate: Double?, replicates: [Double?]) {
    self.estimate = estimate
    self.replicates = replicates
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
  /// The percentile interval, or one value that no draw changes, which is certain.
  package func interval(level: Double) -> Interval? {
    guard let estimate else { return nil }
    if undefined == 0, replicates.allSatisfy({ $0 == estimate }) {
      return Interval(low: estimate, high: estimate)
    }
    return percentileInterval(level: level)
  }

  /// What leaves out the same share of the replicates at both ends.
  ///
  /// An undefined replicate might have been anything: for the lower end it counts as below all
  /// others, for the upper end as above them. Where that takes an end, there is no interval.
  package func percentileInterval(level: Double = 0.95) -> Interval? {
    interval(from: (1 - level) / 2, to: (1 + level) / 2)
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
