import Core
internal import Counting
import Diagnosis
internal import Resampling
import Tables

/// One run under a condition, and whether the intervals hold what is true.
struct CertaintyTrial: Sendable {
  var condition: Condition
  var images: Int
  var seed: Int

  struct Outcome: Sendable {
    var condition: String
    var images: Int
    var scores: [Held]
    var headline: Held
    /// What failing classes could gain; none of frames.
    var headrooms: [Held]
    /// Whether the images were found to be frames of sequences.
    var isSequence: Bool
  }

  /// An interval against the truth.
  enum Held: Sendable {
    case inside(width: Double)
    case outside(width: Double)
    /// There is no interval.
    case withheld

    init(_ interval: Interval?, _ truth: Double) {
      guard let interval else {
        self = .withheld
        return
      }
      let width = interval.high - interval.low
      self =
        interval.low <= truth && truth <= interval.high
        ? .inside(width: width) : .outside(width: width)
    }

    var width: Double? {
      switch self {
      case .inside(let width), .outside(let width): width
      case .withheld: nil
      }
    }
  }

  static func grid(seed: Int, runs: Int) -> [CertaintyTrial] {
    Condition.all.enumerated().flatMap { number, condition in
      condition.images.flatMap { images in
        (0..<runs).map { run in
          CertaintyTrial(
            condition: condition, images: images,
            seed: (seed &* 1_000_003 &+ number) &* 1_000_003 &+ images &* 10_007 &+ run)
        }
      }
    }
  }

  func outcome() throws -> Outcome {
    var random = Random(seed: seed)
    let classes = (0..<condition.classes).map { _ in
      (
        iou: Double.random(in: 0.2...0.95, using: &random),
        presence: Double.random(in: 0.5...1, using: &random)
      )
    }
    let evidence = drawn(classes, using: &random)
    guard let definition = Catalogue.definition(named: "iou") else {
      throw Problem("there is no IoU", remedy: "look into Catalogue.swift")
    }
    let iou = try definition.measure(given: [:], areClassesExclusive: false)
    let headline = Headline(
      measure: iou, reduction: "mIoU^D",
      chain: try Chain(parsing: "pool(batch, image, pixel) > score > mean(class)"),
      poor: PoorRule(measure: iou, limit: 0.5))
    let measurements = Measurements(evidence: evidence, batching: Batching())
    let bootstrap = Bootstrap(
      of: measurements, poor: headline.poor, settings: .init(replicates: 200), jobs: 1)
    let diagnosis = Diagnosis(of: measurements, for: headline, by: bootstrap)
    let sequences = Examination(of: measurements, for: diagnosis).findings
      .first { $0.kind == .sequences }
    let present = diagnosis.classes.indices.filter { diagnosis.classes[$0].images > 0 }
    return Outcome(
      condition: condition.name, images: images,
      scores: present.map { c in
        let found = diagnosis.classes[c]
        return Held(
          sequences?.interval("score_", " of \(found.name)")
            ?? (sequences == nil ? found.certainty?.score : nil),
          classes[c].iou)
      },
      headline: Held(
        sequences?.interval("headline_", "")
          ?? (sequences == nil ? diagnosis.printedInterval : nil),
        present.reduce(0) { $0 + classes[$1].iou } / Double(max(1, present.count))),
      headrooms: sequences != nil
        ? []
        : diagnosis.poorClasses.prefix(5).compactMap { found in
          diagnosis.classes.firstIndex { $0.name == found.name }.map { c in
            // Perfect, a class adds the rest of its part of the mean.
            Held(found.headroomInterval, (1 - classes[c].iou) / Double(present.count))
          }
        },
      isSequence: sequences != nil)
  }

  /// Errors depend on nothing but the image and its group, so the IoU of all images that there could be is
  /// (1 − e) / (1 + e), as in `Population`.
  private func drawn(
    _ classes: [(iou: Double, presence: Double)], using random: inout Random
  ) -> Evidence {
    let list = ClassList(classes.indices.map { .init(name: "class \($0)", value: Int64($0)) })
    var groups: [Int: [(missed: Double, taken: Double)]] = [:]
    var sums = [Double](repeating: 0, count: classes.count)
    let drawn = (0..<images).reversed().map { index -> ImageEvidence in
      let group =
        condition.sequence.map { index / $0 }
        ?? condition.groups.map { _ in
          Int.random(in: 0..<(condition.groups ?? 1), using: &random)
        }
      var tally = Tally()
      tally.pixels = Population.pixels
      tally.classes = classes.indices.map { c in
        let error = (1 - classes[c].iou) / (1 + classes[c].iou)
        let spread = error > 1.0 / 3 ? 6.0 : 20
        var means = (missed: error, taken: error)
        var concentration = spread
        if let group {
          if groups[group] == nil {
            groups[group] = classes.map { found in
              let error = (1 - found.iou) / (1 + found.iou)
              let spread = error > 1.0 / 3 ? 6.0 : 20
              return (
                random.rate(mean: error, concentration: spread),
                random.rate(mean: error, concentration: spread)
              )
            }
          }
          means = groups[group]?[c] ?? means
          concentration = 30
        }
        func rate(_ mean: Double) -> Double {
          mean > 0.001 && mean < 0.999
            ? random.rate(mean: mean, concentration: concentration) : mean
        }
        var size =
          random.happens(classes[c].presence)
          ? condition.pixels * random.factor(spread: condition.sizeSpread) : 0
        if condition.hasDominant, index == 0 {
          size = sums[c] * Double.random(in: 0.3...2, using: &random)
        }
        sums[c] += size
        let truth = random.whole(min(size, 0.45 * Double(Population.pixels)))
        let missed = random.whole(Double(truth) * rate(means.missed))
        let taken = random.whole(Double(truth) * rate(means.taken))
        return ClassTally(
          overlap: Overlap(
            both: truth - missed, onlyTrue: missed, onlyPredicted: taken,
            neither: Population.pixels - truth - taken))
      }
      return ImageEvidence(
        name: "image \(index)", index: index,
        group: condition.groups == nil ? nil : group.map { "group \($0)" }, width: 1024,
        height: 1024, tally: tally)
    }
    let scheme = Scheme(classes: list, decision: .above(0.5), losses: [], repaired: nil)
    return Evidence(
      scheme: scheme, images: drawn.reversed(), problems: [], listed: images)
  }
}

extension Finding {
  /// The interval of which the numbers have both ends.
  fileprivate func interval(_ before: String, _ after: String) -> Interval? {
    guard let low = numbers["\(before)lo\(after)"], let high = numbers["\(before)hi\(after)"] else {
      return nil
    }
    return Interval(low: low, high: high)
  }
}
