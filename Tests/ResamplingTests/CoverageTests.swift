import Resampling
import TestSupport
import Testing

/// 400 made-up runs of 60 images each, of which the true IoU is known.
@Suite("How often an interval holds the truth")
struct CoverageTests {
  /// Sizes are skewed and images differ in how well they are found: the mean of `found · size` over
  /// that of `size` is 0.6, as the two are independent.
  func run(_ number: Int) -> Resamples {
    var random = SeededGenerator(seed: UInt64(number))
    let names = (0..<60).map { "run \(number) image \($0)" }
    let clusters = Clusters(names: names, columns: 2) { _ in
      let size = 100 + 900 * Double.random(in: 0...1, using: &random)
      let found = Double.random(in: 0.2...1, using: &random)
      return [found * size, size]
    }
    return Resamples(of: clusters, replicates: 1000, seed: 1, jobs: 2)
  }

  @Test("is 95 % for a ratio of sums, with either interval")
  func ratio() {
    var (percentile, bca) = (0, 0)
    for number in 0..<400 {
      let iou = run(number).spread { sums in sums[0] / sums[1] }
      if let interval = iou.percentileInterval(), interval.low <= 0.6, 0.6 <= interval.high {
        percentile += 1
      }
      if let interval = iou.bcaInterval(), interval.low <= 0.6, 0.6 <= interval.high { bca += 1 }
    }
    // 93 % to 97 %, and a standard error of 400 trials, 1.1 %, to either side.
    #expect((368...392).contains(percentile))
    #expect((368...392).contains(bca))
  }
}
