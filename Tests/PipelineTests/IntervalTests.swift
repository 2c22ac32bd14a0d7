import Core
import Counting
import Foundation
import Pipeline
import Reports
import Testing

@Suite("Intervals and saturated values of a run")
struct IntervalTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("the interval of 8-bit planes holds what the same predictions give as floats")
  func street() throws {
    let floats = try scratch.run(array(try chains()), to: "floats").report
    let names = try scratch.write(
      (6...10).map { "street_\($0 < 10 ? "000" : "00")\($0)" }.joined(separator: "\n"), to: "five")
    let planes = try scratch.run(
      chains().replacing("kind:", with: "names: \(names)\n  kind:"), to: "planes"
    ).report
    #expect(floats.reductions.allSatisfy { $0.bounds == nil && $0.unbounded == nil })
    var compared = 0
    for (exact, rounded) in zip(floats.reductions, planes.reductions) {
      guard let bounds = rounded.bounds else { continue }
      let (interval, saved) = (try #require(bounds.interval), try #require(rounded.value))
      #expect(interval.low <= saved && saved <= interval.high)
      for (step, (low, high)) in zip(exact.steps, zip(bounds.low, bounds.high)) {
        for (value, (low, high)) in zip(values(step), zip(values(low), values(high))) {
          guard let value, let low, let high else { continue }
          #expect(low <= value && value <= high, "\(exact.measure) by \(exact.reduction)")
          compared += 1
        }
      }
    }
    // Every loss by every chain, and the five classes where they are left.
    #expect(compared >= 30)
    for (found, interval) in zip(floats.headline.classes, planes.saving.classes) {
      let (mean, mine) = (try #require(found.loss?.mean), try #require(interval.mean))
      #expect(mine.low <= mean && mean <= mine.high)
    }
  }

  @Test("that of 16-bit planes is narrow and holds them too")
  func sixteenBits() throws {
    let names = try scratch.write("street_0006\n", to: "one")
    let planes = try scratch.run(
      samplePipeline().replacing("/run-a/", with: "/run-a-16bit/")
        .replacing("kind:", with: "names: \(names)\n  kind:"), to: "planes"
    ).report
    #expect(planes.saving.levels == 65536)
    let floats = try scratch.run(array(try samplePipeline()), to: "floats").report
    // street_0006 is the first image of the array.
    for (c, interval) in planes.saving.classes.enumerated() {
      let (exact, mine) = (try #require(floats.images[c].lossMean), try #require(interval.mean))
      #expect(mine.low <= exact && exact <= mine.high && mine.high - mine.low < 1e-4)
    }
  }

  @Test("truncated planes have the same value in another interval")
  func truncated() throws {
    let rounded = try scratch.run(samplePipeline(), to: "rounded").report
    let truncated = try scratch.run(
      samplePipeline().replacing("kind:", with: "quantised: truncate\n  kind:"), to: "truncated"
    ).report
    #expect(rounded.headline.printed == truncated.headline.printed)
    #expect(rounded.reductions[0].bounds != truncated.reductions[0].bounds)
    #expect(try scratch.text("truncated/report.md").contains("256 levels, truncated"))
    for reduced in truncated.reductions {
      guard let interval = reduced.bounds?.interval, let value = reduced.value else { continue }
      #expect(interval.low <= value && value <= interval.high)
    }
  }

  @Test("saturated wrong values are counted, and their part of the loss is told")
  func saturation() throws {
    let report = try scratch.run(samplePipeline()).report
    #expect(report.saving.saturated.map(\.wrong) == [29, 33, 107, 35, 7])
    let cost = report.saving.saturated.reduce(0.0) {
      $0 + Double($1.ownAtZero) * 16.11809539 + Double($1.otherAtOne) * 15.94238515
    }
    let loss = try #require(report.headline.printed) * 655360 * 5
    #expect(isClose(report.saving.cappedShare, cost / loss, within: 1e-7))
    #expect(
      try scratch.text("out/report.md").contains(
        "211 saturated wrong values (0.00644 %) carry 10.1 % of the loss; a saved probability cannot say how wrong they were."
      ))
  }

  @Test("a reduction that has no interval says why, and floats need none")
  func reasons() throws {
    let report = try scratch.run(
      samplePipeline().replacing("[bce, iou,", with: "[bce, ce, soft-dice, iou,")
    ).report
    for reduced in report.reductions where reduced.value != nil {
      switch reduced.measure {
      case "ce": #expect(reduced.unbounded?.contains("from all classes of a pixel") == true)
      case "soft-dice": #expect(reduced.unbounded?.contains("a value at every pixel") == true)
      case "bce": #expect(reduced.bounds?.interval != nil && reduced.unbounded == nil)
      default: #expect((reduced.bounds != nil) == (reduced.measure == "focal"))
      }
    }
    #expect(try scratch.text("out/report.md").contains("'ce' has no interval: each of its terms"))
  }

  // Keras 3.15.1 on the sigmoid outputs, `evaluate_bce_batch4_loss`, 4 + 1 images.
  @Test("logits have both roads: their exact loss, and that of the saved sigmoid")
  func logits() throws {
    let logits = try array(samplePipeline()).replacing("run-a.npy", with: "run-a-logits.npy")
      .replacing("kind: probabilities", with: "kind: logits")
      .replacing("size: 16", with: "size: 4")
      .replacing("[bce, iou,", with: "[bce, {bce: {clip_logits: 1}}, iou,")
    let report = try scratch.run(logits).report
    let values = report.reductions.filter { $0.reduction == "keras" }.map(\.value)
    // Where nothing is clipped, no saturated value has a made-up cost.
    #expect(report.saving.cappedShare == 0)
    #expect(isClose(values[1], 0.0091638518497347832))
    #expect(values[0] != values[1])
    #expect(report.saving.levels == nil && report.reductions[0].bounds == nil)
  }

  @Test("only probabilities are written as levels")
  func misuse() throws {
    let failure = #expect(throws: Failure.self) {
      try scratch.run(
        samplePipeline().replacing(
          "kind: probabilities", with: "quantised: truncate\n  kind: logits"))
    }
    #expect(failure?.problem.what == "decode.quantised: logits are not written as levels")
  }

  /// The sample's chains, one that selects images and one that selects pixels.
  private func chains() throws -> String {
    let more = """
        images: "mean(pixel) > worst(2)(image) > mean(batch) > mean(class)"
        pixels: "worst(1%)(pixel) > mean(image, batch) > mean(class)"
        global:
      """
    return try samplePipeline().replacing("  global:", with: more)
      .replacing("[bce,", with: "[bce, mse, torch-bce, {bce: {label_smoothing: 0.1}},")
  }

  private func array(_ configuration: String) -> String {
    configuration.replacing("run-a/{image}/{class}.png", with: "run-a.npy")
      .replacing("truth/{image}/{class}.png", with: "truth.npy")
  }

  private func values(_ step: StepResult) -> [Double?] { step.classValues ?? [step.value] }
}
