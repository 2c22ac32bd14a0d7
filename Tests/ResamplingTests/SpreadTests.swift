import Resampling
import Testing

@Suite("Intervals")
struct SpreadTests {
  /// 0, 1, …, 100, as if drawn in any order.
  let hundred = (0...100).reversed().map { Double($0) as Double? }

  func spread(_ estimate: Double?, _ replicates: [Double?]) -> Spread {
    Spread(estimate: estimate, replicates: replicates)
  }

  @Test("percentiles lie on the line between the replicates beside them")
  func percentiles() {
    #expect(spread(50, hundred).percentileInterval(level: 0.5) == .init(low: 25, high: 75))
    let three = spread(2, [3, 1, 10]).percentileInterval(level: 0.5)
    #expect(three == .init(low: 2, high: 6.5))
    #expect(spread(1, [1]).percentileInterval() == .init(low: 1, high: 1))
  }

  @Test("an undefined replicate counts as below all others, and as above them")
  func undefined() throws {
    let some = spread(50, hundred + [nil, nil])
    #expect(some.undefined == 2)
    // 0.05 of the way along −∞, −∞, 0 … 100, and as far from the end of 0 … 100, ∞, ∞.
    let interval = try #require(some.percentileInterval(level: 0.9))
    #expect(abs(interval.low - (0.05 * 102 - 2)) < 1e-9)
    #expect(abs(interval.high - 0.95 * 102) < 1e-9)
  }

  @Test("there is no interval where undefined replicates take an end, or all")
  func tooManyUndefined() {
    #expect(spread(50, hundred + [nil, nil, nil, nil]).percentileInterval() == nil)
    #expect(spread(nil, [nil, nil]).percentileInterval() == nil)
  }
}

@Suite("What varies with the draw")
struct EstimateTests {
  /// True positives and union of a class that one image of six has.
  let rare = Resamples(
    of: Clusters(names: ["a", "b", "c", "d", "e", "f"], columns: 2) { $0 == 2 ? [3, 4] : [0, 0] },
    replicates: 1000, seed: 1, jobs: 2)

  func iou(_ sums: Span<Double>) -> Double? { sums[1] == 0 ? nil : sums[0] / sums[1] }

  // Of 1000, 1/e: 368 ± 15.
  @Test("replicates without support are undefined, counted, and say neither yes nor no")
  func noSupport() {
    let spread = rare.spread(of: iou)
    #expect(spread.estimate == 0.75)
    #expect((318...418).contains(spread.undefined))
    #expect(spread.replicates.allSatisfy { $0 == nil || $0 == 0.75 })
    #expect(spread.percentileInterval() == nil)
    let share = rare.share { sums in iou(sums).map { $0 > 0.5 } }
    #expect(
      share == Share(holding: 1000 - spread.undefined, failing: 0, undefined: spread.undefined))
  }

  @Test("what is not a finite number is undefined")
  func notFinite() {
    let spread = rare.spread { sums in sums[0] / sums[1] }
    #expect(spread.undefined == rare.spread(of: iou).undefined)
    #expect(rare.spread { _ in .infinity }.undefined == 1000)
    #expect(rare.spread { _ in .nan }.estimate == nil)
  }
}
