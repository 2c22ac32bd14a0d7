import Core
import Testing

@Suite("Selecting among terms")
struct SelectionTests {
  @Test(
    "a quantile lies between its two neighbours, as NumPy's default has it",
    arguments: [(0, 0.1), (0.25, 0.175), (0.5, 0.3), (0.95, 0.74), (1, 0.8)])
  func quantile(q: Double, value: Double) throws {
    #expect(isClose(try select("quantile(\(q))", [0.4, 0.1, 0.8, 0.2]), value))
  }

  @Test("a quantile of one term is the term, and of none does not exist")
  func quantileOfFew() throws {
    #expect(try select("quantile(0.3)", [0.7]) == 0.7)
    #expect(try select("quantile(0.3)", [nil, 0.7, nil]) == 0.7)
    #expect(try select("quantile(0.3)", [nil]) == nil)
  }

  @Test(
    "of a loss the largest terms are the worst",
    arguments: [
      ("max", 5), ("min", 1), ("worst(1)", 5), ("worst(2)", 4.5), ("worst(9)", 3),
      ("worst(40%)", 4.5),
      ("worst(59%)", 4.5), ("worst(60%)", 4), ("worst(1%)", 5), ("worst(100%)", 3),
    ])
  func ofLosses(operation: String, value: Double) throws {
    #expect(isClose(try select(operation, [3, 1, 5, 4, 2]), value))
  }

  @Test(
    "of a score the smallest terms are the worst",
    arguments: [
      ("max", 1), ("min", 0.2), ("worst(1)", 0.2), ("worst(2)", 0.3), ("worst(80%)", 0.5),
      ("quantile(0.25)", 0.4), ("quantile(0.9)", 0.92),
    ])
  func ofScores(operation: String, value: Double) throws {
    let overlaps = [0, 8, 4, 2, 6].map { Overlap(both: 10 - $0, onlyTrue: $0) }
    let table = ratios(overlaps.map { [$0] })
    #expect(
      isClose(try iou(of: table, "pool(pixel) > score > \(operation)(image, batch, class)"), value))
  }

  // Levels of one class's own pixels and of the others, in two images.
  static let own = [[10, 200, 200], [255]]
  static let other = [[0, 10, 10, 10], [90, 30]]

  @Test(
    "pixels are selected by their levels as if each were written out",
    arguments: [
      "max", "min", "quantile(0.5)", "quantile(0.37)", "worst(1)", "worst(3)", "worst(30%)",
      "worst(100)",
    ])
  func pixels(operation: String) throws {
    for scope in ["pixel", "image, pixel"] {
      let chain = try Chain(
        parsing: "\(operation)(\(scope)) > mean(\(scope == "pixel" ? "image, " : "")batch, class)")
      let parts = scope == "pixel" ? [[0], [1]] : [[0, 1]]
      let selected = try parts.map { images in
        let losses = images.flatMap { Self.own[$0].map(ownLoss) + Self.other[$0].map(otherLoss) }
        return try #require(
          ExplicitRun.selected(losses.sorted(), by: chain.reductions[0].operation))
      }
      let value = Self.levels(ownLoss, otherLoss).reduced(by: chain).scalar
      #expect(isClose(value, selected.reduce(0, +) / Double(selected.count)), "\(scope)")
    }
  }

  func ownLoss(_ level: Int) -> Double { 1 - Double(level) / 255 }
  func otherLoss(_ level: Int) -> Double { Double(level * level) / 65025 }

  static func levels(
    _ ownLoss: (Int) -> Double, _ otherLoss: (Int) -> Double
  ) -> LossTable {
    let histograms = zip(own, other).map { own, other in
      var histogram = LevelHistogram.zero
      for level in own { histogram.own[level] += 1 }
      for level in other { histogram.other[level] += 1 }
      return histogram
    }
    let places = own.indices.map {
      Layout.Place(
        batch: 0, image: $0, tile: $0, pixels: own[$0].count + other[$0].count)
    }
    let layout = Layout(
      places: places, truth: own.map(\.count), classes: 1, classWeights: [1])
    return LossTable(
      sums: PlaceTable(layout: layout, cells: [.zero, .zero]), terms: .everyPixel,
      levels: .init(
        own: [(0..<256).map(ownLoss)], other: [(0..<256).map(otherLoss)],
        histograms: PlaceTable(layout: layout, cells: histograms)))
  }

  /// Of images of one pixel and one class each; where there is no loss, no pixel counts.
  func select(_ operation: String, _ losses: [Double?]) throws -> Double? {
    let places = losses.enumerated().map { index, loss in
      Layout.Place(batch: 0, image: index, tile: index, pixels: loss == nil ? 0 : 1)
    }
    let cells = try losses.map { loss in
      try loss.map { LossSum(negative: try #require(ExactSum($0)), negatives: 1) } ?? .zero
    }
    let layout = Layout(
      places: places, truth: places.map { _ in 0 }, classes: 1, classWeights: [1])
    return try LossTable(sums: PlaceTable(layout: layout, cells: cells), terms: .everyPixel)
      .reduced(by: Chain(parsing: "mean(pixel) > \(operation)(image, batch, class)")).scalar
  }
}
