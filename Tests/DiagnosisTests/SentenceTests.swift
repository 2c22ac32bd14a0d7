import Core
import Counting
import Diagnosis
import Raster
import Testing

@Suite("The sentence about a class")
struct SentenceTests {
  static let pooled = "pool(batch, image, pixel) > score > mean(class)"
  static let accuracy = "pool(batch, image, pixel, class) > score"

  /// 5 pixels in 1000 are b, and all of them are taken for a.
  static let rare = drawn(a: 995, b: 5, found: 0)

  @Test("HIDDEN: what decided it, headroom, reach, or both")
  func hidden() throws {
    let diagnosis = try run(Self.rare).diagnosis(of: measure("accuracy"), by: Self.accuracy)
    #expect(diagnosis.classes[1].verdict == .hidden)
    #expect(
      diagnosis.sentence(about: diagnosis.classes[1]).plain == """
        b: IoU 0. The score 0.995 looks fine (skill 0.995) and cannot tell: with b perfect it would \
        be 1, which is 0.00500 higher, from not knowing b at all to knowing it perfectly it moves \
        by 0.00500, and less than 0.0100 is not seen.
        """)
  }

  @Test("HIDDEN under a headline that is bad for other reasons")
  func hiddenUnderBad() throws {
    let image = ImagePair(
      truth: Self.rare.truth + String(repeating: "c", count: 1000),
      predicted: Self.rare.predicted + String(repeating: "a", count: 1000))
    let run = DrawnRun(classes: classes(3), images: Array(repeating: image, count: 10))
    let diagnosis = try run.diagnosis(of: measure("accuracy"), by: Self.accuracy)
    #expect(
      diagnosis.sentence(about: diagnosis.classes[1]).plain == """
        b: IoU 0. The score 0.498 (skill 0.498) cannot tell: with b perfect it would be 0.500, \
        which is 0.00250 higher, from not knowing b at all to knowing it perfectly it moves by \
        0.00250, and less than 0.0100 is not seen.
        """)
  }

  @Test("HIDDEN by a loss that a constant beats")
  func hiddenByLoss() throws {
    let truth = (0..<1000).map { UInt8($0 < 2 ? 1 : 0) }
    let image = ImagePair(
      truth: .masks([truth, truth.map { 1 - $0 }]),
      probabilities: [
        truth.map { $0 == 1 ? 1.0 / 4096 : 1.0 / 1024 }, truth.map { $0 == 1 ? 0.01 : 0.99 },
      ])
    let run = DrawnRun(
      classes: classes(2), images: Array(repeating: image, count: 10), areClassesExclusive: false)
    let diagnosis = try run.diagnosis(
      of: measure("bce"), by: Route.keras.rawValue, tolerance: 0.75)
    #expect(
      diagnosis.sentence(about: diagnosis.classes[0]).plain == """
        a: IoU 0, worse than a constant guess (skill −0.221). The loss 0.0138 (skill 0.0414) \
        cannot tell: with a perfect it would be 0.00503, which is 0.00881 lower, from not knowing a \
        at all to knowing it perfectly it moves by 0.00721, and less than 0.0108 is not seen.
        """)
  }

  @Test("MUTED: its part in what is wrong, and in what the headline could gain")
  func muted() throws {
    let with = ImagePair(truth: "aaaaaabbb", predicted: "aaaaaa..b")
    let without = ImagePair(truth: "aaaaaaaaa", predicted: "aaaaaaaa.")
    let images = Array(repeating: with, count: 10) + Array(repeating: without, count: 200)
    let diagnosis = try DrawnRun(classes: classes(2), images: images).diagnosis(
      of: measure("iou"), by: "pool(pixel) > score > mean(class) > mean(image, batch)")
    #expect(diagnosis.classes[1].verdict == .muted)
    #expect(
      diagnosis.sentence(about: diagnosis.classes[1]).plain == """
        b: IoU 0.333. The score 0.878 (skill 0.878) has little room for it: b has 86.1 % of what \
        is wrong, and 13.0 % of what the score could gain.
        """)
  }

  @Test("EXPOSED: what the headline would be without it")
  func exposed() throws {
    let diagnosis = try run(Self.drawn(a: 8, b: 2, found: 0)).diagnosis(
      of: measure("recall"), by: Self.pooled)
    #expect(diagnosis.classes[1].verdict == .exposed)
    #expect(
      diagnosis.sentence(about: diagnosis.classes[1]).plain
        == "b: IoU 0, and the score 0.500 shows it: it would be 1 if b were perfect.")
  }

  @Test("EXPOSED under a chain that selects: the other bad class is still there")
  func exposedBySelection() throws {
    let overlaps = [
      Overlap(both: 1, onlyTrue: 4, neither: 5), Overlap(both: 2, onlyTrue: 3, neither: 5),
    ]
    let score = try measure("iou")
    let diagnosis = Diagnosis(
      of: measurements(Array(repeating: overlaps, count: 10), of: score, classes: classes(2)),
      for: try headline(score, "pool(batch, image, pixel) > score > min(class)"))
    let sentences = diagnosis.classes.map { diagnosis.sentence(about: $0).plain }
    #expect(
      sentences == [
        "a: IoU 0.200, and the score 0.200 shows it: it would be 0.400 if a were perfect.",
        "b: IoU 0.400, and the score 0.200 shows it: it would be 0.200 if b were perfect.",
      ])
  }

  @Test("OK: its own score, and no more")
  func ok() throws {
    let diagnosis = try run(Self.drawn(a: 8, b: 2, found: 2)).diagnosis(
      of: measure("iou"), by: Self.pooled)
    #expect(diagnosis.sentence(about: diagnosis.classes[1]).plain == "b: IoU 1.")
  }

  @Test("UNDETERMINED: in how many images it is, and what it would be", arguments: [9, 1])
  func undetermined(count: Int) throws {
    let diagnosis = try run(Self.rare, count: count).diagnosis(
      of: measure("accuracy"), by: Self.accuracy)
    let images = count == 1 ? "only 1 image has it" : "only 9 images have it"
    #expect(
      diagnosis.sentence(about: diagnosis.classes[1]).plain
        == "b: IoU 0. No verdict: \(images), and 10 are needed. It would be HIDDEN.")
  }

  @Test("UNDETERMINED, because the headline has no scale")
  func noScale() throws {
    let image = ImagePair(truth: .masks([[1, 1, 1, 1]]), probabilities: [[0.4, 0.4, 0.4, 0.4]])
    let run = DrawnRun(
      classes: classes(1), images: Array(repeating: image, count: 10), areClassesExclusive: false)
    let diagnosis = try run.diagnosis(of: measure("bce"), by: Route.keras.rawValue)
    #expect(
      diagnosis.sentence(about: diagnosis.classes[0]).plain
        == "a: IoU 0. No verdict: the headline is the same whatever is predicted.")
  }

  @Test("no verdict, because the class is nowhere in the truth")
  func absent() throws {
    let run = DrawnRun(
      classes: classes(4), images: [ImagePair(truth: "aaaa", predicted: "abcc")])
    let diagnosis = try run.diagnosis(of: measure("iou"), by: Self.pooled)
    let sentences = diagnosis.classes.dropFirst().map { diagnosis.sentence(about: $0).plain }
    #expect(
      sentences == [
        "b: in no truth, but predicted at 1 pixel.", "c: in no truth, but predicted at 2 pixels.",
        "d: neither in a truth nor in a prediction.",
      ])
  }

  @Test("a class in the truth is never said to be in none, whatever the headline lacks")
  func noValue() throws {
    let run = DrawnRun(
      classes: classes(2),
      images: Array(repeating: ImagePair(truth: "aabb", predicted: "...."), count: 10))
    let diagnosis = try run.diagnosis(of: measure("precision"), by: Self.pooled)
    #expect(diagnosis.printed == nil && diagnosis.classes[1].verdict == .undetermined)
    #expect(
      diagnosis.sentence(about: diagnosis.classes[1]).plain
        == "b: no verdict, because the headline has no value on these images.")
  }

  @Test("a name can neither break the line nor steer a terminal")
  func name() throws {
    var run = run(Self.drawn(a: 8, b: 2, found: 2))
    run.classes.entries[1].name = "b\n\u{1b}[31m"
    let diagnosis = try run.diagnosis(of: measure("iou"), by: Self.pooled)
    #expect(diagnosis.sentence(about: diagnosis.classes[1]).plain == "b\\u{a}\\u{1b}[31m: IoU 1.")
  }

  // MARK: The order of reduction

  @Test("where all orders agree, the order is not the cause")
  func noGap() throws {
    let diagnosis = try bce(["aabb", "abbb"], batchSize: 1)
    #expect(
      diagnosis.orderSentence?.plain == """
        All 20 orders of plain means give the same number (order gap 0), so the order of \
        reduction is not the cause.
        """)
  }

  @Test("where they do not, which of them give the smallest and the largest number")
  func gap() throws {
    // A pixel of a costs 0.490, one of b 1.040: images are 0.765 and 0.490, pixels 0.545.
    let drawn = ["ab", "aaaaaaaa"]
    let diagnosis = try bce(drawn, batchSize: 1)
    let gap = try #require(diagnosis.orderGap)
    #expect(
      diagnosis.orderSentence?.plain == """
        Over 20 orders of plain means the number lies between 0.545 (`\(gap.lowestChain)`) and \
        0.628 (`\(gap.highestChain)`): the order moves it by 0.0824.
        """)
    #expect(isClose(try bce(drawn, batchSize: 1, by: gap.lowestChain).printed, gap.lowest))
    #expect(isClose(try bce(drawn, batchSize: 1, by: gap.highestChain).printed, gap.highest))
  }

  @Test("and nothing where there is but one order or no number")
  func oneOrder() throws {
    let images = [ImagePair(truth: "a", predicted: "a")]
    let keeping = try DrawnRun(classes: classes(1), images: images).diagnosis(
      of: measure("iou"), by: "pool(batch, image, pixel) > score")
    #expect(keeping.orderGap == nil && keeping.orderSentence == nil)
    let none = try DrawnRun(classes: classes(1), images: []).diagnosis(
      of: measure("iou"), by: Self.pooled)
    #expect(none.orderSentence == nil)
  }

  // MARK: Drawing

  typealias Drawing = (truth: String, predicted: String)

  /// `found` of b's pixels are; the others are taken for a.
  static func drawn(a: Int, b: Int, found: Int) -> Drawing {
    func text(_ a: Int, _ b: Int) -> String {
      String(repeating: "a", count: a) + String(repeating: "b", count: b)
    }
    return (text(a, b), text(a + b - found, found))
  }

  private func run(_ drawing: Drawing, count: Int = 10) -> DrawnRun {
    let image = ImagePair(truth: drawing.truth, predicted: drawing.predicted)
    return DrawnRun(classes: classes(2), images: Array(repeating: image, count: count))
  }

  /// Predicted everywhere with ½ for a and ¼ for b.
  private func bce(
    _ truths: [String], batchSize: Int, by chain: String = Route.keras.rawValue
  ) throws -> Diagnosis {
    let images = truths.map { truth in
      ImagePair(
        truth: .labels(labels(truth)),
        probabilities: [0.5, 0.25].map { p in labels(truth).map { _ in p } })
    }
    return try DrawnRun(classes: classes(2), images: images, batchSize: batchSize)
      .diagnosis(of: measure("bce"), by: chain)
  }
}
