import Core
import Testing

/// What frameworks do with pixels that do not count, and with batches of nothing else.
@Suite("Ignored pixels in a chain")
struct IgnoredPixelsTests {
  @Test(
    "are said in its notation, which is read again",
    arguments: [
      "sum(class) > mean(pixel, image, ignored: 0) > mean(batch else nan)",
      "mean(class, pixel, image, by: class-weights, ignored: 0) > mean(batch, by: images else nan)",
      "mean(pixel, ignored: 0) > mean(class else nan) > mean(image, batch)",
    ])
  func notation(text: String) throws {
    #expect(try Chain(parsing: text).description == text)
  }

  @Test(
    "are refused where there is nothing to divide by, or nothing that could be undefined",
    arguments: [
      ("mean(pixel, image, batch) > mean(class, ignored: 0)", "has no ignored pixels to divide by"),
      ("sum(pixel, image, batch, ignored: 0) > mean(class)", "has no ignored pixels to divide by"),
      (
        "mean(pixel, image, batch, by: sample-weights, ignored: 0) > mean(class)",
        "weighs pixels, and ignored ones have no weight"
      ),
      ("mean(pixel, image, batch, ignored: 1) > mean(class)", "can cost nothing but 0"),
      ("mean(pixel, image, batch else nan) > mean(class)", "cannot be undefined with a term"),
      ("mean(pixel) > mean(class) > max(image, batch else nan)", "cannot be undefined with a term"),
      (
        "mean(image) > mean(pixel, ignored: 0) > mean(class, batch)",
        "so there is nothing to combine yet"
      ),
      ("max(pixel) > mean(tile, image, batch) > mean(class)", "selects among the pixels of tiles"),
    ])
  func refused(text: String, fault: String) throws {
    let problem = try #require(throws: Problem.self) { try Chain(parsing: text) }
    #expect(problem.what.contains(fault), "\(problem.what)")
  }

  // Three batches of one image: 3 pixels that count and 1 that does not, 1 and 3, 0 and 4.
  private let losses = [[0.5, 1.5, 4], [2], []]

  private var table: LossTable {
    let places = losses.enumerated().map { index, losses in
      Layout.Place(
        batch: index, image: index, tile: index, pixels: losses.count, ignored: 4 - losses.count)
    }
    let layout = Layout(
      places: places, truth: losses.map(\.count), classes: 1, classWeights: [1])
    return LossTable(
      sums: PlaceTable(
        layout: layout,
        cells: losses.map { losses in
          LossSum(
            positive: ExactSum(losses.reduce(0, +)) ?? .zero, positives: losses.count)
        }), terms: .ownPixels)
  }

  private func value(_ chain: String) throws -> Double? {
    try table.reduced(by: Chain(parsing: chain)).scalar
  }

  @Test("stay in the divisor, or do not, and an empty batch is left out, 0, or makes all undefined")
  func values() throws {
    let kept = try value("sum(class) > mean(pixel, image, ignored: 0) > mean(batch)")
    #expect(kept == (6.0 / 4 + 2.0 / 4 + 0) / 3)
    #expect(try value("mean(class, pixel, image, ignored: 0) > mean(batch)") == kept)
    #expect(try value("mean(class) > mean(pixel, image, ignored: 0) > mean(batch)") == kept)
    #expect(try value("sum(class) > mean(pixel, image) > mean(batch)") == (6.0 / 3 + 2) / 2)
    #expect(try value("sum(class) > mean(pixel, image) > mean(batch else 0)") == (6.0 / 3 + 2) / 3)
    #expect(try value("sum(class) > mean(pixel, image) > mean(batch else nan)") == nil)
    #expect(try value("mean(class, pixel, image, batch, ignored: 0)") == 8.0 / 12)
    #expect(try value("mean(class, pixel, image, batch)") == 8.0 / 4)
  }
}
