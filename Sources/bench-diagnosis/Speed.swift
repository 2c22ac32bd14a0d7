import Core
internal import Counting
import Diagnosis
import Foundation
import Resampling
import Tables

/// What 2,000 replicates over 10,000 images and 19 classes cost, and that neither threads nor the
/// order of the files change a bit of what is said.
enum Speed {
  static func measure(jobs: Int) throws {
    var random = Random(seed: 1)
    for route in Route.all where ["Keras mean BCE", "mIoU^D"].contains(route.name) {
      let planted = Population.Class(prevalence: 1e-3, presence: 0.1, iou: 0.2, role: .planted)
      let population = Population(
        [planted], among: 19, isExclusive: route.isExclusive, sizeSpread: 0.5, using: &random)
      let headline = try route.headline()
      let run = Run(
        evidence: population.drawn(
          images: 10_000, for: headline.leading.measure, loss: route.loss, using: &random),
        route: route,
        headline: headline)
      try run.report(jobs: jobs)
    }
  }
}

private struct Run {
  var evidence: Evidence
  var route: Route
  var headline: Headline

  func report(jobs: Int) throws {
    print("\(route.name), 10,000 images, 19 classes, 2,000 replicates, \(jobs) threads:")
    let measurements = measurements
    _ = timed("diagnosis without intervals") { Diagnosis(of: measurements, for: headline) }
    let bootstrap = timed("TP, FP, FN, TN and P(poor)") {
      Bootstrap(of: measurements, poor: headline.poor, jobs: jobs)
    }
    let said = Said(
      timed("diagnosis with intervals") {
        Diagnosis(of: measurements, for: headline, by: bootstrap)
      })
    let others = [
      ("1 thread", self, 1), ("7 threads", self, 7), ("files reversed", reversed, jobs),
    ]
    for (name, run, jobs) in others {
      print("  \(name): \(run.said(jobs: jobs) == said ? "the same bits" : "OTHER BITS")")
    }
  }

  private var measurements: Measurements {
    Measurements(evidence: evidence, batching: Batching())
  }

  private func said(jobs: Int) -> Said {
    let measurements = measurements
    let bootstrap = Bootstrap(of: measurements, poor: headline.poor, jobs: jobs)
    return Said(Diagnosis(of: measurements, for: headline, by: bootstrap))
  }

  private var reversed: Run {
    var run = self
    run.evidence.images = evidence.images.reversed().enumerated().map { index, image in
      var image = image
      image.index = index
      return image
    }
    return run
  }
}

/// Prints what `compute` takes: of the clock, and of all processors together.
private func timed<Result>(_ name: String, _ compute: () -> Result) -> Result {
  let (start, used) = (ContinuousClock.now, clock())
  let result = compute()
  let processors = Double(clock() - used) / Double(CLOCKS_PER_SEC)
  print("  \(name): \(seconds(since: start)) s, of processors \(rounded(processors)) s")
  return result
}

/// All that is drawn.
private struct Said: Equatable {
  var headline: Interval?
  var certainties: [ClassCertainty?]
  var headrooms: [Interval?]
  var reaches: [Interval?]

  init(_ diagnosis: Diagnosis) {
    headline = diagnosis.printedInterval
    certainties = diagnosis.classes.map(\.certainty)
    headrooms = diagnosis.classes.map(\.headroomInterval)
    reaches = diagnosis.classes.map(\.reachInterval)
  }
}
