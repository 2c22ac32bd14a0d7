internal import Workloads

/// Two commands in turn, A B B A A B …, so that a machine that gets slower does not favour one.
struct Pair {
  /// The rounds of each.
  private(set) var first: [Cost] = []
  private(set) var second: [Cost] = []

  init(_ a: () throws(Failure) -> Cost, _ b: () throws(Failure) -> Cost, rounds: Int)
    throws(Failure)
  {
    for round in 0..<rounds {
      if round.isMultiple(of: 2) {
        first.append(try a())
        second.append(try b())
      } else {
        second.append(try b())
        first.append(try a())
      }
    }
  }

  /// How many times as much the second command needs: the median over the rounds.
  func row(
    _ name: String, _ cost: (Cost) -> Double, atLeast bound: Double? = nil
  ) -> Row {
    let ratios = zip(first, second).map { cost($1) / cost($0) }
    let (least, most) = (ratios.min() ?? .nan, ratios.max() ?? .nan)
    return Row(
      name: "ratio \(name)", value: ratios.median, bound: bound.map { .atLeast($0) } ?? .none,
      detail: "\(first.map(cost).median.figures) s against \(second.map(cost).median.figures) s, "
        + "\(least.figures) to \(most.figures) in \(ratios.count) rounds")
  }
}

extension [Double] {
  var median: Double {
    guard !isEmpty else { return .nan }
    let sorted = sorted()
    let middle = count / 2
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
