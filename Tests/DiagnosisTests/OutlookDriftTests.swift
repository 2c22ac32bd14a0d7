import Core
import Diagnosis
import Foundation
import TestSupport
import Testing

@Suite("What moved in predictions without a truth")
struct OutlookDriftTests {
  private static let classes = ClassList(
    (0..<5).map { .init(name: "class \($0)", value: Int64($0)) })
  private static let pixels = 10_000

  /// A run with so many predicted pixels of each class in each image.
  private func run(_ predicted: [[Int]]) -> Evidence {
    var scheme = Scheme(classes: Self.classes, kind: .labels, decision: .above(0.5))
    scheme.lacksTruth = true
    let images = predicted.enumerated().map { index, counts in
      var tally = Tally()
      tally.pixels = Self.pixels
      tally.classes = counts.map {
        ClassTally(overlap: Overlap(onlyPredicted: $0, neither: Self.pixels - $0))
      }
      return ImageEvidence(
        name: "image \(index)", index: index, width: 100, height: 100, tally: tally)
    }
    return Evidence(scheme: scheme, images: images, problems: [], listed: images.count)
  }

  /// Shares that differ between images by a factor: e^(deviation · normal).
  private func drawn(
    _ images: Int, deviation: Double, times factor: [Double],
    by generator: inout SeededGenerator
  ) -> Evidence {
    run(
      (0..<images).map { _ in
        factor.map { factor in
          let normal =
            (-2 * Foundation.log(Double.random(in: 1e-12..<1, using: &generator))).squareRoot()
            * Foundation.cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
          let share = 0.02 * factor * Foundation.exp(deviation * normal)
          return min(Self.pixels, Int(share * Double(Self.pixels)))
        }
      })
  }

  private func outlook(of now: Evidence, since before: Evidence) -> Outlook {
    Outlook(of: now, worth: nil, expected: nil, since: before, level: 0.95)
  }

  @Test("p is that of Welch's test with the jackknife's errors, by a plain loop", arguments: 1...6)
  func welch(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (before, now) = (
      drawn(11, deviation: 0.4, times: [1, 1, 1, 1, 1], by: &generator),
      drawn(14, deviation: 0.4, times: [1, 1.3, 1.6, 1, 1], by: &generator)
    )
    let found = outlook(of: now, since: before)
    var pValues: [Double] = []
    for c in 0..<5 {
      func moments(_ run: Evidence) -> (mean: Double, variance: Double, freedom: Double) {
        let shares = run.images.map {
          Double($0.tally.classes[c].overlap.predicted) / Double(Self.pixels)
        }
        let count = Double(shares.count)
        let mean = shares.reduce(0, +) / count
        // The jackknife's error of a mean: Σ(x − x̄)² / (n − 1)².
        let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, squares / ((count - 1) * (count - 1)), count - 1)
      }
      let (a, b) = (moments(before), moments(now))
      let variance = a.variance + b.variance
      let freedom =
        variance * variance
        / (a.variance * a.variance / a.freedom + b.variance * b.variance / b.freedom)
      pValues.append(tails(beyond: abs(b.mean - a.mean) / variance.squareRoot(), freedom))
      let figure = try #require(found.classes[c][.share])
      #expect(abs(figure.value - b.mean) < 1e-12)
      #expect(abs(try #require(figure.drift).before - a.mean) < 1e-12)
    }
    // Holm, by hand.
    var largest = 0.0
    for (rank, c) in (0..<5).sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
      largest = max(largest, min(1, Double(5 - rank) * pValues[c]))
      let p = try #require(found.classes[c][.share]?.drift?.pValue)
      // Wallace's approximation is within 2 % of the tail here.
      #expect(abs(p - largest) <= 0.02 * largest + 1e-12, "class \(c): \(p), \(largest)")
    }
  }

  /// Both tails of Student's t, its density added up by Simpson's rule.
  private func tails(beyond t: Double, _ freedom: Double) -> Double {
    let scale: Double = Foundation.lgamma((freedom + 1) / 2) - Foundation.lgamma(freedom / 2)
    let root: Double = (freedom * Double.pi).squareRoot()
    func density(_ x: Double) -> Double {
      let tail: Double = (freedom + 1) / 2 * Foundation.log(1 + x * x / freedom)
      return Foundation.exp(scale - tail) / root
    }
    let steps = 20_000
    let width = t / Double(steps)
    var sum = density(0) + density(t)
    for step in 1..<steps { sum += density(Double(step) * width) * (step % 2 == 0 ? 2 : 4) }
    return 1 - 2 * sum * width / 3
  }

  @Test("with nothing but chance at work at most one run in twenty says that anything moved")
  func falseAlarms() {
    var generator = SeededGenerator(seed: 7)
    var alarms = 0
    let rounds = 300
    for _ in 0..<rounds {
      let (before, now) = (
        drawn(40, deviation: 1, times: [1, 1, 1, 1, 1], by: &generator),
        drawn(25, deviation: 1, times: [1, 1, 1, 1, 1], by: &generator)
      )
      if !outlook(of: now, since: before).moved.isEmpty { alarms += 1 }
    }
    // 5 %, and three standard errors of so many rounds.
    #expect(
      Double(alarms) / Double(rounds) < 0.05 + 3 * (0.05 * 0.95 / Double(rounds)).squareRoot())
  }

  @Test("a class that is predicted twice as often is found, and no other")
  func found() {
    var generator = SeededGenerator(seed: 8)
    var (found, others) = (0, 0)
    let rounds = 100
    for _ in 0..<rounds {
      let (before, now) = (
        drawn(40, deviation: 0.5, times: [1, 1, 1, 1, 1], by: &generator),
        drawn(40, deviation: 0.5, times: [1, 1, 2, 1, 1], by: &generator)
      )
      let moved = outlook(of: now, since: before).moved.map(\.class.name)
      if moved.contains("class 2") { found += 1 }
      if moved.contains(where: { $0 != "class 2" }) { others += 1 }
    }
    #expect(found >= 95)
    #expect(others <= 11)
  }

  @Test("of one image, or of a class that one image has, nothing is tested")
  func untested() throws {
    let before = run([[100, 0, 0, 0, 0], [120, 0, 0, 0, 0], [90, 0, 0, 0, 0]])
    let one = outlook(of: run([[500, 500, 0, 0, 0]]), since: before)
    #expect(one.moved.isEmpty)
    #expect(one.classes[0][.share]?.drift?.pValue == nil)
    #expect(one.classes[0][.share]?.interval == nil)
    #expect(one.classes[0][.share]?.value == 0.05)
    // Nothing differs among the images of either run.
    let same = outlook(of: before, since: before)
    #expect(same.classes[4][.share]?.drift?.pValue == nil)
    #expect(same.classes[4][.share]?.difference == 0)
    #expect(same.compared.tested == 0)
  }

  @Test("what is alike in all images of a run and another in all of the other has moved")
  func collapse() throws {
    let (all, none) = (
      run(.init(repeating: [10_000, 0, 5, 0, 0], count: 10)),
      run(.init(repeating: [0, 10_000, 5, 0, 0], count: 12))
    )
    let found = outlook(of: none, since: all)
    #expect(found.moved.map(\.class.name) == ["class 0", "class 1"])
    // Of 646,646 ways to divide 22 images this and its opposite, and two are tested.
    let p = try #require(found.classes[0][.share]?.drift?.pValue)
    #expect(abs(p - 2 * 2.0 / 646_646) < 1e-12)
    #expect(found.classes[2][.share]?.drift?.pValue == nil)
  }
}
