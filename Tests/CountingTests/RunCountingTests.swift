import Core
import Counting
import Raster
import Testing

// Label maps are counted by runs of equal pixels, masks by bits of 64 pixels. A plain loop over pixels
// says the same, at every length beside a vector and however often neighbours differ.

@Suite("Counting by runs")
struct RunCountingTests {
  /// How often a pixel differs from the one before.
  static let changes = [0, 0.02, 0.2, 1]

  @Test("of label maps counts every pixel", arguments: changes)
  func labels(change: Double) throws {
    for pixels in Array(1...200) + [4095, 4096, 4097, 9000] {
      let truth = runs(pixels, change, seed: 1)
      let predicted = runs(pixels, change, seed: 2)
      var expected: [[Int]: Int] = [:]
      for (t, p) in zip(truth, predicted) { expected[[Int(t), Int(p)], default: 0] += 1 }
      let tally = try tally(
        pair(.labels(map(predicted)), .labels(map(truth))), classes: 4, exclusive: true)
      #expect(
        tally.confusion
          == Confusion(expected.map { .init(truth: $0[0], predicted: $0[1], count: $1) }))
    }
  }

  @Test("of masks tells pixels of no class, of one and of several apart", arguments: changes)
  func masks(change: Double) throws {
    for pixels in Array(1...200) + [4095, 4096, 4097, 9000] {
      let masks = (1...3).map { seed in
        runs(pixels, change, seed: UInt64(seed)).map { $0 == 3 ? UInt8(seed * 80) : 0 }
      }
      let tally = try tally(pair(.masks(masks), .masks(masks)), classes: 3)
      let classes = (0..<pixels).map { pixel in masks.indices.filter { masks[$0][pixel] > 0 } }
      #expect(tally.unclassed == classes.count { $0.isEmpty })
      #expect(tally.overlapping == classes.count { $0.count > 1 })
      for c in masks.indices {
        #expect(tally.classes[c].first == classes.count { $0.first == c })
      }
    }
  }

  /// Numbers below 4.
  private func runs(_ pixels: Int, _ change: Double, seed: UInt64) -> [UInt8] {
    let random = drawn(2 * pixels, seed: seed)
    var number = UInt8(seed % 4)
    return (0..<pixels).map { pixel in
      if random[2 * pixel] < change { number = UInt8(random[2 * pixel + 1] * 4) }
      return number
    }
  }

  private func map(_ numbers: [UInt8]) -> LabelMap {
    LabelMap(
      Plane(packed: Bytes(numbers), element: .u1, width: numbers.count, height: 1),
      meaning: (0..<256).map { $0 < 4 ? Label($0) : .none })
  }
}
