import Core
import Counting
import Tables
import Testing

@Suite("Levels of probability")
struct CurveBinTests {
  @Test("each bin ends where the next begins, and holds the ends of its range")
  func ends() {
    var last = -1.0
    for bin in 0..<ProbabilityBins.count {
      let upper = ProbabilityBins.upper(of: bin)
      #expect(upper > last)
      #expect(ProbabilityBins.bin(of: upper) == bin)
      #expect(bin == 0 || ProbabilityBins.bin(of: last.nextUp) == bin)
      last = upper
      for scale in [LevelScale.bins(.single), .bins(.double)] {
        let range = scale.probabilities(of: bin)
        #expect(ProbabilityBins.bin(of: range.lowerBound) == bin)
        #expect(ProbabilityBins.bin(of: range.upperBound) == bin)
        #expect(scale.rounded(range.upperBound) == range.upperBound, "an end is a threshold")
      }
    }
    #expect(last == 1)
  }

  @Test("0 and 1 are alone in their bins, and ½ ends one")
  func marks() {
    for scale in LevelScale.all {
      #expect(scale.probabilities(of: 0) == 0...0)
      #expect(scale.probabilities(of: scale.levels - 1) == 1...1)
    }
    #expect(ProbabilityBins.bin(of: 0.5) + 1 == ProbabilityBins.bin(of: 0.5.nextUp))
    #expect(ProbabilityBins.upper(of: ProbabilityBins.bin(of: 0.5)) == 0.5)
  }

  @Test("within 2⁻¹³ of 1 a bin of single-precision numbers is one number")
  func singles() {
    var p: Float = 1
    while p > 1 - 0x1p-13 {
      let bin = ProbabilityBins.bin(of: Double(p))
      #expect(LevelScale.bins(.single).probabilities(of: bin) == Double(p)...Double(p))
      p = p.nextDown
    }
  }

  @Test("a number that is no probability has some bin")
  func strangers() {
    let strangers: [Double] = [-1, -.infinity, -0.0, .nan, -.nan, .infinity, 2, 1e300, 1.0.nextUp]
    for p in strangers {
      #expect((0..<ProbabilityBins.count).contains(ProbabilityBins.bin(of: p)))
    }
    #expect(ProbabilityBins.bin(of: -0.0) == 0)
  }

  @Test("a bin's width is at most 1/32768, and a hundredth of the distance from the nearer end")
  func widths() {
    for bin in 2..<ProbabilityBins.count {
      let range = LevelScale.bins(.double).probabilities(of: bin)
      #expect(range.upperBound - range.lowerBound <= 0x1p-15)
      let distance = min(range.lowerBound, 1 - range.upperBound)
      let isCoarse = range.upperBound - range.lowerBound > distance / 100
      // The step of single precision is the end of all distinction near 1.
      #expect(!isCoarse || range.upperBound > 1 - 0x1p-17)
    }
  }

  @Test("counts of two parts add up to the counts of the whole", arguments: LevelScale.all)
  func merging(scale: LevelScale) {
    let parts = [1, 2, 3].map {
      CurvePixels(drawn: 100, seed: $0, on: scale).curve(on: scale).counts
    }
    #expect(parts[0] + parts[1] == parts[1] + parts[0])
    #expect((parts[0] + parts[1]) + parts[2] == parts[0] + (parts[1] + parts[2]))
    #expect(parts[0] + .zero == parts[0])
    #expect(.zero + parts[0] == parts[0])
    let all = parts.reduce(.zero, +)
    #expect(all.ownPixels + all.otherPixels == 300)
    #expect(all.levels == scale.levels)
  }

  @Test("an 8-bit histogram is counted already")
  func histogram() {
    let pixels = CurvePixels(drawn: 100, seed: 4, on: .bits8)
    let counts = pixels.curve(on: .bits8).counts
    let curve = LevelCurve(LevelHistogram(own: counts.own, other: counts.other))
    #expect(curve.counts == counts)
    #expect(curve.scale == .bits8)
  }

  @Test("saturated pixels are told, of those of the class and of the others")
  func saturation() {
    for scale in LevelScale.all {
      let curve = CurvePixels(
        p: [0, 0.2, 0.9, 1, 1, 0, 0, 0, 0.5, 1],
        isOwn: [
          true, true, true, true, true, false, false, false, false, false,
        ]
      ).curve(on: scale)
      #expect(curve.ownSaturation?.atZero == 0.2)
      #expect(curve.ownSaturation?.atOne == 0.4)
      #expect(curve.otherSaturation?.atZero == 0.6)
      #expect(curve.otherSaturation?.atOne == 0.2)
      #expect(LevelCurve(.zero, on: scale).ownSaturation == nil)
    }
  }
}
