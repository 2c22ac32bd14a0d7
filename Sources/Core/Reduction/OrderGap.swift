/// How far a value depends on the order of reduction: the smallest and largest value over every
/// ordered grouping of the chain's axes, all of them plain means.
///
/// A gap of 0 proves that the order cannot be the cause of anything.
package struct OrderGap: Hashable, Codable, Sendable {
  package var lowest: Double
  package var highest: Double
  /// The groupings that gave them, as chains that can be run.
  package var lowestChain: String
  package var highestChain: String
  /// Distinct groupings that were tried.
  package var orders: Int

  package var gap: Double { isZero ? 0 : highest - lowest }

  /// Whether all orders agree, apart from the rounding of a few hundred additions and divisions.
  package var isZero: Bool { !OrderGap.differ(lowest, highest) }

  private static func differ(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude > 1e-13 * max(a.magnitude, b.magnitude)
  }

  /// `nil` where no order gives a number.
  package init?(of chains: [Chain], value: (Chain) -> Double?) {
    var found: OrderGap?
    for chain in chains {
      guard let value = value(chain) else { continue }
      guard var gap = found else {
        found = OrderGap(lowest: value, highest: value, chain: chain.description)
        continue
      }
      gap.orders += 1
      // Of chains that agree up to rounding the first is named.
      if OrderGap.differ(value, gap.lowest), value < gap.lowest {
        (gap.lowest, gap.lowestChain) = (value, chain.description)
      }
      if OrderGap.differ(value, gap.highest), value > gap.highest {
        (gap.highest, gap.highestChain) = (value, chain.description)
      }
      found = gap
    }
    guard let found else { return nil }
    self = found
  }

  private init(lowest: Double, highest: Double, chain: String) {
    self.lowest = lowest
    self.highest = highest
    lowestChain = chain
    highestChain = chain
    orders = 1
  }
}

extension Chain {
  /// Every ordered grouping of this chain's axes by plain means; for a ratio the first group is
  /// pooled and must hold the pixels. Equivalent groupings are listed once.
  package var orders: [Chain] {
    var seen: Set<[AxisSet]> = []
    return Chain.groupings(of: axes.outsideIn).compactMap { groups in
      if hasScore, !groups[0].contains(.pixel) { return nil }
      let joined = Chain.joiningNested(groups)
      guard seen.insert(joined).inserted else { return nil }
      let steps = joined.enumerated().map { index, group in
        Step.reduce(.init(hasScore && index == 0 ? .pool : .mean, group.outsideIn))
      }
      let score = steps.prefix(1) + [.score(scoreDomain ?? .union)] + steps.dropFirst()
      return Chain(steps: hasScore ? Array(score) : steps)
    }
  }

  /// All ways to put `axes` into groups that stand in an order.
  private static func groupings(of axes: [Axis]) -> [[AxisSet]] {
    guard let first = axes.first else { return [[]] }
    return groupings(of: Array(axes.dropFirst())).flatMap { rest in
      rest.indices.map { index in
        var grouping = rest
        grouping[index].insert(first)
        return grouping
      }
        + (0...rest.count).map { index in
          var grouping = rest
          grouping.insert(AxisSet([first]), at: index)
          return grouping
        }
    }
  }

  /// Moves an outer axis into the group that takes the last of the axes inside it.
  private static func joiningNested(_ groups: [AxisSet]) -> [AxisSet] {
    var joined = groups
    for (index, group) in groups.enumerated() {
      for axis in group.outsideIn {
        let host = groups.lastIndex { $0.outsideIn.contains { $0.isInside(axis) } }
        guard let host, host > index else { continue }
        joined[index].remove(axis)
        joined[host].insert(axis)
      }
    }
    return joined.filter { !$0.isEmpty }
  }
}
