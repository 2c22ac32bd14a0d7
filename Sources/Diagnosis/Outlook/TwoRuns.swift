internal import Counting
internal import Resampling

/// The difference between an estimate of two runs over different images.
///
/// Welch's test ("The generalization of 'Student's' problem", Biometrika 34, 1947) with the jackknife's standard errors:
/// the variances of both runs are not taken for equal, and images of a group are one observation. How many observations a
/// run has where they are unequal follows from the squares of their shares (Kish, "Survey sampling", 1965, 11.7).
struct TwoRuns {
  let difference: Double
  private let error: Double
  private let freedom: Double

  /// `nil` where a run has fewer than two images (or groups), one has more than half, or nothing differs among the images
  /// of either run.
  init?(_ before: Jackknife?, _ after: Jackknife?) {
    guard let before, let after, let first = before.spread, let second = after.spread else {
      return nil
    }
    let variance = first.variance + second.variance
    guard variance > 0 else { return nil }
    difference = after.estimate - before.estimate
    error = variance.squareRoot()
    freedom =
      variance * variance
      / (first.variance * first.variance / first.freedom
        + second.variance * second.variance / second.freedom)
  }

  /// That runs over images of one kind differ as much, to either side.
  var pValue: Double {
    let t = difference / error
    // The inverse of `Student.quantile`.
    let z =
      (freedom * naturalLogarithm(1 + t * t / freedom)).squareRoot() * (8 * freedom + 1)
      / (8 * freedom + 3)
    // Φ is known to 1e-15.
    return max(2e-15, min(1, 2 * Normal.share(below: -z.magnitude)))
  }

  func interval(_ level: Double) -> Interval {
    let normal = Normal.quantile(0.5 + level / 2)
    let reach = error * Student.quantile(normal: normal, freedom: freedom)
    return Interval(low: difference - reach, high: difference + reach)
  }
}

extension Jackknife {
  fileprivate var spread: (variance: Double, freedom: Double)? {
    let squares = shares.reduce(0) { $0 + $1 * $1 }
    guard dominating == nil, others.count > 1, squares > 0 else { return nil }
    let freedom = max(1, 1 / squares - 1)
    return (standardError * standardError, freedom)
  }
}
