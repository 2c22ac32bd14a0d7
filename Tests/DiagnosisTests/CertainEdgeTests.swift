import Core
import Counting
import Diagnosis
import Raster
import Resampling
import Tables
import Testing

/// The cases in which a simpler test goes wrong, judged as a run is: with draws of its images.
@Suite("A verdict at the edges, with draws")
struct CertainEdgeTests {
  static let pooled = "pool(batch, image, pixel) > score > mean(class)"

  // MARK: What must not be called hidden

  @Test("few images, one of them very bad: that one decides, so nothing is decided")
  func oneBadImage() throws {
    let good = [
      Overlap(both: 995, neither: 5), Overlap(both: 5, neither: 995),
    ]
    let bad = [
      Overlap(both: 900, onlyPredicted: 100), Overlap(onlyTrue: 100, neither: 900),
    ]
    for chain in [Self.pooled, "pool(batch, image, pixel, class) > score"] {
      let diagnosis = try diagnosis(
        of: Array(repeating: good, count: 11) + [bad], measure("accuracy"), by: chain)
      let found = diagnosis.classes[1]
      #expect(isClose(found.badness, 1 - 55.0 / 155))
      #expect(found.state == .undecided && found.verdict == .undetermined)
      // It is poor wherever the bad image is drawn, which is in 63 of 100 draws.
      #expect(isClose(found.certainty?.poorProbability, 0.63, 0.05))
      #expect(diagnosis.sentence(about: found).plain.contains("image 11 alone has 64.5 % of it"))
      #expect(found.certainty?.score == nil && found.certainty?.dominating?.name == "11")
    }
  }

  @Test("a class that does not fail here, but does in one draw of ten, is not called OK")
  func nearlyPoor() throws {
    let images = (0..<12).map { index in
      [Overlap(both: index < 6 ? 60 : 45, onlyTrue: index < 6 ? 40 : 55, neither: 900)]
    }
    let found = try diagnosis(of: images, measure("iou"), by: Self.pooled).classes[0]
    #expect(try #require(found.badness) < 0.5)
    #expect(found.verdict == .undetermined && found.tendency == .ok)
  }

  @Test("a rare class that is wrong all over the image is the headline, and so not hidden")
  func allOver() throws {
    let truth = (0..<2000).map { UInt8($0 == 0 ? 1 : 0) }
    let half = (0..<2000).map { UInt8($0 < 1000 ? 1 : 0) }
    let image = ImagePair(
      truth: .masks([truth, half]),
      probabilities: [truth.map { _ in 0.9 }, half.map { $0 == 1 ? 0.99 : 0.01 }])
    let diagnosis = try diagnosis(of: image, classes(2))
    let (found, tolerance) = (diagnosis.classes[0], try #require(diagnosis.tolerance))
    #expect(try #require(found.reach) < tolerance)
    #expect(found.verdict == .exposed && found.certainty?.poorProbability == 1)
  }

  @Test("a class that is everywhere and never found is the headline too, with no reach at all")
  func everywhere() throws {
    let half = (0..<10).map { UInt8($0 < 5 ? 1 : 0) }
    let image = ImagePair(
      truth: .masks([half.map { _ in 1 }, half]),
      probabilities: [half.map { _ in 0.1 }, half.map { $0 == 1 ? 0.99 : 0.01 }])
    let found = try diagnosis(of: image, classes(2)).classes[0]
    #expect(found.reach == 0 && found.verdict == .exposed)
  }

  // MARK: Chains that select

  @Test("of two bad classes under a chain that sees the worst only, neither is hidden")
  func twoBadClasses() throws {
    let image = [
      Overlap(both: 1, onlyTrue: 4, neither: 5), Overlap(both: 2, onlyTrue: 3, neither: 5),
      Overlap(both: 5, neither: 5),
    ]
    let diagnosis = try diagnosis(
      of: Array(repeating: image, count: 10), measure("iou"),
      by: "pool(batch, image, pixel) > score > min(class)")
    #expect(diagnosis.classes.map(\.verdict) == [.exposed, .exposed, .ok])
    // Without a, b is still bad: a alone gains 0.2, and is worth 0.8.
    #expect(diagnosis.classes.map(\.headroom) == [0.8, 0.6, 0])
    #expect(isClose(diagnosis.ends(diagnosis.classes[0]).perfect, 0.4))
  }

  // MARK: Losses whose best is not 0

  @Test("where the best is below 0, a nearly perfect model still has a skill near 1")
  func negativeLoss() throws {
    // 1 − (2·Σpt + 4) / (Σp + Σt), which the truth brings to 1 − 404 / 400.
    let loss = try measure("soft-dice", ["smooth_nr": 4], areClassesExclusive: false)
    let truth = (0..<40).map { UInt8($0 < 20 ? 1 : 0) }
    func diagnosis(_ probabilities: [Double]) throws -> Diagnosis {
      let image = ImagePair(truth: .masks([truth]), probabilities: [probabilities])
      return try run(image, classes(1)).drawn(loss, Self.pooled)
    }
    let good = try diagnosis(truth.map { $0 == 1 ? 0.999 : 0.001 })
    #expect(try #require(good.printed) < 0)
    #expect(isClose(good.skill, 1, 0.01) && good.classes[0].verdict == .ok)
    #expect(isClose(good.ends(good.classes[0]).perfect, -0.01, 1e-6))
    let blind = try diagnosis(truth.map { _ in 0 })
    #expect(isClose(blind.skill, 0, 1e-6) && blind.classes[0].verdict == .exposed)
  }

  @Test(
    "where the truth itself scores no better than a constant, the headline says nothing of a class",
    arguments: [
      // A probability of exactly 0 costs 0.05 · 16 there.
      ("bce", ["label_smoothing": 0.1], Route.keras.rawValue),
      ("bce", [:], "mean(class, times: class-weights) > mean(pixel, image, batch)"),
    ])
  func noScale(name: String, parameters: [String: Double], chain: String) throws {
    let image = ImagePair(truth: .masks([[1, 1, 0, 0]]), probabilities: [[0.1, 0.2, 0.1, 0.2]])
    let diagnosis = try run(image, classes(1), [-1])
      .drawn(measure(name, parameters), chain)
    #expect(try #require(diagnosis.scale) < 0)
    let found = diagnosis.classes[0]
    #expect(found.state == .noScale && found.verdict == .undetermined && found.tendency == nil)
    #expect(
      diagnosis.sentence(about: found).plain == """
        a: IoU 0. No verdict: by this headline the truth itself is no better than the best \
        constant prediction.
        """)
  }

  // MARK: Weights

  @Test("a weight that is multiplied in makes a hidden class heard, one that is 0 hides it")
  func weightedLoss() throws {
    let rare = (0..<2000).map { UInt8($0 == 0 ? 1 : 0) }
    let half = (0..<2000).map { UInt8($0 < 1000 ? 1 : 0) }
    let image = ImagePair(
      truth: .masks([half, rare]),
      probabilities: [half.map { $0 == 1 ? 0.99 : 0.01 }, rare.map { $0 == 1 ? 0.1 : 0.0001 }])
    for step in ["times", "by"] {
      func verdicts(_ weights: [Double]) throws -> [Verdict?] {
        try diagnosis(
          of: image, classes(2), weights,
          by: "mean(class, \(step): class-weights) > mean(pixel, image, batch)"
        ).classes.map(\.verdict)
      }
      #expect(try verdicts([1, 1]) == [.ok, .hidden])
      #expect(try verdicts([1, 1000]) == [.ok, .exposed])
      #expect(try verdicts([1, 0]) == [.ok, .hidden])
    }
  }

  // MARK: Many classes

  @Test("of the five worst classes it is said how sure the headline's room for them is")
  func intervals() throws {
    let image = (1...8).map { Overlap(both: $0, onlyTrue: 20 - $0, neither: 20) }
    let diagnosis = try diagnosis(
      of: Array(repeating: image, count: 10), measure("iou"), by: Self.pooled)
    #expect(diagnosis.classes.allSatisfy { $0.verdict == .exposed && $0.certainty != nil })
    #expect(diagnosis.classes.count { $0.headroomInterval != nil } == 5)
    #expect(diagnosis.poorClasses.prefix(5).allSatisfy { $0.reachInterval != nil })
    #expect(diagnosis.printedInterval != nil)
  }

  // MARK: Judging

  private func diagnosis(
    of images: [[Overlap]], _ score: Measure, by chain: String
  ) throws -> Diagnosis {
    try measurements(images, of: score, classes: classes(images[0].count)).drawn(score, chain)
  }

  private func diagnosis(
    of image: ImagePair, _ list: ClassList, _ weights: [Double] = [],
    by chain: String = Route.keras.rawValue
  ) throws -> Diagnosis {
    try run(image, list, weights).drawn(measure("bce"), chain)
  }

  // MARK: Two ways to one number

  @Test("of images that all have all classes, the mean over images first or last is the same")
  func imagesFirstOrLast() throws {
    let images = (0..<300).map { index in
      [
        Overlap(both: 50 + index % 37, onlyTrue: 10, onlyPredicted: index % 11, neither: 900),
        Overlap(both: 1 + index % 5, onlyTrue: 40, onlyPredicted: index % 7, neither: 900),
      ]
    }
    let score = try measure("iou", areClassesExclusive: false)
    let run = measurements(images, of: score, classes: classes(2))
    let first = try run.drawn(score, "pool(pixel) > score > mean(image, batch) > mean(class)")
    let last = try run.drawn(score, "pool(pixel) > score > mean(class) > mean(image, batch)")
    func expectEqual(_ a: Interval?, _ b: Interval?) throws {
      let (a, b) = (try #require(a), try #require(b))
      #expect(isClose(a.low, b.low) && isClose(a.high, b.high) && a.low < a.high)
    }
    try expectEqual(first.printedInterval, last.printedInterval)
    try expectEqual(first.classes[1].headroomInterval, last.classes[1].headroomInterval)
    #expect(isClose(first.classes[1].headroom, try #require(last.classes[1].headroom)))
  }

  /// Ten images that are alike, of classes that may overlap.
  private func run(
    _ image: ImagePair, _ list: ClassList, _ weights: [Double] = []
  ) -> DrawnRun {
    DrawnRun(
      classes: list, images: Array(repeating: image, count: 10), areClassesExclusive: false,
      weights: weights)
  }
}

extension Measurements {
  fileprivate func drawn(_ measure: Measure, _ chain: String) throws -> Diagnosis {
    let headline = try headline(measure, chain)
    return Diagnosis(
      of: self, for: headline, by: Bootstrap(of: self, poor: headline.poor, jobs: 2))
  }
}

extension DrawnRun {
  /// The images of the run have one name, and are drawn one by one all the same.
  fileprivate func drawn(_ measure: Measure, _ chain: String) throws -> Diagnosis {
    var run = try measurements(of: measure)
    for index in run.evidence.images.indices { run.evidence.images[index].name = "\(index)" }
    return try run.drawn(measure, chain)
  }
}
