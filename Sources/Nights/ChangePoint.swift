/// Where a level ended and another began.
package struct ChangePoint: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case step
    /// A straight line fits the nights since the last change point better than two levels do.
    case drift
  }

  package var kind: Kind
  /// The last night of the old level.
  package var before: Int
  /// The first night of the new level; nights between the two had no value.
  package var after: Int
  /// The night that decided it: at most the third measured night of the new level.
  package var found: Int
  package var from: Double
  /// The mean of the nights from `after` to `found`.
  package var to: Double
  /// The difference of the levels, in standard errors of that difference.
  package var standardErrors: Double
}

/// Two levels or a straight line: which leaves the smaller sum of squares. Both have one number more
/// than a single level has, so the sums compare as they are.
struct Shape {
  /// Sums of squares that each explains of those about the mean.
  let byStep: Double
  let byLine: Double

  /// - Parameter last: how many values belong to the new level.
  init(of values: ArraySlice<Double>, last: Int) {
    let (count, center) = (Double(values.count), Double(values.count - 1) / 2)
    let mean = values.reduce(0, +) / count
    let sum = zip(values, 0...).reduce(0) { $0 + ($1.0 - mean) * (Double($1.1) - center) }
    byLine = sum * sum / (count * (count * count - 1) / 12)
    let late = values.suffix(last).reduce(0) { $0 + ($1 - mean) }
    byStep = late * late * (1 / Double(last) + 1 / (count - Double(last)))
  }
}
