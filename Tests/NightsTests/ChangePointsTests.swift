import NightSimulation
import Nights
import TestSupport
import Testing

@Suite("Change points of a series of nights")
struct ChangePointsTests {
  static let seed: UInt64 = 14

  /// σ = 0.01 about 0.7, `size` lower from the 60th night. The seed is one without a false alarm; how
  /// often there is one, `RateTests` says.
  func noisy(_ nights: Int, size: Double = 0.06, from: Int = 60, to: Int = .max) -> [NightValue] {
    var random = SeededGenerator(seed: Self.seed)
    return scores(Noise.normal.series(nights, random: &random)) {
      $0 >= from && $0 < to ? -100 * size : 0
    }
  }

  func constant(_ value: Double, _ nights: Int) -> [NightValue] {
    Array(repeating: NightValue(value), count: nights)
  }

  @Test("a break is found, with its place, levels and standard errors")
  func step() throws {
    let points = ChangePoints(of: noisy(100)).points
    let point = try #require(points.first)
    #expect(points.count == 1)
    #expect(point.kind == .step)
    #expect((point.before, point.after) == (59, 60))
    #expect((60...62).contains(point.found))
    #expect(abs(point.from - 0.7) < 0.005)
    #expect(abs(point.to - 0.64) < 0.02)
    #expect(point.standardErrors > 4)
  }

  @Test("what is said of a night does not change with later nights")
  func online() {
    let nights = noisy(110, to: 70)
    let all = ChangePoints(of: nights).points
    #expect(all.count == 2)
    for count in 0...nights.count {
      #expect(
        ChangePoints(of: Array(nights.prefix(count))).points == all.filter { $0.found < count })
    }
  }

  @Test("two breaks 10 nights apart are two")
  func two() {
    #expect(ChangePoints(of: noisy(110, to: 70)).points.map(\.after) == [60, 70])
  }

  @Test("a night far out is none, and does not hide the next break", arguments: [0.05, 0.3, 5])
  func outlier(size: Double) {
    var nights = noisy(100)
    nights[40] = NightValue(0.7 - size)
    #expect(ChangePoints(of: nights).points.map(\.after) == [60])
  }

  @Test("equal nights are none, and a move that lasts two nights is one")
  func zeroNoise() {
    #expect(ChangePoints(of: constant(0.7, 400)).points.isEmpty)
    let points = ChangePoints(of: constant(0.7, 20) + constant(0.704, 20)).points
    #expect(points.map(\.after) == [20])
    #expect(points.map(\.found) == [21])
    #expect(points.allSatisfy { $0.standardErrors.isFinite })
    let back = constant(0.7, 20) + constant(0.8, 1) + constant(0.7, 20)
    #expect(ChangePoints(of: back).points.isEmpty)
  }

  @Test("a move below the practical floor is none")
  func floors() {
    #expect(ChangePoints(of: constant(0.7, 20) + constant(0.7 + 1e-9, 20)).points.isEmpty)
    #expect(ChangePoints(of: constant(0.7, 20) + constant(0.7019, 20)).points.isEmpty)
    #expect(ChangePoints(of: constant(0.7, 20) + constant(0.702, 20)).points.count == 1)
    let loss = constant(40, 20)
    #expect(ChangePoints(of: loss + constant(40.39, 20), floor: .loss).points.isEmpty)
    #expect(ChangePoints(of: loss + constant(40.4, 20), floor: .loss).points.count == 1)
    #expect(ChangePoints(of: constant(0, 20) + constant(0, 9), floor: .loss).points.isEmpty)
    #expect(ChangePoints(of: constant(0, 20) + constant(1, 9), floor: .loss).points.count == 1)
  }

  @Test("repeats are no measurements: only the nights move")
  func repeats() {
    let plain = noisy(100)
    let doubled = plain.flatMap { [$0, NightValue($0.value, isRepeat: true)] }
    let (points, expected) = (ChangePoints(of: doubled).points, ChangePoints(of: plain).points)
    #expect(points.map(\.standardErrors) == expected.map(\.standardErrors))
    #expect(points.map(\.before) == expected.map { 2 * $0.before + 1 })
    #expect(points.map(\.after) == expected.map { 2 * $0.after })
    // One measurement says nothing of the noise, however often it is shown.
    let shown = [NightValue(0.7)] + Array(repeating: NightValue(0.7, isRepeat: true), count: 50)
    #expect(ChangePoints(of: shown + constant(0.8, 5)).points.isEmpty)
  }

  @Test("missing nights are passed over, and the place says so")
  func missing() {
    var nights = noisy(100)
    for night in [20, 33, 34, 58, 59, 61] { nights[night] = NightValue(nil) }
    nights[45] = NightValue(.nan)
    let points = ChangePoints(of: nights).points
    #expect(points.map(\.before) == [57])
    #expect(points.map(\.after) == [60])
    #expect(ChangePoints(of: Array(repeating: NightValue(nil), count: 50)).points.isEmpty)
  }

  @Test("8 nights of reference come before the first")
  func short() {
    #expect(ChangePoints(of: []).points.isEmpty)
    #expect(ChangePoints(of: constant(0.7, 7) + constant(0.8, 2)).points.isEmpty)
    #expect(ChangePoints(of: constant(0.7, 8) + constant(0.8, 2)).points.map(\.found) == [9])
    #expect(ChangePoints(of: constant(0.7, 8) + constant(0.8, 1)).points.isEmpty)
  }
}
