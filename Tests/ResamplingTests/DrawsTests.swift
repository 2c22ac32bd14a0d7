import Resampling
import Testing

@Suite("Draws of clusters")
struct DrawsTests {
  let draws = Draws(seed: 1)

  @Test(
    "a name's hash is FNV-1a, by the vectors of its authors",
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ] as [(String, UInt64)])
  func hash(name: String, hash: UInt64) { #expect(fnv1a(name) == hash) }

  @Test("a sequence is SplitMix64, by Rosetta Code's numbers for the start 1234567")
  func sequence() {
    let numbers = (1...3).map { mixed(1_234_567 &+ UInt64($0) &* 0x9e37_79b9_7f4a_7c15) }
    #expect(
      numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  // From a script that does the same in whole numbers and 40-digit decimals.
  @Test("seed, replicate and name decide a count, so it can be written down")
  func known() {
    func counts(_ name: String, seed: UInt64) -> [UInt8] {
      let draws = Draws(seed: seed)
      return (0..<12).map { draws.count(from: draws.start(of: name), in: $0) }
    }
    #expect(counts("0001", seed: 1) == [3, 1, 1, 2, 2, 0, 0, 1, 2, 0, 0, 0])
    #expect(counts("0001", seed: 2) == [0, 1, 2, 0, 1, 0, 1, 3, 1, 1, 0, 0])
    #expect(counts("0002", seed: 1) == [2, 0, 2, 0, 0, 0, 1, 1, 1, 0, 2, 0])
  }

  @Test("a word is turned into a count at the bounds of the distribution, and up to 16")
  func bounds() {
    let poisson = Poisson()
    #expect(poisson.count(0) == 0)
    #expect(poisson.count(.max) == 16)
    var (share, term) = (0.0, 0.36787944117144233)
    for count in UInt8(0)..<16 {
      share += term
      term /= Double(count + 1)
      let bound = UInt64(share * 0x1p64)
      #expect(poisson.count(bound - 1) == count)
      #expect(poisson.count(bound) == count + 1)
    }
  }
}

/// Fixed seeds, so these pass or fail for good; the bounds are 3.3 standard errors (one in a
/// thousand) unless a line says otherwise.
@Suite("The quality of the draws")
struct DrawQualityTests {
  /// Names that differ in a digit or two, as image names do.
  let names = (0..<1000).map { "frankfurt_000000_\(100_000 + $0)_leftImg8bit" }

  /// A row a name, a column a replicate.
  func table(seed: UInt64, replicates: Range<Int> = 0..<1000) -> [[Double]] {
    let draws = Draws(seed: seed)
    return names.map { name in
      let start = draws.start(of: name)
      return replicates.map { Double(draws.count(from: start, in: $0)) }
    }
  }

  @Test("mean and variance are 1", arguments: [0, 1, 42, UInt64.max])
  func moments(seed: UInt64) {
    let counts = table(seed: seed).flatMap(\.self)
    let n = Double(counts.count)
    let mean = counts.reduce(0, +) / n
    let variance = counts.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / n
    // The variance of (X − 1)² is 4 − 1.
    #expect(abs(mean - 1) < 3.3 / n.squareRoot())
    #expect(abs(variance - 1) < 3.3 * (3 / n).squareRoot())
  }

  @Test("the frequencies of 0 to 7 and more are those of Poisson(1)", arguments: [0, 1, 42, 4711])
  func chiSquare(seed: UInt64) {
    let counts = table(seed: seed).flatMap(\.self)
    var expected: [Double] = [0.36787944117144233]
    for k in 1..<7 { expected.append(expected[k - 1] / Double(k)) }
    expected.append(1 - expected.reduce(0, +))
    let chiSquare = expected.enumerated().reduce(0.0) { sum, expected in
      let (k, share) = expected
      let found = Double(counts.count { min(Int($0), 7) == k })
      let e = share * Double(counts.count)
      return sum + (found - e) * (found - e) / e
    }
    // 99.9 % of chi-squares with 7 degrees of freedom are below.
    #expect(chiSquare < 24.32)
  }

  @Test("each cluster and each replicate has its own mean of 1")
  func margins() {
    let counts = table(seed: 7)
    let byName = counts.map { $0.reduce(0, +) / 1000 }
    let byReplicate = (0..<1000).map { r in counts.reduce(0) { $0 + $1[r] } / 1000 }
    for means in [byName, byReplicate] {
      // Their own variance is 1/1000, and the variance of that 2/1000 of it.
      let variance = means.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / 1000
      #expect(abs(variance * 1000 - 1) < 3.3 * (2.0 / 1000).squareRoot())
      #expect(means.allSatisfy { abs($0 - 1) < 5 / 1000.0.squareRoot() })
    }
  }

  @Test("neighbours are not correlated: replicates, names, seeds", arguments: [1, 2, 3, 16, 128])
  func correlation(lag: Int) {
    let counts = table(seed: 3)
    let further = table(seed: 3, replicates: lag..<1000 + lag)
    let otherSeed = table(seed: 3 + UInt64(lag))
    let shifted = Array(counts[lag...] + counts[..<lag])
    for other in [further, otherSeed, shifted] {
      let products = zip(counts.joined(), other.joined()).reduce(0) {
        $0 + ($1.0 - 1) * ($1.1 - 1)
      }
      // A product of two independent ones has mean 0 and variance 1.
      #expect(abs(products / 1e6) < 3.3 / 1e3)
    }
  }
}
