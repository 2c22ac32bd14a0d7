import Core
import Counting
import Tables
import Testing

/// Three classes in images of two sizes, so that no two orders agree by chance.
@Suite("A class's part")
struct ClassPartTests {
  private let images = [
    ["1100", "0010", "0001"], ["110000", "001100", "000011"], ["0000", "1111", "1000"],
  ]

  @Test(
    "the parts of all classes add up to the number",
    arguments: [
      "mean(class) > mean(pixel, image) > mean(batch, by: images)",
      "mean(pixel) > mean(class, by: class-weights) > mean(image) > mean(batch)",
      "mean(class, pixel, image) > sum(batch)",
      "mean(class) > mean(pixel, image, times: sample-weights) > mean(batch)",
      "mean(pixel, by: balanced else 2) > mean(class) > mean(image) > mean(batch)",
    ])
  func sum(notation: String) throws {
    let run = try drawnRun(
      images, batchSize: 2, Scheme.SampleWeights(firstClass: [1, 2, 30]), [1, 5, 7])
    let (chain, bce) = (try Chain(parsing: notation), try bce)
    let value = try #require(
      run.table(of: bce, byTile: false).reduced(by: chain).scalar)
    let parts = (0..<3).compactMap { run.part(of: $0, in: bce, by: chain).part }
    #expect(parts.count == 3)
    #expect(isClose(parts.reduce(0, +), value))
  }

  @Test("while the classes are apart it is the class's own value, then its part in theirs")
  func steps() throws {
    let run = try drawnRun([images[0]], batchSize: nil)
    let (chain, bce) = (try Chain(parsing: "mean(pixel, image, batch) > mean(class)"), try bce)
    let own = run.table(of: bce, byTile: false)
      .reduced(by: try Chain(parsing: "mean(pixel, image, batch)")).values.cells
    for c in 0..<3 {
      let value = try #require(own[c])
      let part = run.part(of: c, in: bce, by: chain)
      #expect(part.steps.first == value...value)
      #expect(isClose(try #require(part.part), value / 3))
    }
  }

  @Test("a chain that selects, and a ratio, have no parts")
  func none() throws {
    let run = try drawnRun([images[0]], batchSize: nil)
    let selecting = try Chain(parsing: "mean(pixel, image, batch) > max(class)")
    #expect(run.part(of: 0, in: try bce, by: selecting).part == nil)
    let ratio = try Chain(parsing: "pool(pixel, image, batch) > score > mean(class)")
    let part = run.part(of: 1, in: try measure("soft-dice"), by: ratio)
    #expect(part.part == nil)
    #expect(part.steps.map { $0 == nil } == [true, false, true])
  }

  @Test("a class that is imagined costs what a constant costs on its pixels")
  func imagined() throws {
    let run = try drawnRun(
      [images[0]], batchSize: nil, Scheme.SampleWeights(firstClass: [1, 2, 30]))
    let bce = try bce
    let chain = try Chain(parsing: "mean(pixel, image, batch, times: sample-weights)")
    func value(_ run: Measurements) -> Double? {
      run.table(of: bce, byTile: false).reduced(by: chain).values.cells[2]
    }
    // Its one pixel of four weighs 30; where p is 0 or 1, bce is −log ε or nearly nothing.
    let never = try #require(run.imagining(2, .neverPredicted, for: [bce]).flatMap(value))
    #expect(isClose(never, 30 * 16.11809565 / 4, within: 1e-6))
    #expect(try #require(run.imagining(2, .perfect, for: [bce]).flatMap(value)) < 1e-5)
    #expect(run.imagining(2, .perfect, for: [try measure("ce", exclusive: true)]) == nil)
  }
}

@Suite("Random batchings")
struct BatchSpreadTests {
  private let images = (0..<7).map { index in
    ["1100", index.isMultiple(of: 2) ? "0011" : "0001", "1000"]
  }

  @Test("a mean of full and short batches alike depends on which image is left for the last")
  func spread() throws {
    let run = try drawnRun(images, batchSize: 3)
    let spread = try #require(
      run.spread(of: try formula("mean(class, pixel, image) > mean(batch)")))
    #expect(spread.batchings == 20)
    let (lowest, highest) = (try #require(spread.lowest), try #require(spread.highest))
    #expect(lowest < highest && spread.nan == nil)
    // The image that is alone in its batch counts a third; so no value lies beyond these.
    let own = run.table(of: try bce, byTile: false)
      .reduced(by: try Chain(parsing: "mean(class, pixel)")).values.cells.compactMap(\.self)
    let mean = own.reduce(0, +) / 7
    let ends = [own.min() ?? 0, own.max() ?? 0].map { ((mean * 7 - $0) / 6 * 2 + $0) / 3 }
    #expect(isClose(lowest, ends[0], within: 0.05) && lowest >= ends[0] * 0.999999)
    #expect(isClose(highest, ends[1], within: 0.05) && highest <= ends[1] * 1.000001)
  }

  @Test("the same images give the same answer, and other names another one")
  func determinism() throws {
    let run = try drawnRun(images, batchSize: 3)
    let formula = try formula("mean(class, pixel, image) > mean(batch)")
    #expect(run.spread(of: formula) == run.spread(of: formula))
    var renamed = run
    renamed.evidence.images[0].name = "another"
    #expect(run.spread(of: formula, batchings: 1) != renamed.spread(of: formula, batchings: 1))
  }

  @Test("what weighs batches by their images does not depend on them")
  func independent() throws {
    let run = try drawnRun(images, batchSize: 3)
    let spread = try #require(
      run.spread(of: try formula("mean(class, pixel, image) > mean(batch, by: images)")))
    #expect(isClose(try #require(spread.lowest), try #require(spread.highest)))
  }

  @Test("batchings in which a batch has nothing to divide by are NaN, and are counted")
  func nan() throws {
    // Two of six images have the second class; drawn into one batch they leave the other without it.
    let images = (0..<6).map { ["1100", $0 < 2 ? "0011" : "0000", "1000"] }
    func spread(_ rest: String) throws -> BatchSpread {
      let chain = try Chain(
        parsing: "pool(pixel, image) > score > mean(batch\(rest)) > mean(class\(rest))")
      return try #require(
        drawnRun(images, batchSize: 3).spread(of: Formula(try measure("recall"), chain)))
    }
    let (skipping, printing) = (try spread(""), try spread(" else nan"))
    #expect(skipping.batchings == 20 && skipping.nan == nil)
    let nan = try #require(printing.nan)
    #expect(printing.batchings == 20 && (1..<20).contains(nan))
    #expect(printing.lowest != nil)
  }

  @Test("a run that is one batch has no other batching")
  func oneBatch() throws {
    let formula = try formula("mean(class, pixel, image) > mean(batch)")
    #expect(try drawnRun(images, batchSize: nil).spread(of: formula) == nil)
    #expect(try drawnRun(images, batchSize: 7).spread(of: formula) == nil)
  }

  private func formula(_ chain: String) throws -> Formula {
    Formula(terms: [.init(gauges: [.init(try measure("bce"), try Chain(parsing: chain))])])
  }
}

private var bce: Measure { get throws { try measure("bce") } }
