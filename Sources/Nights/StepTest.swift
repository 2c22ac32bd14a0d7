internal import Resampling

/// Whether the last two or three nights stand apart from the reference: Student's two-sample t-test
/// with the variance within segments.
///
/// A night counts at most so many times the threshold, so no single night is a step however far out it
/// is: the others must say so too.
struct StepTest {
  let nights: Int
  /// The standard normal quantile that a test has to exceed to either side.
  let quantile: Double
  /// What a night counts at most, in thresholds.
  let most: Double

  /// One false alarm in 500 tests if they were independent; successive ones share two nights of three,
  /// so it is fewer.
  static let three = StepTest(nights: 3, quantile: Normal.quantile(0.999), most: 1.6)
  /// For steps that are so large that two nights are enough.
  static let two = StepTest(nights: 2, quantile: Normal.quantile(0.99997), most: 1.2)

  struct Outcome {
    let isStep: Bool
    let level: Double
    /// Of the difference: σ·√(1/nights + 1/reference), at least a quarter of the floor.
    let standardErrors: Double
    let reference: Reference
  }

  func outcome(
    of last: ArraySlice<Double>, after reference: Reference, pooled: PooledVariance,
    floor: PracticalFloor
  ) -> Outcome {
    var variance = PooledVariance()
    variance.add(squares: reference.squares, freedom: Double(reference.count - 1))
    if variance.isKnown { variance.add(squares: pooled.squares, freedom: pooled.freedom) }
    let step = floor.step(at: reference.level)
    let spread = (1 / Double(nights) + 1 / Double(reference.count)).squareRoot()
    let threshold = max(
      step,
      variance.isKnown
        ? Student.quantile(normal: quantile, freedom: variance.freedom)
          * variance.deviation * spread : 0)
    let differences = last.map { $0 - reference.level }
    let counted = differences.reduce(0) {
      $0 + min(max($1, -most * threshold), most * threshold)
    }
    let mean = differences.reduce(0, +) / Double(nights)
    // Rounding must not take a step that is just the floor for less.
    return Outcome(
      isStep: threshold > 0
        ? counted.magnitude / Double(nights) >= threshold * (1 - 1e-9) : mean != 0,
      level: reference.level + mean,
      standardErrors: mean.magnitude / (max(variance.deviation, step / 4) * spread),
      reference: reference)
  }
}
