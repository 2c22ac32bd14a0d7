import Core
import Testing

@Suite("Ratios: before and after the score")
struct RatioTests {
  // Two images in the first batch, one in the second; a road (9 of 14 pixels right in all) and a
  // pole (1 of 6).
  let streets = ratios(
    [
      [Overlap(both: 6, onlyTrue: 2, neither: 2), Overlap(both: 1, onlyPredicted: 1, neither: 8)],
      [Overlap(both: 1, onlyPredicted: 3, neither: 1), Overlap(neither: 5)],
      [Overlap(both: 2, neither: 8), Overlap(onlyPredicted: 4, neither: 6)],
    ], batches: [0, 0, 1], weights: [1, 3])

  static let places: [(String, Double)] = [
    // Over the whole run.
    ("pool(batch, image, pixel) > score > mean(class)", mean(9 / 14, 1 / 6)),
    // Image by image: road 3/4, 1/4, 1; pole 1/2, none, 0.
    (
      "pool(pixel) > score > mean(class) > mean(batch, image)",
      mean(mean(0.75, 0.5), 0.25, mean(1, 0))
    ),
    (
      "pool(pixel) > score > mean(batch, image) > mean(class)",
      mean(mean(0.75, 0.25, 1), mean(0.5, 0))
    ),
    ("pool(pixel) > score > mean(batch, image, class)", mean(0.75, 0.5, 0.25, 1, 0)),
    ("pool(pixel) > score > mean(class) > mean(image) > mean(batch)", mean(mean(0.625, 0.25), 0.5)),
    // Batch by batch: road 7/12, 1; pole 1/2, 0.
    ("pool(image, pixel) > score > mean(batch) > mean(class)", mean(mean(7 / 12, 1), mean(0.5, 0))),
    // Both classes as one: 10 of 20; 7 of 10, 1 of 4, 2 of 6.
    ("pool(batch, image, pixel, class) > score", 0.5),
    ("pool(pixel, class) > score > mean(batch, image)", mean(7 / 10, 1 / 4, 2 / 6)),
  ]

  @Test("over the same truth a class may be found everywhere or nowhere, of as many pixels")
  func imagined() {
    let found = Overlap(both: 1, onlyTrue: 2, onlyPredicted: 3, neither: 4)
    #expect(found.perfect == Overlap(both: 3, neither: 7))
    #expect(found.neverPredicted == Overlap(onlyTrue: 3, neither: 7))
  }

  @Test(
    "the place of 'score' decides what is added and what is averaged",
    arguments: places)
  func order(chain: String, value: Double) throws {
    #expect(isClose(try iou(of: streets, chain), value))
  }

  @Test("an outer axis that is pooled before an inner one joins it")
  func joining() throws {
    #expect(
      try iou(of: streets, "pool(image) > pool(pixel) > score > mean(batch, class)")
        == iou(of: streets, "pool(image, pixel) > score > mean(batch, class)"))
  }

  static let truths: [(String, Double)] = [
    (
      "pool(pixel) > score(if: truth) > mean(class) > mean(batch, image)",
      mean(mean(0.75, 0.5), 0.25, 1)
    ),
    (
      "pool(pixel) > score(if: truth) > mean(batch, image) > mean(class)",
      mean(mean(0.75, 0.25, 1), 0.5)
    ),
    (
      "pool(image, pixel) > score(if: truth) > mean(batch) > mean(class)",
      mean(mean(7 / 12, 1), 0.5)
    ),
    ("pool(pixel, class) > score(if: truth) > mean(batch, image)", mean(7 / 10, 1 / 4, 2 / 6)),
  ]

  @Test(
    "'score(if: truth)' leaves a class out where the truth lacks it",
    arguments: truths)
  func truthOnly(chain: String, value: Double) throws {
    #expect(isClose(try iou(of: streets, chain), value))
  }

  static let substitutes: [(String, Double)] = [
    (
      "pool(pixel) > score > mean(class else 1) > mean(batch, image)",
      mean(0.625, mean(0.25, 1), 0.5)
    ),
    (
      "pool(pixel) > score > mean(batch, image else 0) > mean(class)",
      mean(mean(0.75, 0.25, 1), mean(0.5, 0, 0))
    ),
    (
      "pool(pixel) > score(if: truth) > mean(batch, image, class else 0)",
      mean(0.75, 0.25, 1, 0.5, 0, 0)
    ),
    ("pool(pixel) > score > sum(class else 1) > max(batch, image)", 1.25),
  ]

  @Test(
    "a score that does not exist is skipped, or is what 'else' says",
    arguments: substitutes)
  func undefined(chain: String, value: Double) throws {
    #expect(isClose(try iou(of: streets, chain), value))
  }

  static let weighed: [(String, Double)] = [
    (
      "pool(pixel) > score > mean(class) > mean(image) > mean(batch, by: images)",
      (2 * 0.4375 + 0.5) / 3
    ),
    ("pool(pixel) > score > mean(class) > mean(batch, image, by: pixels)", (6.25 + 1.25 + 5) / 25),
    (
      "pool(pixel) > score > mean(class, by: class-weights) > mean(batch, image)",
      mean((0.75 + 3 * 0.5) / 4, 0.25, 0.25)
    ),
    (
      "pool(pixel) > score > mean(class, by: truth) > mean(batch, image)",
      mean((8 * 0.75 + 0.5) / 9, 0.25, 1)
    ),
    ("pool(batch, image, pixel) > score > mean(class, by: truth)", (11 * 9 / 14 + 1 / 6) / 12),
    // Road is 11 of 25 pixels, pole 1 of 25.
    (
      "pool(batch, image, pixel) > score > mean(class, by: inverse-prevalence)",
      (25 / 11 * 9 / 14 + 25 / 6) / (25 / 11 + 25)
    ),
    (
      "pool(pixel) > score > mean(batch, image, by: truth) > mean(class)",
      mean((8 * 0.75 + 0.25 + 2) / 11, 0.5)
    ),
  ]

  @Test(
    "scores are weighed by what they cover",
    arguments: weighed)
  func weights(chain: String, value: Double) throws {
    #expect(isClose(try iou(of: streets, chain), value))
  }

  @Test("where no score exists there is none")
  func none() throws {
    let table = ratios([[Overlap(neither: 4)]])
    #expect(try iou(of: table, "pool(pixel) > score > mean(class, image, batch)") == nil)
    #expect(try iou(of: table, "pool(pixel) > score > mean(class, image, batch else 1)") == 1)
  }

  @Test("the step table has 'score' as a step of its own")
  func steps() throws {
    let chain = try Chain(parsing: "pool(batch, image, pixel) > score(if: truth) > mean(class)")
    let steps = streets.reduced(by: chain, worst: .smallest, score: .each(score)).steps
    #expect(steps.map(\.step) == chain.steps)
    #expect(steps.map(\.left) == [[.class: 2], [.class: 2], [:]])
    #expect(
      steps.map(\.divisor) == [nil, nil, .terms(.init(least: 2, most: 2), of: [.class])])
    #expect(steps[1].classValues == [9.0 / 14, 1.0 / 6])
    #expect(steps[2].value == (9.0 / 14 + 1.0 / 6) / 2)
  }
}

/// One row an image, one overlap a class.
func ratios(
  _ images: [[Overlap]], batches: [Int]? = nil, weights: [Double]? = nil
) -> PlaceTable<Overlap> {
  let classes = images.first?.count ?? 0
  let places = images.enumerated().map { index, overlaps in
    Layout.Place(
      batch: batches?[index] ?? 0, image: index, tile: index, pixels: overlaps.first?.pixels ?? 0)
  }
  let layout = Layout(
    places: places, truth: images.flatMap { $0.map(\.truth) }, classes: classes,
    classWeights: weights ?? .init(repeating: 1, count: classes))
  return PlaceTable(layout: layout, cells: images.flatMap(\.self))
}

func score(_ overlap: Overlap) -> Double? {
  overlap.union == 0 ? nil : Double(overlap.both) / Double(overlap.union)
}

func iou(of table: PlaceTable<Overlap>, _ chain: String) throws -> Double? {
  try table.reduced(by: Chain(parsing: chain), worst: .smallest, score: .each(score)).scalar
}

private func mean(_ values: Double...) -> Double { values.reduce(0, +) / Double(values.count) }
