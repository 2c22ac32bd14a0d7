import Core
import Counting
import Tables
import Testing

@Suite("The threshold that suits a class best")
struct CurveThresholdTests {
  @Test("of drawn pixels, as a short decimal")
  func drawn() throws {
    // Above .5 are three of the four own pixels and no other; .5 itself is level 128 of 255.
    let curve = CurvePixels("9862|5310").curve(on: .bits8)
    let best = try #require(curve.bestDecision())
    #expect(best.threshold == 0.51)
    #expect(best.worst == Overlap(both: 3, onlyTrue: 1, neither: 4))
    #expect(best.estimate(of: iou) == Estimate(low: 0.75, high: 0.75))
    #expect(best.estimate(of: { quotient($0.both, $0.predicted) })?.value == 1)
    #expect(best.estimate(of: { quotient($0.both, $0.truth) })?.value == 0.75)
  }

  @Test("is as short as the levels around it allow")
  func short() throws {
    // Own pixels at 46/255 = 0.1804, others at 45/255 = 0.1765.
    var counts = LevelCounts(levels: 256)
    for _ in 0..<10 { counts.count(46, isOwn: true) }
    for _ in 0..<10 { counts.count(45, isOwn: false) }
    let best = try #require(LevelCurve(counts, on: .bits8).bestDecision())
    #expect(best.threshold == 0.18)
    #expect(best.worst == Overlap(both: 10, neither: 10))
  }

  @Test("a shorter one may cost as much as is tolerated")
  func tolerated() throws {
    var counts = LevelCounts(levels: 256)
    for _ in 0..<10_000 { counts.count(200, isOwn: true) }
    for _ in 0..<10_000 { counts.count(20, isOwn: false) }
    // Levels 151 and 152 are 0.5922 and 0.5961; the best threshold lies between.
    counts.count(152, isOwn: true)
    for _ in 0..<2 { counts.count(151, isOwn: false) }
    let curve = LevelCurve(counts, on: .bits8)
    #expect(curve.bestDecision()?.threshold == 0.5)
    let exact = try #require(curve.bestDecision(within: 0))
    #expect(exact.threshold == 0.593)
    #expect(exact.worst.union == 10_001)
  }

  @Test("of equally good thresholds the nearest to ½ is taken")
  func middle() throws {
    for scale in LevelScale.all {
      for (drawing, threshold) in [("99|00", 0.5), ("44|00", 0.3), ("99|70", 0.8)] {
        let best = try #require(CurvePixels(drawing).curve(on: scale).bestDecision())
        #expect(best.threshold == threshold, "\(drawing), \(scale)")
      }
    }
  }

  @Test("a class that is never told from the others still has one; an absent class has none")
  func hopeless() {
    let curve = CurvePixels("00|99").curve(on: .bits8)
    #expect(curve.bestDecision()?.worst.both == 0)
    #expect(CurvePixels("|99").curve(on: .bits8).bestDecision() == nil)
  }

  @Test("no threshold at all is better, but for the tolerance", arguments: LevelScale.all)
  func best(scale: LevelScale) throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let pixels = CurvePixels(drawn: 400, seed: seed, on: scale)
      let best = try #require(pixels.curve(on: scale).bestDecision())
      let estimate = try #require(best.estimate(of: iou))
      let found = try #require(iou(pixels.overlap(above: scale.rounded(best.threshold))))
      #expect(estimate.contains(found))
      // One of 400 pixels may stand on the wrong side of its bin's end.
      let tolerance = scale == .bits8 || scale == .bits16 ? 0.0005 : 0.01
      for threshold in pixels.p {
        #expect(iou(pixels.overlap(above: threshold)) ?? 0 <= estimate.low + tolerance)
      }
    }
  }

  @Test(
    "a decision is that of a loop over the pixels, at every threshold", arguments: LevelScale.all)
  func decisions(scale: LevelScale) {
    let pixels = CurvePixels(drawn: 500, seed: 3, on: scale)
    let curve = pixels.curve(on: scale)
    for threshold in [0, 1e-9, 0.1, 0.18, 1.0 / 3, 0.5, 0.7, 0.999, 1] {
      let decision = curve.decision(above: threshold)
      let expected = pixels.overlap(above: scale.rounded(threshold))
      #expect(decision.worst.both <= expected.both && expected.both <= decision.best.both)
      #expect(decision.best.onlyPredicted <= expected.onlyPredicted)
      #expect(expected.onlyPredicted <= decision.worst.onlyPredicted)
      #expect(decision.worst.pixels == 500 && decision.best.pixels == 500)
      if scale == .bits8 || scale == .bits16 || threshold == 0.5 {
        #expect(decision.worst == expected && decision.best == expected)
      }
    }
  }
}

private func iou(_ overlap: Overlap) -> Double? { quotient(overlap.both, overlap.union) }

private func quotient(_ above: Int, _ below: Int) -> Double? {
  below == 0 ? nil : Double(above) / Double(below)
}
