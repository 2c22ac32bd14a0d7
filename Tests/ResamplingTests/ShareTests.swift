import Resampling
import TestSupport
import Testing

@Suite("Shares of the replicates")
struct ShareTests {
  @Test("an undefined replicate is no support")
  func undefined() {
    let share = Share(holding: 90, failing: 7, undefined: 3)
    #expect(share.probability == 0.9)
    #expect(share.pValue == 11.0 / 101)
  }

  @Test("a p-value is never 0")
  func neverZero() { #expect(Share(holding: 1999, failing: 0).pValue == 1.0 / 2000) }
}

@Suite("Many claims at once")
struct HolmTests {
  // 4 · 0.005, 3 · 0.01, 2 · 0.03, and 1 · 0.04, which is not below the one before.
  @Test("the smallest p-value counts as many times as there are claims, the next one less")
  func adjusted() {
    let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
    #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test("one claim is as it is, none is none, and nothing exceeds 1")
  func corners() {
    #expect(Holm.adjusted([]) == [])
    #expect(Holm.adjusted([0.2]) == [0.2])
    #expect(Holm.adjusted([0.7, 0.6, 0.7]) == [1, 1, 1])
  }

  // Step down: the k-th smallest of m is proven if it and all before it are at most α/(m − k).
  @Test("what is proven is what stepping down proves")
  func stepDown() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      let pValues = (0..<8).map { _ in Double.random(in: 0...0.05, using: &random) }
      let sorted = pValues.sorted()
      let proven = sorted.indices.prefix { sorted[$0] <= 0.05 / Double(8 - $0) }.count
      #expect(Holm.adjusted(pValues).count { $0 <= 0.05 } == proven)
    }
  }

  @Test("2,000 replicates do for two claims at 5 %; each more takes 800")
  func replicates() {
    #expect(Holm.replicates(for: 2, level: 0.05) == 1600)
    #expect(Holm.replicates(for: 19, level: 0.05) == 15_200)
    #expect(Holm.replicates(for: 1, level: 1e-300) == .max)
  }
}
