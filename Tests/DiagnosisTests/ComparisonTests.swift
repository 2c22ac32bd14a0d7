import Core
import Counting
import Diagnosis
import Raster
import Resampling
import Tables
import Testing

@Suite("Comparing two runs")
struct ComparisonTests {
  /// Of 100 pixels of the road so many are found, of 10 of the pole so many; the same everywhere.
  static func found(road: Int, pole: Int, images: Int = 20, of pixels: Int = 1000) -> [[Overlap]] {
    (0..<images).map { _ in
      [
        Overlap(both: road, onlyTrue: 100 - road, neither: pixels - 100),
        Overlap(both: pole, onlyTrue: 10 - pole, neither: pixels - 10),
      ]
    }
  }

  @Test("a run compared with itself differs by exactly 0")
  func identical() throws {
    let images = (0..<30).map { Self.found(road: 60 + $0, pole: $0 % 7, images: 1)[0] }
    for chain in [pixelAccuracy, perClass, perImage, worstImages] {
      let comparison = try compare(images, images, by: chain)
      #expect(comparison.printed.difference == 0)
      #expect(comparison.printed.interval == .init(low: 0, high: 0))
      for change in comparison.classes {
        #expect(change.score.difference == 0 && change.part == 0 && change.pValue == 1)
        #expect(change.score.interval == .init(low: 0, high: 0))
        #expect(change.outcome == .same)
      }
      #expect(comparison.missed.isEmpty && comparison.direction == 0)
    }
  }

  @Test("swapped runs differ by the same with the other sign")
  func swapped() throws {
    let old = (0..<30).map { Self.found(road: 60 + $0, pole: $0 % 7, images: 1)[0] }
    let new = (0..<30).map { Self.found(road: 70 + $0, pole: $0 % 5, images: 1)[0] }
    for chain in [pixelAccuracy, perClass, perImage] {
      let (there, back) = (try compare(old, new, by: chain), try compare(new, old, by: chain))
      #expect(there.printed.difference == back.printed.difference.map { -$0 })
      #expect(isClose(there.printed.interval?.low, back.printed.interval.map { -$0.high }))
      for (a, b) in zip(there.classes, back.classes) {
        #expect(a.score.difference == b.score.difference.map { -$0 })
        #expect(a.pValue == b.pValue)
        #expect(a.outcome == opposite(b.outcome))
        // Each class's score is a summand of these.
        if chain != pixelAccuracy { #expect(isClose(a.part, b.part.map { -$0 })) }
      }
    }
  }

  @Test("a headline that improves while a class gets worse is called out")
  func simpson() throws {
    let comparison = try compare(
      Self.found(road: 80, pole: 9, of: 100), Self.found(road: 98, pole: 5, of: 100),
      by: pixelAccuracy)
    #expect(comparison.classes.map(\.outcome) == [.better, .worse])
    #expect(comparison.direction == -1)
    #expect(isClose(comparison.classes[1].part, -4.0 / 200))
    let missed = try #require(comparison.missed.first)
    #expect(missed.kind == .againstClasses && missed.classes == ["b"])
    #expect(missed.sentence.plain == "The headline improved while b got worse.")
    // 2 % of the scale are seen, so that is all.
    #expect(comparison.missed.count == 1)
  }

  @Test("and the other way round")
  func simpsonBack() throws {
    let comparison = try compare(
      Self.found(road: 98, pole: 5, of: 100), Self.found(road: 80, pole: 9, of: 100),
      by: pixelAccuracy)
    #expect(comparison.missed.first?.sentence.plain == "The headline got worse while b got better.")
  }

  @Test("a regression that alone would not be seen in the headline is hidden")
  func hidden() throws {
    let comparison = try compare(
      Self.found(road: 80, pole: 9), Self.found(road: 80, pole: 5), by: pixelAccuracy)
    #expect(isClose(comparison.classes[1].part, -4.0 / 2000))
    #expect(
      comparison.missed.map(\.sentence.plain) == [
        "b got worse, IoU 0.900 → 0.500 (−0.400 [−0.400, −0.400]), and the headline hides it: by itself this moves the headline by −0.00200, and less than 0.0100 is not seen."
      ])
    let shown = try compare(
      Self.found(road: 80, pole: 9), Self.found(road: 80, pole: 5), by: perClass)
    #expect(shown.missed.isEmpty)
  }

  @Test("a class is better or worse only beyond the floor; within it, it is the same")
  func floor() throws {
    let (old, new) = (Self.found(road: 80, pole: 5), Self.found(road: 81, pole: 6))
    #expect(
      try compare(old, new, by: perClass, floor: 0.05).classes.map(\.outcome) == [.same, .better])
    #expect(
      try compare(old, new, by: perClass, floor: 0).classes.map(\.outcome) == [.better, .better])
    #expect(
      try compare(old, new, by: perClass, floor: 0.2).classes.map(\.outcome) == [.same, .same])
  }

  @Test("what happened in few images is undecided")
  func fewImages() throws {
    func outcome(_ images: Int) throws -> ClassChange.Outcome? {
      try compare(
        Self.found(road: 80, pole: 9, images: images),
        Self.found(road: 80, pole: 0, images: images), by: perClass
      ).classes[1].outcome
    }
    #expect(try outcome(9) == .undecided)
    #expect(try outcome(10) == .worse)
  }

  @Test("a class that is in no truth has no score and no outcome")
  func absent() throws {
    let none = (0..<20).map { _ in
      [Overlap(both: 50, neither: 50), Overlap(onlyPredicted: 3, neither: 97)]
    }
    let change = try compare(none, none, by: perClass).classes[1]
    #expect(change.outcome == nil && change.pValue == nil)
    #expect(change.score.before == nil && change.score.interval == nil)
  }

  @Test("the p-value is the share of draws that contradict, on the nearer side, twice")
  func pValue() throws {
    let old = (0..<12).map { [Overlap(both: $0 % 5, onlyTrue: 5, neither: 90)] }
    let new = (0..<12).map { [Overlap(both: ($0 + 3) % 7, onlyTrue: 5, neither: 90)] }
    let change = try compare(old, new, by: perClass).classes[0]
    let draws = Draws(seed: 1)
    let differences = (0..<2000).compactMap { replicate -> Double? in
      let counts = (0..<12).map { Int(draws.count(from: draws.start(of: "\($0)"), in: replicate)) }
      func score(_ images: [[Overlap]]) -> Double? {
        let both = zip(counts, images).reduce(0) { $0 + $1.0 * $1.1[0].both }
        let union = zip(counts, images).reduce(0) { $0 + $1.0 * $1.1[0].union }
        return union > 0 ? Double(both) / Double(union) : nil
      }
      guard let before = score(old), let after = score(new) else { return nil }
      return after - before
    }
    let against = min(2000 - differences.count { $0 > 0 }, 2000 - differences.count { $0 < 0 })
    #expect(change.pValue == min(1, 2 * Double(1 + against) / 2001))
  }

  @Test("neither the number of threads nor the order of images changes a bit")
  func deterministic() throws {
    let old = (0..<30).map { Self.found(road: 60 + $0, pole: $0 % 7, images: 1)[0] }
    let new = (0..<30).map { Self.found(road: 70 + $0, pole: $0 % 5, images: 1)[0] }
    let one = try compare(old, new, by: perImage)
    let four = try compare(old, new, by: perImage, jobs: 4)
    #expect(one.classes.map(\.score) == four.classes.map(\.score))
    #expect(one.printed == four.printed)
  }

  // MARK: - Losses

  /// Two classes over images of four pixels; the truth has class b at some of them.
  func losses(_ sure: [Double], truth: [Bool]) throws -> Measurements {
    let images = (0..<12).map { image in
      ImagePair(
        truth: .masks([[1, 1, 1, 1], truth.map { $0 ? 1 : 0 }]),
        probabilities: [[0.9, 0.9, 0.8, 0.7], sure.map { $0 - Double(image) / 100 }])
    }
    var run = DrawnRun(classes: classes(2), images: images, areClassesExclusive: false)
    for index in run.images.indices { run.images[index].name = "\(index)" }
    return try run.measurements(of: measure("bce", areClassesExclusive: false))
  }

  @Test("over the same truth all of a linear headline's change is within the classes")
  func within() throws {
    let truth = [false, false, true, true]
    let comparison = try compare(
      losses([0.2, 0.2, 0.7, 0.8], truth: truth), losses([0.3, 0.2, 0.5, 0.9], truth: truth))
    let split = try #require(comparison.split)
    #expect(split.mix == 0)
    #expect(isClose(split.within, comparison.printed.difference))
    let parts = comparison.classes.compactMap(\.part)
    #expect(parts[0] == 0)
    #expect(isClose(parts[1], comparison.printed.difference))
  }

  @Test("over another truth the weights have a part in it")
  func mix() throws {
    let chain = "mean(pixel, image, batch, by: truth) > mean(class, by: truth)"
    let comparison = try compare(
      losses([0.2, 0.2, 0.7, 0.8], truth: [false, false, true, true]),
      losses([0.2, 0.2, 0.7, 0.8], truth: [false, false, false, true]), chain)
    let split = try #require(comparison.split)
    #expect(split.mix != 0)
    #expect(isClose(split.within + split.mix, comparison.printed.difference))
  }

  @Test("a headline that surely moved, and no class that did, is called out")
  func noClass() throws {
    let truth = [false, false, true, true]
    let comparison = try compare(
      losses([0.2, 0.2, 0.7, 0.8], truth: truth), losses([0.3, 0.3, 0.65, 0.7], truth: truth))
    #expect(comparison.classes.map(\.outcome) == [.same, .same])
    #expect(comparison.direction == 1)
    #expect(comparison.missed.map(\.kind) == [.noClass])
  }

  @Test("a loss that rises while the class's score does is said with its reason")
  func twoMinded() throws {
    // In even images a pixel of b is found that was missed, in others one more is lost.
    func run(_ own: (Int) -> [Double], other: Double) throws -> Measurements {
      let images = (0..<12).map { image in
        ImagePair(
          truth: .masks([[0, 1, 1]]),
          probabilities: [[other] + own(image)])
      }
      var run = DrawnRun(classes: classes(1), images: images, areClassesExclusive: false)
      for index in run.images.indices { run.images[index].name = "\(index)" }
      return try run.measurements(of: measure("bce", areClassesExclusive: false))
    }
    let comparison = try compare(
      run({ $0 % 2 == 0 ? [0.4, 0.4] : [0.6, 0.4] }, other: 0.1),
      run({ $0 % 2 == 0 ? [0.6, 0.6] : [0.4, 0.4] }, other: 0.45))
    let kinds = comparison.missed.map(\.kind)
    #expect(kinds == [.twoMinded])
    let sentence = try #require(comparison.missed.last?.sentence.plain)
    #expect(sentence.hasPrefix("a: the headline counts it as worse (+0."))
    #expect(
      sentence.contains(
        "Its loss fell from 0.815 to 0.714 on its own pixels, of which 25.0 % were found and now 50.0 % are, and rose from 0.105 to 0.598 on the others, 33.3 % of all."
      ))
  }
}

private let pixelAccuracy = "pool(batch, image, pixel, class) > score"
private let perClass = "pool(batch, image, pixel) > score > mean(class)"
private let perImage = "pool(pixel) > score > mean(class) > mean(batch, image)"
private let worstImages = "pool(pixel) > score > mean(class) > worst(3)(batch, image)"

/// Accuracy where the classes are pooled, IoU elsewhere.
private func compare(
  _ before: [[Overlap]], _ after: [[Overlap]], by chain: String, floor: Double = 0.01,
  jobs: Int = 1
) throws -> Comparison {
  let measure = try measure(
    chain == pixelAccuracy ? "binary-accuracy" : "iou", areClassesExclusive: false)
  let list = classes(before[0].count)
  return Comparison(
    of: measurements(before, of: measure, classes: list),
    and: measurements(after, of: measure, classes: list), for: try headline(measure, chain),
    settings: .init(floor: floor), jobs: jobs)
}

private func compare(
  _ before: Measurements, _ after: Measurements,
  _ chain: String = "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
) throws -> Comparison {
  Comparison(
    of: before, and: after, for: try headline(try measure("bce"), chain), settings: .init(),
    jobs: 1)
}

private func opposite(_ outcome: ClassChange.Outcome?) -> ClassChange.Outcome? {
  switch outcome {
  case .better: .worse
  case .worse: .better
  default: outcome
  }
}

private func isClose(_ a: Double?, _ b: Double?) -> Bool {
  guard let a, let b else { return false }
  return (a - b).magnitude <= 1e-12
}
