import Core
import Counting
import Diagnosis
import Raster
import Tables
import Testing

@Suite("A diagnosis at its edges")
struct EdgeCaseTests {
  static let pooled = "pool(batch, image, pixel) > score > mean(class)"
  static let perImage = "pool(pixel) > score > mean(class) > mean(image, batch)"

  // MARK: Classes that are nowhere or everywhere

  @Test("a class in no truth has no verdict and no numbers, and the others share without it")
  func absent() throws {
    let images = Array(repeating: ImagePair(truth: "aaaabb", predicted: "aaaacb"), count: 10)
    let run = DrawnRun(classes: classes(4), images: images)
    for chain in [Self.pooled, Self.perImage] {
      let classes = try run.diagnosis(of: measure("iou"), by: chain).classes
      #expect(classes.map(\.state) == [.ok, .ok, .absentFromTruth, .absent])
      for missing in classes[2...] {
        #expect(missing.verdict == nil && missing.tendency == nil && missing.badness == nil)
        #expect(missing.headroom == nil && missing.reach == nil && missing.share == nil)
      }
      #expect(classes[1].share == 1 && classes[1].badnessShare == 1)
      // An IoU of 0 for c goes away together with b's mistakes.
      #expect(isClose(classes[1].headroom, 1 - (1 + 0.5 + 0) / 3))
    }
  }

  @Test("a class that is everywhere has nothing to be known about it", arguments: ["bce", "mse"])
  func everywhere(name: String) throws {
    let truth = Truth.masks([[1, 1, 1, 1], [1, 1, 0, 0]])
    let image = ImagePair(
      truth: truth, probabilities: [[0.9, 0.9, 0.9, 0.9], [0.9, 0.8, 0.1, 0.1]])
    let run = DrawnRun(
      classes: classes(2), images: Array(repeating: image, count: 10), areClassesExclusive: false)
    let diagnosis = try run.diagnosis(of: measure(name), by: Route.pixelMean.rawValue)
    let found = diagnosis.classes[0]
    #expect(found.reach == 0 && found.skill == nil)
    #expect(found.verdict == .ok && found.pixelShare == 1)
    #expect(isClose(diagnosis.scale, diagnosis.classes[1].reach ?? .nan))
  }

  @Test("of no counted pixel a class has no share")
  func noPixels() throws {
    let score = try measure("iou", areClassesExclusive: false)
    let run = measurements([[Overlap(), Overlap()]], of: score, classes: classes(2))
    let diagnosis = try Diagnosis(
      of: run, for: headline(score, "pool(batch, image, pixel) > score > mean(class)"))
    #expect(diagnosis.classes.allSatisfy { $0.pixelShare == nil })
  }

  @Test("where one class is everywhere and no other anywhere, a loss has no scale")
  func noScale() throws {
    let image = ImagePair(
      truth: .labels(labels("aaaa")), probabilities: [[0.4, 0.4, 0.4, 0.4], [0.6, 0.6, 0.6, 0.6]])
    let run = DrawnRun(classes: classes(2), images: Array(repeating: image, count: 10))
    for name in ["bce", "ce", "focal", "mse", "mae"] {
      let diagnosis = try run.diagnosis(of: measure(name), by: Route.keras.rawValue)
      #expect(diagnosis.scale == 0 && diagnosis.skill == nil, "\(name)")
      #expect(diagnosis.classes[0].state == .noScale, "\(name)")
      #expect(diagnosis.classes[0].verdict == .undetermined, "\(name)")
      #expect(diagnosis.classes[0].tendency == nil && !diagnosis.looksFine, "\(name)")
    }
  }

  @Test("two exclusive classes always share alike: what one gains the other gains")
  func twoClasses() throws {
    let drawn = Array(repeating: ["aaaab", "aaabb", "aaaaa"], count: 5).joined().map { truth in
      ImagePair(
        truth: .labels(labels(truth)),
        probabilities: [[0.9, 0.7, 0.2, 0.8, 0.6], [0.1, 0.3, 0.8, 0.2, 0.4]])
    }
    let run = DrawnRun(classes: classes(2), images: drawn)
    for route in Route.allCases {
      let found = try run.diagnosis(of: measure("ce"), by: route.rawValue).classes
      #expect(isClose(found[0].headroom, try #require(found[1].headroom)))
      #expect(isClose(found[0].share, 0.5) && isClose(found[1].share, 0.5))
      #expect(found.map(\.verdict) == [.ok, .exposed])
    }
  }

  @Test("one class only has the whole headline")
  func oneClass() throws {
    let image = ImagePair(truth: .masks([[1, 0, 0, 0]]), probabilities: [[0.3, 0.1, 0.2, 0.1]])
    let run = DrawnRun(
      classes: classes(1), images: Array(repeating: image, count: 10), areClassesExclusive: false)
    let diagnosis = try run.diagnosis(of: measure("bce"), by: Route.keras.rawValue)
    let found = diagnosis.classes[0]
    #expect(found.voice == 1 && found.share == 1 && found.badnessShare == 1)
    #expect(isClose(found.headroom, try #require(diagnosis.printed), 3e-7))
    #expect(found.reach == diagnosis.scale)
    #expect(isClose(found.skill, try #require(diagnosis.skill)))
    #expect(found.verdict == .exposed)
  }

  @Test("no images: no numbers, no verdict, and nothing to look at")
  func noImages() throws {
    let run = DrawnRun(classes: classes(2), images: [])
    for (name, chain) in [
      ("iou", Self.pooled), ("iou", Self.perImage), ("bce", Route.keras.rawValue),
      ("ce", Route.classLast.rawValue), ("soft-dice", Self.pooled),
      ("bce", "mean(pixel, image, batch) > max(class)"),
    ] {
      let diagnosis = try run.diagnosis(of: measure(name), by: chain)
      #expect(diagnosis.printed == nil && diagnosis.skill == nil && diagnosis.verdict == nil)
      #expect(diagnosis.classes.map(\.state) == [.absent, .absent] && !diagnosis.looksFine)
      #expect(diagnosis.poorClasses.isEmpty && diagnosis.orderGap == nil)
    }
  }

  // MARK: Good and bad models

  /// Half of the images lack b.
  static let perfectImages = ["aabb", "aaaa"].flatMap { truth in
    Array(
      repeating: ImagePair(
        truth: .labels(labels(truth)),
        probabilities: (0..<2).map { c in labels(truth).map { $0 == Label(c) ? 1 : 0 } }),
      count: 10)
  }

  @Test(
    "a perfect model has a skill of 1 and no headroom, and all is OK",
    arguments: [
      ("bce", Route.keras.rawValue), ("ce", Route.keras.rawValue), ("ce", Route.classLast.rawValue),
      ("focal", Route.pixelMean.rawValue), ("mae", Route.perImage.rawValue), ("iou", pooled),
      ("iou", perImage), ("bce", "mean(pixel, image, batch) > max(class)"),
      ("dice", "pool(pixel) > score > mean(class) > worst(10%)(image, batch)"),
      ("accuracy", "pool(batch, image, pixel, class) > score"), ("soft-dice", pooled),
      // A score that counts as 0 or 1 although nothing is wrong is not a lack of skill.
      ("soft-dice", perImage),
      ("iou", "pool(pixel) > score > mean(class else 0) > mean(image, batch)"),
      ("iou", "pool(batch, image, pixel) > score > sum(class)"),
    ])
  func perfect(name: String, chain: String) throws {
    let run = DrawnRun(classes: classes(2), images: Self.perfectImages)
    let diagnosis = try run.diagnosis(of: measure(name), by: chain)
    #expect(isClose(diagnosis.skill, 1, 1e-6))
    for found in diagnosis.classes {
      #expect(isClose(found.headroom, 0, 3e-7) && found.badness == 0)
      #expect(found.verdict == .ok && found.badnessShare == nil)
    }
  }

  @Test("a class that no score's model ever predicts is as good as unknown, not worse than a guess")
  func neverPredicted() throws {
    let image = ImagePair(truth: "aaab", predicted: "aaaa")
    let run = DrawnRun(classes: classes(2), images: Array(repeating: image, count: 10))
    let diagnosis = try run.diagnosis(of: measure("iou"), by: Self.pooled)
    #expect(!diagnosis.sentence(about: diagnosis.classes[1]).plain.contains("worse than"))
  }

  @Test("a rare class that is wrong all over the image is not hidden")
  func allOver() throws {
    let truth = (0..<500).map { UInt8($0 == 0 ? 1 : 0) }
    let rest = truth.map { 1 - $0 }
    let image = ImagePair(
      truth: .masks([truth, rest]),
      probabilities: [truth.map { _ in 0.9 }, rest.map { $0 == 1 ? 0.99 : 0.01 }])
    let run = DrawnRun(
      classes: classes(2), images: Array(repeating: image, count: 10), areClassesExclusive: false)
    let diagnosis = try run.diagnosis(
      of: measure("bce"), by: Route.keras.rawValue, tolerance: 0.6)
    let found = diagnosis.classes[0]
    #expect(try #require(found.reach) < (try #require(diagnosis.tolerance)))
    #expect(found.badness ?? 0 > 0.99 && found.verdict == .exposed)
  }

  // MARK: Support

  @Test("9 images with a class give no verdict but its tendency, 10 a verdict")
  func support() throws {
    for count in [9, 10] {
      let with = Array(repeating: ImagePair(truth: "aaaaaaab", predicted: "aaaaaaaa"), count: count)
      let without = Array(
        repeating: ImagePair(truth: "aaaaaaaa", predicted: "aaaaaaaa"), count: 290)
      let run = DrawnRun(classes: classes(2), images: with + without)
      let diagnosis = try run.diagnosis(
        of: measure("accuracy"), by: "pool(batch, image, pixel, class) > score")
      let found = diagnosis.classes[1]
      #expect(found.images == count && found.imagesFound == 0)
      #expect(found.verdict == (count == 9 ? .undetermined : .hidden))
      #expect(found.tendency == (count == 9 ? .hidden : nil))
      #expect(found.state == (count == 9 ? .lowSupport : .ok))
      // It is listed among those to look at all the same.
      #expect(diagnosis.poorClasses.map(\.name) == ["b"])
    }
  }

  @Test("images in which an IoU is undefined do not count for it")
  func undefined() throws {
    let images =
      Array(repeating: ImagePair(truth: "aabb", predicted: "aaab"), count: 10)
      + Array(repeating: ImagePair(truth: "aaaa", predicted: "aaaa"), count: 30)
    let run = DrawnRun(classes: classes(2), images: images)
    let byImages = try run.diagnosis(of: measure("iou"), by: Self.perImage)
    #expect(isClose(byImages.printed, (10 * (2.0 / 3 + 1.0 / 2) / 2 + 30) / 40))
    #expect(isClose(byImages.classes[1].headroom, 1 - (try #require(byImages.printed))))
    #expect(isClose(byImages.classes[1].reach, 10 * 0.5 / 40))
    let byClasses = try run.diagnosis(
      of: measure("iou"), by: "pool(pixel) > score > mean(image, batch) > mean(class)")
    #expect(isClose(byClasses.printed, ((10 * 2.0 / 3 + 30) / 40 + 0.5) / 2))
    #expect(isClose(byClasses.classes[1].reach, 0.5))
  }

  @Test("a class that weighs little in a weighted headline is hidden by it")
  func weighted() throws {
    let overlaps = [
      Overlap(both: 90, onlyTrue: 10, neither: 100), Overlap(both: 10, onlyTrue: 90, neither: 100),
    ]
    func diagnosis(_ weights: [Double]) throws -> Diagnosis {
      let score = try measure("iou")
      var run = measurements(
        Array(repeating: overlaps, count: 10), of: score, classes: classes(2))
      run.weighting.averaging = weights
      return Diagnosis(
        of: run,
        for: try headline(
          score, "pool(batch, image, pixel) > score > mean(class, by: class-weights)"))
    }
    let alike = try diagnosis([1, 1])
    #expect(isClose(alike.printed, 0.5) && isClose(alike.classes[1].headroom, 0.45))
    #expect(alike.classes[1].verdict == .exposed)
    let uneven = try diagnosis([199, 1])
    #expect(isClose(uneven.classes[1].headroom, 0.9 / 200))
    #expect(isClose(uneven.classes[1].reach, 1.0 / 200))
    #expect(uneven.classes.map(\.verdict) == [.ok, .hidden])
    #expect(try diagnosis([9, 1]).classes[1].verdict == .muted)
    let silent = try diagnosis([1, 0])
    #expect(silent.classes[1].headroom == 0 && silent.classes[1].verdict == .hidden)
  }

  // MARK: Evidence that is not there

  @Test("a softmax loss whose repairs were not counted says nothing of a class's headroom")
  func noRepairs() throws {
    let image = ImagePair(
      truth: .labels(labels("aaab")),
      probabilities: [[0.9, 0.9, 0.9, 0.99], [0.1, 0.1, 0.1, 0.01]])
    let run = DrawnRun(classes: classes(2), images: Array(repeating: image, count: 10))
    let loss = try measure("ce")
    var measurements = try run.measurements(of: loss)
    #expect(try verdict(of: measurements, loss) == .exposed)
    measurements.evidence.scheme.repaired = nil
    #expect(try verdict(of: measurements, loss) == .undetermined)
  }

  private func verdict(of measurements: Measurements, _ loss: Measure) throws -> Verdict? {
    Diagnosis(of: measurements, for: try headline(loss, Route.classLast.rawValue)).classes[1]
      .verdict
  }

  // MARK: Size

  @Test("150 classes are no matter of minutes", .timeLimit(.minutes(1)))
  func manyClasses() throws {
    // Each class's 40 pixels are predicted as itself or as one of three others.
    let overlaps = (0..<20).map { image in
      Confusion(
        (0..<150).flatMap { k in
          [0, 1, 7, 30 + image].map { step in
            Confusion.Entry(truth: k, predicted: (k + step) % 150, count: 10)
          }
        })
    }
    let score = try measure("iou")
    let evidence = overlaps.enumerated().map { index, confusion in
      var tally = Tally()
      tally.pixels = 6000
      tally.confusion = confusion
      tally.classes = confusion.overlaps(classes: 150).map { ClassTally(overlap: $0) }
      return ImageEvidence(name: "\(index)", index: index, width: 100, height: 60, tally: tally)
    }
    let measurements = Measurements(
      evidence: Evidence(
        scheme: scheme(classes(150), score, areClassesExclusive: true), images: evidence,
        problems: [], listed: 20),
      batching: Batching())
    for chain in [Self.pooled, Self.perImage, "pool(pixel, image, batch) > score > min(class)"] {
      let headline = try headline(score, chain)
      let draws = Bootstrap(of: measurements, poor: headline.poor, jobs: 2)
      let diagnosis = Diagnosis(of: measurements, for: headline, by: draws)
      // A quarter of each class is found, in every image and so in every draw.
      #expect(diagnosis.classes.allSatisfy { $0.verdict == .exposed })
    }
  }
}
