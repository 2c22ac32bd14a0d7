internal import Counting
internal import Resampling

/// The difference between an estimate of two runs over different images.
///
/// Welch's test ("The generalization of 'Student's' problem", Biometrika 34, 1947) with the jackknife's standard errors:
/// the variances of both runs are not taken for equal, and images of a group are one observation. How many observations a
/// run has where they are unequal follows from the squares of their shares (Kish, "Survey sampling", 1965, 11.7).
struct TwoRuns {
  let difference: Double
  private let test: Test

  private enum Test {
    case welch(error: Double, freedom: Double)
    /// Nothing differs among the images of either run, and the runs differ: so many observations of each.
    case apart(Int, Int)
  }

  /// `nil` where a run has fewer than ten images (or groups), one has more than half, or nothing differs at all.
  init?(_ before: Jackknife?, _ after: Jackknife?) {
    guard let before, let after, before.dominating == nil, after.dominating == nil,
      min(before.others.count, after.others.count) >= Outlook.fewestObservations
    else { return nil }
    let (a, b) = (before.spread, after.spread)
    let variance = a.variance + b.variance
    difference = after.estimate - before.estimate
    if variance > 0 {
      let freedom =
        variance * variance
        / (a.variance * a.variance / a.freedom + b.variance * b.variance / b.freedom)
      test = .welch(error: variance.squareRoot(), freedom: freedom)
    } else if difference.magnitude > 1e-12 {
      test = .apart(before.others.count, after.others.count)
    } else {
      return nil
    }
  }

  /// That runs over images of one kind differ as much, to either side.
  var pValue: Double {
    switch test {
    case .welch(let error, let freedom):
      let t = difference / error
      // The inverse of `Student.quantile`.
      let z =
        (freedom * naturalLogarithm(1 + t * t / freedom)).squareRoot() * (8 * freedom + 1)
        / (8 * freedom + 3)
      // Φ is known to 1e-15.
      return max(2e-15, min(1, 2 * Normal.share(below: -z.magnitude)))
    case .apart(let first, let second):
      // Of all ways to give the images to two runs, this and its opposite set them apart so.
      var ways = 1.0
      for k in 0..<min(first, second) {
        ways *= Double(first + second - k) / Double(k + 1)
        if ways > 1e15 { break }
      }
      return min(1, 2 / ways)
    }
  }

  func interval(_ level: Double) -> Interval? {
    guard case .welch(let error, let freedom) = test else { return nil }
    let normal = Normal.quantile(0.5 + level / 2)
    let reach = error * Student.quantile(normal: normal, freedom: freedom)
    return Interval(low: difference - reach, high: difference + reach)
  }
}

extension Jackknife {
  fileprivate var spread: (variance: Double, freedom: Double) {
    let squares = shares.reduce(0) { $0 + $1 * $1 }
    return (standardError * standardError, max(1, 1 / squares - 1))
  }
}
