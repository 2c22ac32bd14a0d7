import Core
internal import Counting
import Diagnosis
internal import Resampling
import Tables

/// One run of the simulator: a headline, a population, and how many images are drawn from it.
struct Trial: Sendable {
  var route: Route
  /// Prevalence and presence of what is planted.
  var prevalence: Double
  var presence: Double
  var images: Int
  /// Whether the planted classes fail.
  var fails: Bool
  var seed: Int

  /// Every headline with every planted class and number of images, once with classes that fail and
  /// once with classes that do not; all other choices follow from the seed.
  static func grid(seed: Int) -> [Trial] {
    var trials: [Trial] = []
    for prevalence in [1e-5, 1e-4, 1e-3, 1e-2, 0.1] {
      // No class of few images covers a third of them.
      for presence in [0.02, 0.1, 0.4, 1] where prevalence / presence < 0.3 {
        for images in [20, 60, 200, 600, 2000] {
          for route in Route.all {
            for fails in [true, false] {
              trials.append(
                Trial(
                  route: route, prevalence: prevalence, presence: presence, images: images,
                  fails: fails, seed: seed &* 1_000_003 &+ trials.count))
            }
          }
        }
      }
    }
    return trials
  }
}

/// What was said of one class, and what should have been.
struct Case: Sendable {
  var trial: Trial
  var sizeSpread: Double
  var iou: Double
  /// `nil` for a class that is not planted, or does not fail.
  var expectation: Route.Expectation?
  /// Images drawn whose truth has the class.
  var support: Int
  var verdict: Verdict?
  /// Whether the interval of its IoU holds the truth; `nil` for the ground, whose IoU is left over.
  var isCovered: Bool?
}

extension Trial {
  /// Draws the images and diagnoses them, as the command does.
  func cases(replicates: Int) throws -> [Case] {
    var random = Random(seed: seed)
    let population = population(using: &random)
    let headline = try route.headline()
    let measurements = Measurements(
      evidence: population.drawn(
        images: images, for: headline.leading.measure, loss: route.loss, using: &random),
      batching: Batching())
    let bootstrap = Bootstrap(
      of: measurements, poor: headline.poor, settings: .init(replicates: replicates), jobs: 1)
    let diagnosis = Diagnosis(of: measurements, for: headline, by: bootstrap)
    return diagnosis.classes.enumerated().map { c, found in
      let truth = population.classes[c]
      let isPlanted = truth.role == .planted && truth.fails
      let interval = found.certainty?.score
      let isCovered = interval.map { $0.low <= truth.iou && truth.iou <= $0.high } ?? false
      return Case(
        trial: self, sizeSpread: population.sizeSpread, iou: truth.iou,
        expectation: isPlanted ? route.expectation(of: c, in: population) : nil,
        support: found.images, verdict: found.verdict,
        isCovered: route.isExclusive && c == 0 ? nil : isCovered)
    }
  }

  private func population(using random: inout Random) -> Population {
    let ious = fails ? [0.05, 0.2, 0.35] : [0.6, 0.75, 0.9]
    let planted = (0..<(random.happens(0.5) ? 1 : 2)).map { _ in
      Population.Class(
        prevalence: prevalence, presence: presence,
        iou: ious[Int.random(in: 0..<3, using: &random)], role: .planted)
    }
    return Population(
      planted, among: random.happens(0.5) ? 6 : 19, isExclusive: route.isExclusive,
      sizeSpread: random.happens(0.5) ? 0.5 : 1, using: &random)
  }
}
