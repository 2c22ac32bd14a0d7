import Core
import Counting
import Tables
import Testing

@Suite("Average precision and the area under the ROC curve")
struct CurveRankingTests {
  @Test("of drawn pixels")
  func drawings() throws {
    // Own pixels at .9, .7, .3; others at .8, .3, .1.
    let curve = CurvePixels("973|831").curve(on: .bits8)
    let precisions = [1.0 / 1, 2.0 / 3, 3.0 / 5]
    #expect(isClose(try #require(curve.averagePrecision).value, precisions.reduce(0, +) / 3))
    // The nine pairs: .9 wins three, .7 wins two, .3 wins one and ties one.
    #expect(curve.areaUnderROC?.value == 6.5 / 9)
  }

  @Test("are 1 where all own pixels come first, and without order ½ and the own share")
  func extremes() {
    for scale in LevelScale.all {
      let perfect = CurvePixels("887|610").curve(on: scale)
      #expect(perfect.averagePrecision == Estimate(low: 1, high: 1))
      #expect(perfect.areaUnderROC == Estimate(low: 1, high: 1))
      let constant = CurvePixels(p: [1, 1, 1, 1], isOwn: [true, false, false, false])
      #expect(constant.curve(on: scale).averagePrecision == Estimate(low: 0.25, high: 0.25))
      #expect(constant.curve(on: scale).areaUnderROC == Estimate(low: 0.5, high: 0.5))
    }
  }

  @Test("do not exist without own pixels; the area neither without others")
  func undefined() {
    for scale in LevelScale.all {
      #expect(CurvePixels("|42").curve(on: scale).averagePrecision == nil)
      #expect(CurvePixels("|42").curve(on: scale).areaUnderROC == nil)
      #expect(CurvePixels("42|").curve(on: scale).averagePrecision == Estimate(low: 1, high: 1))
      #expect(CurvePixels("42|").curve(on: scale).areaUnderROC == nil)
      #expect(LevelCurve(.zero, on: scale).areaUnderROC == nil)
    }
  }

  @Test("are those of a loop over the sorted pixels", arguments: LevelScale.all)
  func loops(scale: LevelScale) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let pixels = CurvePixels(drawn: 3000, seed: seed, on: scale)
      let curve = pixels.curve(on: scale)
      let precision = try #require(curve.averagePrecision)
      let area = try #require(curve.areaUnderROC)
      #expect(precision.contains(pixels.averagePrecision))
      #expect(area.contains(pixels.areaUnderROC))
      switch scale {
      case .bits8, .bits16:
        #expect(precision.isExact && area.isExact)
      case .bins:
        #expect(precision.width < 1e-3 && area.width < 1e-3)
      }
    }
  }

  @Test("of pixels in one bin have bounds that no order leaves")
  func oneBin() throws {
    let inside = LevelScale.bins(.double).probabilities(of: 30000)
    let step = (inside.upperBound - inside.lowerBound) / 8
    for seed in 1...200 as ClosedRange<UInt64> {
      let numbers = drawn(12, seed: seed)
      let pixels = CurvePixels(
        p: numbers.map { inside.lowerBound + ($0 * 8).rounded() * step },
        isOwn: drawn(12, seed: seed + 1000).map { $0 < 0.4 })
      let curve = pixels.curve(on: .bins(.double))
      if let precision = curve.averagePrecision {
        #expect(precision.contains(pixels.averagePrecision))
      }
      if let area = curve.areaUnderROC {
        #expect(area == Estimate(low: 0, high: 1))
      }
    }
  }

  @Test("reversing the levels turns the area into its complement", arguments: LevelScale.all)
  func reversed(scale: LevelScale) throws {
    let counts = CurvePixels(drawn: 1000, seed: 7, on: scale).curve(on: scale).counts
    let reversed = LevelCounts(own: counts.own.reversed(), other: counts.other.reversed())
    let area = try #require(LevelCurve(counts, on: scale).areaUnderROC)
    let other = try #require(LevelCurve(reversed, on: scale).areaUnderROC)
    #expect(isClose(other.value, 1 - area.value, within: 1e-15))
  }

  @Test("a thousand times as many pixels have the same areas")
  func scaled() throws {
    let counts = CurvePixels(drawn: 1000, seed: 8, on: .bits8).curve(on: .bits8).counts
    let many = LevelCounts(
      own: counts.own.map { $0 * 1_000_000 }, other: counts.other.map { $0 * 1_000_000 })
    let (few, curve) = (LevelCurve(counts, on: .bits8), LevelCurve(many, on: .bits8))
    #expect(curve.areaUnderROC == few.areaUnderROC)
    let precisions = try [few, curve].map { try #require($0.averagePrecision).value }
    #expect(isClose(precisions[0], precisions[1]))
  }
}
