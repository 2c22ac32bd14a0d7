/// What a trainer shows of the losses of its batches so far, in their order.
package enum Trailing: Hashable, Sendable {
  /// The mean of the last k; of one the last itself.
  case last(Int)
  /// The median of the last k; of an even count the mean of the two in the middle.
  case median(Int)
  /// The same with the lower of the two.
  case lowMedian(Int)
  /// m ← b·m + (1 − b)·v from 0, divided by 1 − bⁿ: an exponential mean without its bias.
  case exponential(Double)
  /// The same from the first value, with the bias that this gives it.
  case running(Double)

  /// - Parameter values: in order; NaN stays as long as it is among those that are looked at.
  func value(of values: [Double]) -> Double? {
    guard let first = values.first else { return nil }
    switch self {
    case .last(let count):
      let last = values.suffix(count)
      return last.reduce(0, +) / Double(last.count)
    case .median(let count), .lowMedian(let count):
      let last = values.suffix(count)
      guard !last.contains(where: \.isNaN) else { return .nan }
      let sorted = last.sorted()
      let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
      return if case .median = self { (low + high) / 2 } else { low }
    case .exponential(let keep):
      // The weights so far sum to 1 − bⁿ, and are summed with the same rounding as the values.
      let (mean, part) = values.reduce((0, 0)) { state, value in
        (keep * state.0 + (1 - keep) * value, keep * state.1 + (1 - keep))
      }
      return mean / part
    case .running(let keep):
      return values.dropFirst().reduce(first) { keep * $0 + (1 - keep) * $1 }
    }
  }
}

extension Trailing: CustomStringConvertible {
  package var description: String {
    switch self {
    case .last(let count): "last(\(count))"
    case .median(let count): "median(\(count))"
    case .lowMedian(let count): "low-median(\(count))"
    case .exponential(let keep): "ema(\(shortest(keep)))"
    case .running(let keep): "running(\(shortest(keep)))"
    }
  }
}
