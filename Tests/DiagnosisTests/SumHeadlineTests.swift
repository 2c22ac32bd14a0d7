import Core
import Counting
import Diagnosis
import Foundation
import Raster
import Tables
import Testing

/// A headline that is a sum: the founding question's own loss, bce − (1 + dice), against plain loops
/// over pixels in `Double`.
@Suite("A headline that is a sum")
struct SumHeadlineTests {
  /// Five images in batches of two, so that the last batch is short and batches matter.
  private static let images: [(truth: [[UInt8]], predicted: [[Double]])] = (0..<5).map { image in
    var state = UInt64(image + 7)
    func number() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return 0.02 + 0.96 * Double(state >> 11) * 0x1p-53
    }
    let truth = (0..<3).map { c in
      (0..<40).map { _ -> UInt8 in number() < [0.5, 0.3, 0.1][c] ? 1 : 0 }
    }
    return (truth, truth.map { $0.map { _ in number() } })
  }

  private static let classes = 3
  private static let batches = [[0, 1], [2, 3], [4]]

  /// The loss with other predictions, as Keras prints it: each batch's, by its images.
  private static func loss(_ predictions: [[[Double]]]) -> Double {
    var sum = 0.0
    for batch in batches {
      var (entropy, terms, both, predicted, truths) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for image in batch {
        for c in 0..<classes {
          for (p, t) in zip(predictions[image][c], images[image].truth[c]) {
            let q = min(max(p, 1e-7), 1 - 1e-7)
            entropy -= t == 1 ? log(q) : log(1 - q)
            terms += 1
            both += p * Double(t)
            predicted += p
            truths += Double(t)
          }
        }
      }
      let dice = (2 * both + 1) / (predicted + truths + 1)
      sum += Double(batch.count) * (entropy / terms - (1 + dice))
    }
    return sum / 5
  }

  private static let saved = images.map(\.predicted)
  private static let perfect = images.map { $0.truth.map { $0.map(Double.init) } }

  private static func run() throws -> Measurements {
    let pairs = images.map { image in
      ImagePair(truth: .masks(image.truth), probabilities: image.predicted)
    }
    var named = pairs
    for index in named.indices { named[index].name = "\(index)" }
    let drawn = DrawnRun(
      classes: DiagnosisTests.classes(classes), images: named, areClassesExclusive: false,
      batchSize: 2)
    var scheme = scheme(drawn.classes, try measure("bce", areClassesExclusive: false))
    scheme.softSums = true
    return try drawn.measurements(counting: scheme)
  }

  private static func headline() throws -> Headline {
    let preset = try #require(Preset.named("question.bce_minus_1_plus_dice"))
    return Headline(
      try preset.formula(areClassesExclusive: false), called: preset.id,
      poor: PoorRule(measure: try measure("iou"), limit: 0.5))
  }

  @Test("prints what the loop prints")
  func printed() throws {
    let diagnosis = Diagnosis(of: try Self.run(), for: try Self.headline())
    #expect(isClose(diagnosis.printed, Self.loss(Self.saved), 1e-6))
    #expect(diagnosis.headline.title == "question.bce_minus_1_plus_dice")
  }

  @Test("a class made perfect is perfect in every term")
  func headroom() throws {
    let diagnosis = Diagnosis(of: try Self.run(), for: try Self.headline())
    for c in 0..<Self.classes {
      var repaired = Self.saved
      for image in repaired.indices { repaired[image][c] = Self.perfect[image][c] }
      let expected = Self.loss(Self.saved) - Self.loss(repaired)
      #expect(isClose(diagnosis.classes[c].headroom, expected, 1e-6))
      #expect(isClose(diagnosis.classes[c].printedIfPerfect, Self.loss(repaired), 1e-6))
    }
  }

  @Test("the scale reaches from the best constants to the truth itself")
  func scale() throws {
    let diagnosis = Diagnosis(of: try Self.run(), for: try Self.headline())
    // For bce each class's share is best; for dice nothing is worse than predicting nothing.
    let pixels = Self.batches.map { Double($0.count) * 40 }
    var blind = 0.0
    for c in 0..<Self.classes {
      let counts = Self.batches.map { batch in
        batch.reduce(0.0) { sum, image in
          sum + Self.images[image].truth[c].reduce(0) { $0 + Double($1) }
        }
      }
      // The chain weighs each image alike, and all have one size.
      let share = counts.reduce(0, +) / pixels.reduce(0, +)
      blind -= (share * log(share) + (1 - share) * log(1 - share)) / Double(Self.classes)
    }
    for batch in Self.batches {
      let truths = batch.reduce(0.0) { sum, image in
        sum + Self.images[image].truth.joined().reduce(0) { $0 + Double($1) }
      }
      blind -= Double(batch.count) / 5 * (1 + 1 / (truths + 1))
    }
    #expect(isClose(diagnosis.scale, blind - Self.loss(Self.perfect), 1e-5))
    #expect(
      isClose(
        diagnosis.skill,
        (blind - Self.loss(Self.saved)) / (blind - Self.loss(Self.perfect)), 1e-5))
  }

  @Test("its draws are those of the formula applied to the drawn images")
  func interval() throws {
    var run = try Self.run()
    let headline = try Self.headline()
    let settings = Bootstrap.Settings(replicates: 400)
    func interval(_ headline: Headline) throws -> (low: Double, high: Double) {
      let draws = Bootstrap(of: run, poor: headline.poor, settings: settings, jobs: 1)
      let found = Diagnosis(of: run, for: headline, by: draws)
      let interval = try #require(found.printedInterval)
      return (interval.low, interval.high)
    }
    let sum = try interval(headline)
    let value = try #require(Diagnosis(of: run, for: headline).printed)
    #expect(sum.low < value && value < sum.high)
    // A gauge twice lies where twice the gauge lies.
    run.batching = Batching()
    let bce = try measure("bce", areClassesExclusive: false)
    let chain = try Chain(parsing: "mean(class) > mean(pixel, image, batch)")
    let plain = try interval(
      Headline(measure: bce, reduction: "plain", chain: chain, poor: headline.poor))
    let twice = try interval(
      Headline(
        Formula(terms: [
          .init(factor: 1.5, gauges: [.init(bce, chain)]),
          .init(factor: 0.5, gauges: [.init(bce, chain)]),
        ]), called: "twice", poor: headline.poor))
    #expect(isClose(twice.low, 2 * plain.low) && isClose(twice.high, 2 * plain.high))
  }

  @Test(
    "nothing is said of a chain that it does not have, and classes are looked into all the same")
  func findings() throws {
    let run = try Self.run()
    let examination = Examination(
      of: run, for: Diagnosis(of: run, for: try Self.headline()))
    let kinds = Set(examination.findings.map(\.kind))
    #expect(kinds.isDisjoint(with: [.smallestEdit, .audibility, .undividedWeights]))
    #expect(Diagnosis(of: run, for: try Self.headline()).classes.allSatisfy { $0.voice == nil })
  }
}
