import Core
import Testing

@Suite("Losses: weights, sums and undefined terms")
struct LossWeightsTests {
  let run = ReductionOrderTests.uneven

  /// Each gives what plain loops give, for a loss that every class has at every pixel, and for one
  /// that only a pixel's own class has.
  @Test(
    "a weighted chain gives what plain loops over the pixels give",
    arguments: [
      // images
      "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)",
      "mean(pixel, image) > mean(batch, class, by: images)",
      "mean(pixel, image) > sum(batch, by: images) > mean(class)",
      "mean(pixel) > mean(tile, class) > mean(image) > mean(batch, by: images)",
      // pixels
      "mean(pixel) > mean(image, batch, by: pixels) > mean(class)",
      "mean(class) > mean(pixel) > mean(image) > mean(batch, by: pixels)",
      "mean(pixel) > sum(tile, by: pixels) > mean(image, by: pixels) > mean(class, batch)",
      "mean(pixel, class) > mean(image, by: pixels) > max(batch)",
      // class-weights
      "mean(class, by: class-weights) > mean(pixel) > mean(image, batch)",
      "sum(class, by: class-weights) > mean(pixel, image, batch)",
      "mean(pixel, class, by: class-weights) > mean(image, batch)",
      "sum(pixel, class, by: class-weights) > mean(image, batch)",
      "mean(pixel, image) > mean(class, batch, by: class-weights)",
      "mean(pixel) > sum(class, by: class-weights) > mean(image, batch)",
      // truth
      "mean(pixel, by: truth) > mean(image, batch) > mean(class)",
      "mean(pixel, by: truth) > mean(class, by: truth) > mean(image, batch)",
      "mean(pixel, class, by: truth) > mean(image, batch)",
      "sum(pixel, by: truth) > mean(image, batch, class)",
      "mean(pixel) > mean(image, batch, by: truth) > mean(class)",
      "mean(pixel, image) > mean(class, batch, by: truth)",
      // balanced
      "mean(pixel, by: balanced) > mean(class) > mean(image, batch)",
      "mean(pixel, image, batch, by: balanced) > max(class)",
      "mean(tile, pixel, by: balanced) > sum(image, class) > mean(batch)",
      // inverse-prevalence
      "mean(class, by: inverse-prevalence) > mean(pixel, image, batch)",
      "mean(pixel, class, by: inverse-prevalence) > mean(image, batch)",
      "mean(pixel, image, batch) > mean(class, by: inverse-prevalence)",
      "sum(pixel) > sum(class, by: inverse-prevalence) > max(image, batch)",
      // sample-weights
      "mean(class) > mean(pixel, image, batch, by: sample-weights)",
      "mean(pixel, class, by: sample-weights) > mean(image, batch)",
      "mean(pixel, by: sample-weights) > mean(class) > mean(image, batch)",
      "mean(pixel) > mean(image, batch, by: sample-weights) > mean(class)",
      // positive-weights, class-shares
      "mean(pixel, by: positive-weights) > mean(class) > mean(image, batch)",
      "mean(pixel) > mean(class, by: class-shares) > mean(image, batch)",
      // times
      "mean(class) > mean(pixel, image, batch, times: sample-weights)",
      "sum(class) > sum(pixel, times: sample-weights) > mean(image, batch)",
      "mean(pixel) > mean(image, batch, times: sample-weights) > mean(class)",
      "mean(pixel) > mean(image, batch, by: pixels, times: sample-weights) > mean(class)",
      "mean(class, pixel, image, batch, times: class-weights)",
      "mean(class, times: class-weights) > mean(pixel, image, batch)",
      "mean(pixel) > mean(image, class, batch, times: class-weights)",
      "mean(pixel) > mean(class, times: class-shares) > mean(image, batch)",
      "mean(pixel, class, times: positive-weights) > mean(image, batch)",
      "mean(pixel, by: truth, times: sample-weights) > mean(class) > mean(image, batch)",
      "mean(pixel, times: truth) > mean(class) > mean(image, batch)",
      // else
      "mean(pixel, by: truth) > mean(image, batch else 5) > mean(class)",
      "mean(pixel) > mean(tile else 5) > mean(class) > mean(image, batch)",
      "mean(pixel, by: truth) > mean(class, by: class-weights else 5) > mean(image, batch)",
      "mean(pixel, by: truth) > sum(class else 5) > max(image, batch)",
      "mean(pixel, by: truth) > worst(2)(class else 5) > mean(image, batch)",
      // sums
      "sum(class) > mean(pixel) > mean(image) > mean(batch)",
      "sum(class, pixel) > mean(image) > sum(batch)",
      "sum(pixel) > mean(image, class, batch)",
      "sum(image) > sum(pixel) > mean(batch, class)",
      // selections
      "mean(pixel) > max(image) > mean(class, batch)",
      "mean(pixel) > min(class) > quantile(0.7)(image, batch)",
      "mean(pixel, image, batch) > quantile(0.25)(class)",
      "mean(pixel) > worst(2)(image, class) > mean(batch)",
      "mean(pixel, class) > worst(50%)(image, batch)",
      "mean(pixel) > worst(1%)(tile, image, batch, class)",
    ])
  func plainLoops(chain: String) throws {
    let chain = try Chain(parsing: chain)
    for terms in [LossTable.TermDomain.everyPixel, .ownPixels] {
      let value = try run.lossTable(for: chain, terms: terms).reduced(by: chain).scalar
      #expect(isClose(value, run.scalar(by: chain, terms: terms)), "\(terms)")
    }
  }

  @Test("'by: images' of a batch counts its images, also one without a counted pixel")
  func emptyImage() throws {
    let run = ExplicitRun([[["0"], ["1"], ["--"]], [["2"]]])
    let batch = try Chain(parsing: "mean(pixel, class) > mean(image) > mean(batch, by: images)")
    let means = run.values(
      by: try Chain(parsing: "mean(pixel, class) > mean(image)"), terms: .everyPixel)
    let (first, second) = (try #require(means[0]), try #require(means[1]))
    #expect(
      isClose(try run.lossTable(for: batch).reduced(by: batch).scalar, (3 * first + second) / 4))
  }

  @Test("a mean of nothing does not exist; a sum of nothing is 0")
  func nothing() throws {
    let run = ExplicitRun([[["--"]]])
    #expect(try value("mean(pixel) > mean(class, image, batch)", of: run) == nil)
    #expect(try value("mean(class) > mean(pixel, image, batch)", of: run) == nil)
    #expect(try value("sum(pixel) > mean(class, image, batch)", of: run) == 0)
    #expect(try value("mean(pixel) > sum(class, image, batch)", of: run) == 0)
    #expect(try value("mean(pixel) > mean(class, image, batch else 2)", of: run) == 2)
  }

  @Test("a step that leaves every value alone still multiplies, and fills what is undefined")
  func untouched() throws {
    let run = ExplicitRun([[["00"], ["0"], ["--"]]])
    let means = try table("mean(pixel, class)", of: run)
    let (first, second) = (try #require(means[0]), try #require(means[1]))
    #expect(
      try table("mean(pixel, class) > mean(batch, times: pixels)", of: run)
        == [2 * first, second, nil])
    #expect(
      try table("mean(pixel, class) > mean(batch else 7)", of: run) == [first, second, 7])
  }

  @Test("'by: balanced' does not exist where a class fills everything, or nothing")
  func balanced() throws {
    let values = try table(
      "mean(pixel, by: balanced)", of: ExplicitRun([[["00", "0"]], [["01"]]]))
    #expect(values.map { $0 == nil } == [true, true, true, false, false, true])
  }

  @Test("a class that is nowhere true weighs nothing by inverse prevalence")
  func inversePrevalence() throws {
    let run = ExplicitRun([[["0111"]]])
    let means = try table("mean(pixel)", of: run)
    let (zero, one) = (try #require(means[0]), try #require(means[1]))
    #expect(
      isClose(
        try value(
          "mean(pixel) > mean(class, by: inverse-prevalence) > mean(image, batch)", of: run),
        (4 * zero + one * 4 / 3) / (4 + 4.0 / 3)))
  }

  func table(_ chain: String, of run: ExplicitRun) throws -> [Double?] {
    let chain = try Chain(parsing: chain)
    return Array(try run.lossTable(for: chain).reduced(by: chain).values.cells)
  }

  func value(_ chain: String, of run: ExplicitRun) throws -> Double? {
    try table(chain, of: run).first ?? nil
  }
}
