import Core
import Testing

/// What trainers show of batches in their order, against plain loops.
@Suite("Batches in their order")
struct TrailingTests {
  private static let losses = [0.9, 0.2, 0.7, 0.4, 0.6]

  private func value(_ chain: String, _ losses: [Double]) throws -> Double? {
    // One image of one pixel a batch, so that its loss is the batch's.
    let sums = try losses.map { LossSum(positive: try #require(ExactSum($0)), positives: 1) }
    let layout = Layout(
      places: losses.indices.map { Layout.Place(batch: $0, image: $0, tile: 0, pixels: 1) },
      truth: losses.map { _ in 1 }, classes: 1, classWeights: [1])
    let table = LossTable(sums: PlaceTable(layout: layout, cells: sums), terms: .everyPixel)
    return table.reduced(by: try Chain(parsing: chain)).scalar
  }

  @Test("are the last, the mean or the median of the last, or an exponential mean")
  func values() throws {
    let losses = Self.losses
    func isNear(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-13 } ?? false }
    func trailing(_ step: String) throws -> Double? {
      try value("mean(class, pixel, image) > \(step)", losses)
    }
    #expect(isNear(try trailing("last(1)(batch)"), 0.6))
    #expect(isNear(try trailing("last(3)(batch)"), (0.7 + 0.4 + 0.6) / 3))
    #expect(isNear(try trailing("last(20)(batch)"), losses.reduce(0, +) / 5))
    #expect(isNear(try trailing("median(20)(batch)"), 0.6))
    #expect(isNear(try trailing("median(4)(batch)"), 0.5))
    #expect(isNear(try trailing("low-median(4)(batch)"), 0.4))
    var (mean, power) = (0.0, 1.0)
    for loss in losses {
      mean = 0.98 * mean + 0.02 * loss
      power *= 0.98
    }
    #expect(isNear(try trailing("ema(0.98)(batch)"), mean / (1 - power)))
    var running = losses[0]
    for loss in losses.dropFirst() { running = 0.9 * running + 0.1 * loss }
    #expect(isNear(try trailing("running(0.9)(batch)"), running))
  }
}
