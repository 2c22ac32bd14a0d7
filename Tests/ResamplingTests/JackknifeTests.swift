import Resampling
import TestSupport
import Testing

@Suite("The jackknife")
struct JackknifeTests {
  // A, the spatial test of 26 children (Efron and Tibshirani: "An introduction to the bootstrap",
  // 1993, chapter 14): mean 29.6538; the jackknife's error of a mean is s / √(n − 1) here, where nothing
  // is made smaller by (n − 1) / n: 13.354 / √25.
  @Test("gives a mean Student's interval")
  func mean() throws {
    let a: [Double] = [
      48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26,
      30, 41,
    ]
    let sum = a.reduce(0, +)
    let mean = sum / 26
    let deviation = (a.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 25).squareRoot()
    let jackknife = try #require(
      Jackknife(LeftOut(estimate: mean, others: a.map { (sum - $0) / 25 }, sizes: a.map { _ in 1 }))
    )
    #expect(abs(jackknife.standardError - deviation * (26.0 / 25).squareRoot() / 5.0990195) < 1e-6)
    // t₂₅ = 2.0595 of an error that is larger by √(26/25), so the factor is smaller by as much.
    let interval = try #require(jackknife.interval(level: 0.95, on: .unbounded))
    let reach = 2.0595 * deviation / 26.0.squareRoot()
    #expect(abs(interval.high - mean - reach) < 0.03 * reach)
    #expect(abs(mean - interval.low - reach) < 0.03 * reach)
  }

  // 0.975 quantiles of Student's t (R 4.2, qt), over √(n / (n − 1)), by which this error is larger.
  @Test(
    "the factor for clusters of one size is that of Student's t",
    arguments: [(2, 12.706), (4, 3.182), (10, 2.262), (31, 2.042), (60, 2.001), (1000, 1.962)])
  func equalSizes(count: Int, quantile: Double) throws {
    // Errors of ±1, so that the standard error is known.
    let others = (0..<count).map { Optional($0 % 2 == 0 ? 0.1 : -0.1) }
    let jackknife = try #require(
      Jackknife(LeftOut(estimate: 0, others: others, sizes: others.map { _ in 7 })))
    let interval = try #require(jackknife.interval(level: 0.95, on: .unbounded))
    let n = Double(count)
    let factor = interval.high / jackknife.standardError * (n / (n - 1)).squareRoot()
    #expect(abs(factor / quantile - 1) < (count == 2 ? 0.1 : 0.03))
  }

  @Test("never leaves the values that there are")
  func scales() throws {
    let left = LeftOut(estimate: 0.975, others: [0.95, 0.99, 0.97, 0.98], sizes: [1, 1, 1, 1])
    let jackknife = try #require(Jackknife(left))
    let unit = try #require(jackknife.interval(level: 0.95, on: .unit))
    #expect(unit.low > 0 && unit.low < 0.975 && unit.high > 0.975 && unit.high < 1)
    let plain = try #require(jackknife.interval(level: 0.95, on: .unbounded))
    #expect(plain.high > 1)
    // logit(high) − logit(θ) is the plain reach over θ(1 − θ).
    let logit = unit.high / (1 - unit.high) / (0.975 / 0.025)
    #expect(abs(logit - 1 / exponential(-(plain.high - 0.975) / (0.975 * 0.025))) < 1e-9 * logit)
    let small = try #require(
      Jackknife(LeftOut(estimate: 0.01, others: [0.001, 0.03, 0.02, 0.005], sizes: [1, 1, 1, 1])))
    let positive = try #require(small.interval(level: 0.95, on: .positive))
    #expect(positive.low > 0 && positive.high > 0.01)
  }

  @Test("says nothing where one cluster is more than half, and names it")
  func dominated() throws {
    let left = LeftOut(estimate: 0.5, others: [0.5, 0.4, nil], sizes: [1, 1, 3])
    let jackknife = try #require(Jackknife(left))
    #expect(jackknife.dominating == 2)
    #expect(jackknife.interval(level: 0.95, on: .unit) == nil)
    #expect(jackknife.detectable(level: 0.95) == nil)
    #expect(Jackknife(LeftOut(estimate: 0.5, others: [0.5, nil], sizes: [1, 1])) == nil)
    #expect(Jackknife(LeftOut(estimate: 0.5, others: [0.5], sizes: [0])) == nil)
    #expect(Jackknife(LeftOut(estimate: nil, others: [0.5], sizes: [1])) == nil)
  }

  @Test("what no cluster changes is certain")
  func certain() throws {
    let left = LeftOut(estimate: 1, others: [1, 1, 1], sizes: [1, 1, 1])
    #expect(
      Jackknife(left)?.interval(level: 0.95, on: .unit) == .init(low: 1, high: 1))
  }
}

/// Made-up runs of which the true IoU is known: sizes are log-normal and independent of how much of them
/// is found, so the mean of `found · size` over that of `size` is that of `found`.
@Suite("How often an interval holds the truth")
struct CoverageTests {
  struct Condition: CustomTestStringConvertible {
    var images: Int
    /// Standard deviation of the logarithm of a size.
    var spread: Double
    var testDescription: String { "\(images) images, spread \(spread)" }
  }

  /// With a twelfth degree of freedom more or less than a normal number has, which does not matter.
  static func normal(_ random: inout SeededGenerator) -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }

  @Test(
    "is 95 % for a ratio of sums, with few images and where some of them have most",
    arguments: [
      Condition(images: 12, spread: 0.5), Condition(images: 20, spread: 1.5),
      Condition(images: 60, spread: 0.5), Condition(images: 60, spread: 2),
      Condition(images: 200, spread: 1.5),
    ])
  func ratio(condition: Condition) throws {
    var random = SeededGenerator(seed: 1)
    var (held, all) = (0, 0)
    while all < 1000 {
      let rows = (0..<condition.images).map { _ in
        let size = 1 / exponential(-10 - condition.spread * CoverageTests.normal(&random))
        let found = Double.random(in: 0.2...1, using: &random)
        return (found * size, size)
      }
      let (found, size) = rows.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
      let left = LeftOut(
        estimate: found / size, others: rows.map { (found - $0.0) / (size - $0.1) },
        sizes: rows.map(\.1))
      guard
        let interval = try #require(Jackknife(left))
          .interval(level: 0.95, on: .unit)
      else { continue }
      all += 1
      if interval.low <= 0.6, 0.6 <= interval.high { held += 1 }
    }
    // 93 % to 97 %, and two standard errors of 1000 trials, 0.7 % each, to either side.
    #expect((916...984).contains(held), "\(held)")
  }
}
