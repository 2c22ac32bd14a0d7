/// The level before a possible step, and the noise about it.
///
/// Values farther from the median than some scaled median absolute deviations count as if they were
/// just that far (winsorized), so that a night that went wrong and came back neither moves the level
/// nor hides the next step. Huber and Ronchetti: "Robust statistics", 2nd ed. 2009, 1.7 and 5.1.
struct Reference {
  let count: Int
  let level: Double
  /// The sum of squared deviations from the level.
  let squares: Double

  /// - Parameters:
  ///   - values: at least two.
  ///   - floor: of few or equal values the deviation may be 0 or nearly so; it is taken to be at least
  ///     a quarter of this.
  init(of values: ArraySlice<Double>, floor: PracticalFloor) {
    let center = median(values.sorted())
    let deviation = median(values.map { ($0 - center).magnitude }.sorted())
    // 1.4826 times the median absolute deviation is σ if the noise is normal. Of few values it is itself
    // uncertain, so the reach is wider.
    let reach =
      Reference.deviations * (1 + 4 / Double(values.count))
      * max(1.4826 * deviation, floor.step(at: center) / 4)
    // Summed as differences from the median: equal values have exactly no noise.
    let differences = values.map { min(max($0 - center, -reach), reach) }
    let mean = differences.reduce(0, +) / Double(values.count)
    count = values.count
    level = center + mean
    squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  private static let deviations = 4.0
}

/// The variance within segments, pooled: Σ squares / Σ degrees of freedom, as in the analysis of
/// variance.
struct PooledVariance {
  private(set) var squares = 0.0
  private(set) var freedom = 0.0

  var isKnown: Bool { freedom > 0 }

  /// Segments without noise say nothing about those with noise, so they are not pooled.
  mutating func add(squares more: Double, freedom degrees: Double, atMost limit: Double = .infinity)
  {
    guard more > 0, degrees > 0 else { return }
    squares += more
    freedom += degrees
    // Older segments fade, since noise too may change.
    if freedom > limit {
      squares *= limit / freedom
      freedom = limit
    }
  }

  var deviation: Double { isKnown ? (squares / freedom).squareRoot() : 0 }
}

private func median(_ sorted: [Double]) -> Double {
  (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
