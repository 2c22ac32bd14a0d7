/// Weighted terms that one step combines, in order of place, then class.
struct Terms {
  private var sum = 0.0
  /// The divisor of a mean.
  private(set) var weight = 0.0
  /// For a step that selects, which looks at all of them.
  private var values: [Double]?

  init(for operation: Chain.Operation) { values = operation.isSelective ? [] : nil }

  /// A term without a value is skipped, or counts as `substitute` and then stays in the divisor.
  mutating func add(_ value: Double?, weight: Double, factor: Double, substitute: Double?) {
    guard let value = value ?? substitute, weight > 0 else { return }
    sum += value * (weight * factor)
    self.weight += weight
    values?.append(value)
  }

  /// `nil` where no term is left; a sum is then 0.
  func combined(by operation: Chain.Operation, worst: Worst) -> Double? {
    switch operation {
    case .pool, .sum: sum
    case .mean: weight > 0 ? sum / weight : nil
    case .trailing(let trailing): trailing.value(of: values ?? [])
    default:
      Selection(of: (values ?? []).map { ($0, 1) }, worst: worst).value(by: operation)
    }
  }
}

/// Which end of sorted values is the bad one.
package enum Worst: Sendable {
  /// Of a loss.
  case largest
  /// Of a score.
  case smallest
}

/// Values, each standing for `count` equal terms, from the worst to the best.
struct Selection {
  private var runs: [(value: Double, count: Int)]
  private var count: Int

  init(of runs: [(value: Double, count: Int)], worst: Worst) {
    self.runs = runs.filter { $0.count > 0 }.sorted {
      worst == .largest ? $0.value > $1.value : $0.value < $1.value
    }
    count = self.runs.reduce(0) { $0 + $1.count }
  }

  /// `nil` where there is no term.
  func value(by operation: Chain.Operation) -> Double? {
    guard let first = runs.first?.value, let last = runs.last?.value else { return nil }
    return switch operation {
    case .max: max(first, last)
    case .min: min(first, last)
    case .quantile(let q): quantile(first <= last ? q : 1 - q)
    case .worst(let k): meanOfWorst(min(k, count))
    // Multiplied first: 0.29 · 100 is a little less than 29.
    case .worstPercent(let percent): meanOfWorst(max(1, Int(percent * Double(count) / 100)))
    case .pool, .sum, .mean, .trailing: meanOfWorst(count)
    }
  }

  private func quantile(_ q: Double) -> Double {
    let position = q * Double(count - 1)
    let lower = term(Int(position))
    let upper = term(min(Int(position) + 1, count - 1))
    return lower + (position - position.rounded(.down)) * (upper - lower)
  }

  private func term(_ index: Int) -> Double {
    var before = 0
    for run in runs {
      before += run.count
      if index < before { return run.value }
    }
    return runs.last?.value ?? 0
  }

  private func meanOfWorst(_ k: Int) -> Double {
    var left = k
    var sum = 0.0
    for run in runs where left > 0 {
      let taken = min(left, run.count)
      sum += run.value * Double(taken)
      left -= taken
    }
    return sum / Double(k)
  }
}
