import Core
import TestSupport
import Testing

/// Each was wrong once.
@Suite("Where it is easy to be wrong")
struct CornerCaseTests {
  // MARK: Wrong numbers

  @Test("'by: truth' is refused where the classes were pooled: no class is left to count pixels of")
  func truthOfPooledClasses() {
    #expect(refusal(of: "pool(pixel, class) > score > mean(image, batch, by: truth)") != nil)
  }

  @Test(
    "of a categorical loss, 'else' counts for every pixel of another class",
    arguments: [
      "mean(pixel else 7) > mean(class, image, batch)",
      "sum(pixel else 7) > mean(class, image, batch)",
      "mean(pixel, class else 7) > mean(image, batch)",
      "mean(pixel, class, by: class-weights else 7) > mean(image, batch)",
      "sum(class else 7) > mean(pixel, image, batch)",
      // Or the grammar says that here it is one term a pixel.
      "mean(class else 7) > mean(pixel, image, batch)",
      // A pixel of no class has no mean over its classes.
      "mean(class) > mean(pixel, image, batch else 7)",
      "mean(class) > sum(pixel else 7) > mean(image, batch)",
    ])
  func categoricalElse(chain: String) throws {
    let run = ExplicitRun([[["01."], ["2-2"]]])
    let chain = try Chain(parsing: chain)
    let value = try run.lossTable(for: chain, terms: .ownPixels).reduced(by: chain).scalar
    #expect(isClose(value, run.scalar(by: chain, terms: .ownPixels)))
  }

  @Test("of a categorical loss, pixels of no class are what 'else' says, also where all are such")
  func unclassedImage() throws {
    let value = try value("mean(class else 7) > mean(pixel, image, batch)", [[[".."]]], .ownPixels)
    #expect(value == 7)
  }

  @Test(
    "of a categorical loss, a class of weight 0 does not count before the pixels are gone either")
  func weightZero() throws {
    var run = ExplicitRun([[["0012"]]])
    run.weights = [0, 1, 2]
    let chain = try Chain(parsing: "mean(class, by: class-weights) > mean(pixel, image, batch)")
    let value = try run.lossTable(for: chain, terms: .ownPixels).reduced(by: chain).scalar
    #expect(isClose(value, run.scalar(by: chain, terms: .ownPixels)))
  }

  @Test("a sum of nothing is 0, also after the classes are gone")
  func emptySum() throws {
    let value = try value("mean(class) > sum(pixel) > mean(image, batch)", [[["--"]]])
    #expect(value == 0)
  }

  @Test("'else' stands for a term, at the pixels as after them; a mean of nothing stays nothing")
  func emptyMean() throws {
    let nothing = try value("mean(pixel, image, class, batch else 7)", [[["--"]]])
    #expect(nothing == nil)
    let absent = try value("mean(pixel, image, batch, by: truth else 7) > max(class)", [[["00"]]])
    #expect(absent != 7)
  }

  @Test("an outer axis whose inner axis is still there changes nothing after the pixels either")
  func outerAxis() throws {
    for text in [
      "mean(pixel, by: truth) > sum(batch) > mean(class) > sum(image)",
      "mean(pixel, by: truth) > mean(batch else 7) > mean(class) > mean(image else 7)",
    ] {
      let chain = try Chain(parsing: text)
      let run = ExplicitRun([[["00"], ["01"]]])
      let value = try run.lossTable(for: chain).reduced(by: chain).scalar
      #expect(isClose(value, run.scalar(by: chain)))
    }
  }

  @Test("29 % of a hundred terms are 29")
  func worstShare() throws {
    let images = (1...100).map { [Overlap(both: $0, onlyTrue: 100 - $0)] }
    let value = try iou(of: ratios(images), "pool(pixel) > score > worst(29%)(image, batch, class)")
    #expect(isClose(value, 0.15))
  }

  @Test("the same cell twice is one cell")
  func sameCell() {
    let cell = Confusion.Entry(truth: 0, predicted: 1, count: 2)
    #expect(Confusion([cell, cell]) == Confusion([cell]) + Confusion([cell]))
  }

  @Test("many confusions add up as two do", arguments: [5, 999, 1_000, 40_000])
  func sumOfConfusions(largest: Int) {
    var generator = SeededGenerator(seed: UInt64(largest))
    let all = (0..<20).map { _ in
      Confusion(
        (0..<30).map { _ in
          Confusion.Entry(
            truth: Int.random(in: 0...largest, using: &generator),
            predicted: Int.random(in: 0...largest, using: &generator),
            count: Int.random(in: 0...9, using: &generator))
        } + [.init(truth: largest, predicted: 0, count: 1)])
    }
    #expect(Confusion.sum(all) == all.reduce(.zero, +))
    #expect(Confusion.sum([Confusion]()) == .zero)
  }

  // MARK: What is kept in few bytes

  /// Counts around those that four bytes hold.
  static let counts = [0, 1, 1 << 31, (1 << 32) - 1, 1 << 32, (1 << 32) + 1, 1 << 53]

  @Test("a class's counts are what was put in, however large", arguments: counts)
  func largeTally(count: Int) {
    let overlap = Overlap(both: count, onlyTrue: 2, onlyPredicted: count / 2, neither: 7)
    var tally = ClassTally(overlap: overlap, first: count)
    #expect(tally.overlap == overlap && tally.first == count)
    #expect((tally + tally).overlap == overlap + overlap && (tally + tally).first == 2 * count)
    // Smaller again, it is equal to one that never was large.
    (tally.overlap, tally.first) = (Overlap(both: 1), 1)
    #expect(tally == ClassTally(overlap: Overlap(both: 1), first: 1))
    #expect(tally.hashValue == ClassTally(overlap: Overlap(both: 1), first: 1).hashValue)
  }

  @Test(
    "so are the cells of a confusion, and the classes", arguments: [3, 65_535, 65_536, 1 << 31])
  func largeConfusion(class c: Int) {
    let entries = Self.counts.dropFirst().enumerated().map { index, count in
      Confusion.Entry(truth: index, predicted: c, count: count)
    }
    #expect(Array(Confusion(entries).entries) == entries)
    for entry in entries {
      #expect(Array(Confusion([entry]).entries) == [entry])
      let small = Confusion([.init(truth: entry.truth, predicted: 1, count: 1)])
      #expect((small + Confusion([entry])).entries.map(\.count).reduce(0, +) == entry.count + 1)
      var predictions: [Int: Int] = [:]
      Confusion(entries).forEachPrediction(ofTruth: entry.truth) { predictions[$0] = $1 }
      #expect(predictions == [c: entry.count])
    }
  }

  @Test("values that do not exist stay so beside those that do, and are equal to each other")
  func cells() {
    let values: [Double?] = [1, nil, 0, -0.5, nil, .infinity]
    var cells = Values.Cells(values)
    #expect(Array(cells) == values && cells == Values.Cells(values))
    #expect(cells != Values.Cells(values.map { $0 ?? 0 }))
    cells += [nil, 2]
    #expect(Array(cells) == values + [nil, 2])
  }

  // MARK: The notation

  @Test("a percentage is printed as it was written", arguments: [7, 14, 28, 29, 55, 56, 57, 58])
  func percentage(percent: Int) throws {
    let text = "mean(pixel) > worst(\(percent)%)(image)"
    let chain = try Chain(parsing: text)
    #expect(chain.description == text)
  }

  @Test("'else' is a word of its own, and keeps the sign that follows")
  func elseWord() throws {
    let chain = try Chain(parsing: "mean(pixel else-1)")
    #expect(chain.reductions[0].substitute == -1)
    #expect(refusal(of: "mean(pixel elsewhere 3)") != nil)
  }

  @Test("a line may end before 'by:' and 'else'")
  func lineEnds() {
    #expect(refusal(of: "mean(pixel) > mean(batch,\n  by: images)") == nil)
    #expect(refusal(of: "mean(pixel) > mean(batch, by: images\n  else 0)") == nil)
  }

  @Test("the column of an unknown word is where the word starts")
  func column() {
    for (text, column) in [
      ("avg(pixel)", 1), ("mean(pixel, imgae)", 13), ("mean(pixel, by: area)", 17),
    ] {
      #expect(refusal(of: text)?.what.contains(", column \(column):") == true)
    }
  }

  @Test("a remedy does not lead into the next refusal")
  func remedies() {
    #expect(refusal(of: "score > mean(class)")?.remedy.contains("pool(pixel)") == true)
    for (text, refused) in [
      ("pool(batch, pixel) > score > mean(image)", "> pool(batch"),
      ("mean(batch, pixel) > sum(image)", "> mean(batch, pixel)"),
    ] {
      #expect(refusal(of: text)?.remedy.contains(refused) == false)
    }
  }

  @Test("a refusal is two lines, whatever the chain holds")
  func twoLines() {
    #expect(
      refusal(of: "mean(pixel) >\n avg(image)")?.description.split(separator: "\n").count == 2)
  }

  // MARK: Figures

  @Test("every power of ten has the mantissa 1", arguments: [1e-300, 1e-12, 9.999e20])
  func powers(number: Double) {
    #expect(Figure.text(number).hasPrefix("1.00e"))
  }

  @Test(
    "what rounds up to the next power of ten has three significant digits too",
    arguments: [(9.996, "10.0"), (99.96, "100"), (0.09996, "0.100")])
  func roundedUp(number: Double, text: String) {
    #expect(Figure.text(number) == text)
  }

  @Test("no number below 1 reads as 1, and no share that does not exist as a percentage")
  func misread() {
    #expect(!Figure.text(0.999_999_999).hasPrefix("1"))
    #expect(Figure.percent(.nan) == "–")
  }

  func value(
    _ chain: String, _ drawn: [[[String]]], _ terms: LossTable.TermDomain = .everyPixel
  ) throws -> Double? {
    let chain = try Chain(parsing: chain)
    return try ExplicitRun(drawn).lossTable(for: chain, terms: terms).reduced(by: chain).scalar
  }
}
