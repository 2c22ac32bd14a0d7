import Core
import Counting
import Diagnosis
import Raster
import Testing

/// One row after the other of the table that decides what a headline says of a class.
///
/// Four classes and a scale of 1, so that a class's part of the scale is ¼ and half of that ⅛; the
/// tolerance is 1/64. A class counts as poor above a badness of ½.
@Suite("The verdict")
struct VerdictTests {
  let tolerance = 1.0 / 64
  let halfPart = 1.0 / 8

  @Test("a class that is not poor is OK, whatever the headline has for it")
  func ok() {
    #expect(verdict(badness: 0.5) == .ok)
    #expect(verdict(badness: 0.5, headroom: 0, reach: 0, share: 0, badnessShare: 1) == .ok)
    #expect(verdict(badness: (0.5).nextUp) != .ok)
  }

  @Test("a poor class that could not move the headline by its tolerance is HIDDEN")
  func hiddenByHeadroom() {
    #expect(verdict(headroom: tolerance.nextDown, reach: 1) == .hidden)
    #expect(verdict(headroom: tolerance, reach: 1) == .exposed)
    #expect(verdict(headroom: 0, reach: 1) == .hidden)
  }

  @Test("so is one that the headline has less than its tolerance for, unless it costs a lot")
  func hiddenByReach() {
    #expect(verdict(headroom: halfPart.nextDown, reach: tolerance.nextDown) == .hidden)
    #expect(verdict(headroom: halfPart, reach: tolerance.nextDown) == .exposed)
    #expect(verdict(headroom: halfPart.nextDown, reach: tolerance) == .muted)
  }

  @Test("a rare class that is wrong all over the image is not hidden: it is the headline")
  func allOver() {
    #expect(verdict(headroom: 0.9, reach: 0) == .exposed)
  }

  @Test("a poor class with far less part in the headline than in what is wrong is MUTED")
  func mutedByShare() {
    #expect(verdict(share: (0.25).nextDown, badnessShare: 0.5) == .muted)
    #expect(verdict(share: 0.25, badnessShare: 0.5) == .exposed)
    #expect(verdict(share: 0, badnessShare: 1) == .muted)
  }

  @Test("so is one for which the headline has less than half of a class's part")
  func mutedByScale() {
    #expect(verdict(headroom: halfPart.nextDown, reach: halfPart.nextDown) == .muted)
    #expect(verdict(headroom: halfPart, reach: halfPart.nextDown) == .exposed)
    #expect(verdict(headroom: halfPart.nextDown, reach: halfPart) == .exposed)
  }

  @Test("HIDDEN comes before MUTED")
  func precedence() {
    #expect(verdict(headroom: 0, reach: 1, share: 0, badnessShare: 1) == .hidden)
    #expect(verdict(headroom: halfPart.nextDown, reach: 0, share: 0, badnessShare: 1) == .hidden)
  }

  @Test("shares that do not exist decide nothing")
  func noShares() {
    #expect(verdict(share: nil, badnessShare: 1) == .exposed)
    #expect(verdict(share: 0, badnessShare: nil) == .exposed)
  }

  @Test("the bounds go with the scale and the number of classes")
  func scaled() {
    for scale in [0.25, 1, 16] {
      for classes in [1, 2, 8, 128] {
        func verdict(_ headroom: Double) -> Verdict {
          Verdict(
            of: VerdictBasis(
              badness: 1, largestBadness: 0.5, headroom: headroom * scale, reach: 0,
              tolerance: 1e-9, scale: scale, classes: classes, share: 1, badnessShare: 1))
        }
        let bound = 0.5 / Double(classes)
        #expect(verdict(bound) == .exposed && verdict(bound.nextDown) == .hidden)
      }
    }
  }

  // MARK: What a headline sees at all

  @Test("a change is seen from 1 % of the scale on, or half a class's part where that is less")
  func gate() throws {
    for (count, expected) in [(1, 0.01), (50, 0.01), (100, 0.005), (150, 0.5 / 150)] {
      #expect(try tolerance(classes: count) == expected)
    }
  }

  @Test("or from what the user said on, but never less than half of the last digit printed")
  func resolution() throws {
    #expect(try tolerance(classes: 2, said: 0.2) == 0.2)
    #expect(try tolerance(classes: 2, said: 0) == 0.00005)
  }

  // MARK: A run's verdict

  @Test(
    "the same rare class is HIDDEN by pixels, MUTED by images and EXPOSED by classes",
    arguments: [
      ("accuracy", "pool(batch, image, pixel, class) > score", Verdict.hidden),
      ("iou", "pool(pixel) > score > mean(class) > mean(image, batch)", .muted),
      ("iou", "pool(pixel) > score > mean(image, batch else 1) > mean(class)", .muted),
      ("iou", "pool(pixel) > score > mean(image, batch) > mean(class)", .exposed),
      ("iou", pooled, .exposed),
    ])
  func reductions(name: String, chain: String, expected: Verdict) throws {
    let road = String(repeating: "a", count: 96)
    let images =
      Array(repeating: ImagePair(truth: road + "bbbb", predicted: road + "aaab"), count: 10)
      + Array(repeating: ImagePair(truth: road, predicted: road), count: 90)
    let run = DrawnRun(classes: classes(2), images: images)
    let diagnosis = try run.diagnosis(of: measure(name), by: chain)
    #expect(diagnosis.classes.map(\.verdict) == [.ok, expected])
  }

  @Test("a class in none of the truth has no verdict, and one in 9 images none yet")
  func support() throws {
    let run = Self.run(images: 9)
    let classes = try run.diagnosis(of: measure("iou"), by: Self.pooled).classes
    #expect(classes.map(\.state) == [.lowSupport, .lowSupport, .absentFromTruth, .absent])
    #expect(classes.map(\.verdict) == [.undetermined, .undetermined, nil, nil])
    #expect(classes.map(\.tendency) == [.ok, .exposed, nil, nil])
    let enough = try Self.run(images: 10).diagnosis(of: measure("iou"), by: Self.pooled).classes
    #expect(enough.map(\.state) == [.ok, .ok, .absentFromTruth, .absent])
    #expect(enough.map(\.verdict) == [.ok, .exposed, nil, nil])
    #expect(enough.allSatisfy { $0.tendency == nil })
  }

  @Test("is the worst of its classes', and OK does not outvote one that cannot be told")
  func worst() throws {
    var diagnosis = try Self.run(images: 10).diagnosis(of: measure("iou"), by: Self.pooled)
    #expect(diagnosis.verdict == .exposed)
    let cases: [([Verdict?], Verdict?)] = [
      ([.ok, .hidden, .muted, .exposed], .hidden), ([.ok, .muted, .exposed, nil], .muted),
      ([.ok, .ok, nil, nil], .ok), ([nil, nil, nil, nil], nil),
    ]
    for (verdicts, expected) in cases {
      for (c, verdict) in verdicts.enumerated() { diagnosis.classes[c].verdict = verdict }
      #expect(diagnosis.verdict == expected)
    }
    diagnosis.classes[0].verdict = .ok
    diagnosis.classes[1].verdict = .undetermined
    diagnosis.classes[1].tendency = .hidden
    #expect(diagnosis.verdict == .undetermined)
    diagnosis.classes[1].tendency = .ok
    #expect(diagnosis.verdict == .ok)
  }

  @Test("the classes to look at: HIDDEN before MUTED, then by how much the headline masks them")
  func order() throws {
    var diagnosis = try Self.run(images: 10).diagnosis(of: measure("iou"), by: Self.pooled)
    // A class with no share at all is masked without bound.
    let drawn: [(Verdict?, Double?)] = [(.muted, 9), (.hidden, 2), (.hidden, 5), (.hidden, nil)]
    for (c, (verdict, factor)) in drawn.enumerated() {
      diagnosis.classes[c].verdict = verdict
      diagnosis.classes[c].maskingFactor = factor
      diagnosis.classes[c].share = factor == nil ? 0 : 0.1
      diagnosis.classes[c].badnessShare = 0.5
    }
    #expect(diagnosis.poorClasses.map(\.name) == ["d", "c", "b", "a"])
    diagnosis.classes[3].verdict = .ok
    #expect(diagnosis.poorClasses.map(\.name) == ["c", "b", "a"])
  }

  // MARK: Drawing

  static let pooled = "pool(batch, image, pixel) > score > mean(class)"

  /// a is good; b is taken for c, which is nowhere; d is neither.
  static func run(images: Int) -> DrawnRun {
    DrawnRun(
      classes: classes(4),
      images: Array(repeating: ImagePair(truth: "aaabb", predicted: "aaacc"), count: images))
  }

  private func verdict(
    badness: Double = 0.9, headroom: Double = 0.5, reach: Double = 0.5, share: Double? = 0.5,
    badnessShare: Double? = 0.5
  ) -> Verdict {
    Verdict(
      of: VerdictBasis(
        badness: badness, largestBadness: 0.5, headroom: headroom, reach: reach,
        tolerance: tolerance, scale: 1, classes: 4, share: share, badnessShare: badnessShare))
  }

  /// Of a score, whose scale is 1.
  private func tolerance(classes count: Int, said: Double? = nil) throws -> Double? {
    let run = DrawnRun(classes: classes(count), images: [ImagePair(truth: "a", predicted: "a")])
    return try run.diagnosis(of: measure("iou"), by: Self.pooled, tolerance: said).tolerance
  }
}
