import Resampling
import Testing

@Suite("Intervals")
struct SpreadTests {
  /// 0, 1, …, 100, as if drawn in any order.
  let hundred = (0...100).reversed().map { Double($0) as Double? }

  func spread(_ estimate: Double?, _ replicates: [Double?], acceleration: Double? = 0) -> Spread {
    Spread(estimate: estimate, replicates: replicates, acceleration: acceleration)
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
    #expect(spread(50, hundred + [nil, nil, nil, nil]).bcaInterval() == nil)
    #expect(spread(nil, [nil, nil], acceleration: nil).percentileInterval() == nil)
    #expect(spread(nil, [nil, nil], acceleration: nil).bcaInterval() == nil)
  }

  @Test("without bias and acceleration, BCa is the percentile interval")
  func plain() throws {
    let bca = try #require(spread(50, hundred).bcaInterval(level: 0.9))
    #expect(abs(bca.low - 5) < 1e-9 && abs(bca.high - 95) < 1e-9)
  }

  // Φ(z₀) = 70.5/101: z₀ = 0.51871; with a = 0.1 the 5 % and 95 % become Φ(−0.49344) = 0.3108497
  // and Φ(3.27962) = 0.9994803 (SciPy 1.17).
  @Test("bias and acceleration move the ends")
  func moved() throws {
    let bca = try #require(spread(70, hundred, acceleration: 0.1).bcaInterval(level: 0.9))
    #expect(abs(bca.low - 31.08497) < 1e-5)
    #expect(abs(bca.high - 99.94803) < 1e-5)
  }

  @Test("replicates equal to the estimate count half: where all are, there is no bias")
  func ties() {
    #expect(spread(1, [1, 1, 1]).bias == 0)
    #expect(spread(1, [1, 1, 1]).bcaInterval() == .init(low: 1, high: 1))
    #expect(spread(1, [0, 1, 1, 2, 2, 2]).bias == Normal.quantile(1 / 3))
  }

  @Test("BCa says nothing of an estimate beyond all replicates, or that hangs on one cluster")
  func noBCa() {
    #expect(spread(101, hundred).bcaInterval() == nil)
    #expect(spread(50, hundred, acceleration: nil).bcaInterval() == nil)
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
    #expect(spread.acceleration == nil)
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

  // A, the spatial test of 26 children (Efron and Tibshirani 1993, chapter 14). NumPy 2.4: variance
  // 171.53, acceleration 0.06124; from 400,000 Poisson replicates z₀ = 0.183 and the 90 % interval
  // (115.0, 264.0), whose ends have standard errors of 0.7 and 1.4 at 20,000.
  @Test("the textbook's variance has the textbook's skewed interval")
  func textbook() throws {
    let a: [Double] = [
      48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26,
      30, 41,
    ]
    let clusters = Clusters(names: a.indices.map { "child \($0)" }, columns: 3) {
      [1, a[$0], a[$0] * a[$0]]
    }
    let variance = Resamples(of: clusters, replicates: 20_000, seed: 1, jobs: 2).spread { sums in
      sums[2] / sums[0] - (sums[1] / sums[0]) * (sums[1] / sums[0])
    }
    #expect(abs(try #require(variance.estimate) - 171.53402366863904) < 1e-9)
    #expect(abs(try #require(variance.acceleration) - 0.06124011981230745) < 1e-12)
    #expect(abs(try #require(variance.bias) - 0.183) < 0.03)
    let interval = try #require(variance.bcaInterval(level: 0.9))
    #expect(abs(interval.low - 115.0) < 2.1)
    #expect(abs(interval.high - 264.0) < 4.2)
  }
}
