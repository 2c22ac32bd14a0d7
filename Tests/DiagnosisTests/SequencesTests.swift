import Core
import Counting
import Diagnosis
import Resampling
import Tables
import TestSupport
import Testing

@Suite("Frames of one sequence")
struct SequencesTests {
  /// Images whose names are given, of one class; what is found of its 1,000 pixels differs from scene to
  /// scene, and a little from image to image.
  private func run(
    _ names: [String], scenes: [Int], seed: UInt64 = 1
  ) throws -> Measurements {
    var random = SeededGenerator(seed: seed)
    var rates: [Int: Double] = [:]
    let images = names.indices.map { index -> ImageEvidence in
      let scene = scenes[index]
      let rate = rates[scene] ?? Double.random(in: 0.1...0.9, using: &random)
      rates[scene] = rate
      let found = Int(1000 * rate) + Int.random(in: 0...40, using: &random)
      var tally = Tally()
      tally.pixels = 10_000
      tally.classes = [
        ClassTally(overlap: Overlap(both: found, onlyTrue: 1000 - found, neither: 9000))
      ]
      return ImageEvidence(
        name: names[index], index: index, width: 100, height: 100, tally: tally)
    }
    return Measurements(
      evidence: Evidence(
        scheme: scheme(classes(1)), images: images, problems: [], listed: images.count),
      batching: Batching())
  }

  private func found(_ run: Measurements) throws -> (finding: Finding?, diagnosis: Diagnosis) {
    let headline = try headline(
      measure("iou", areClassesExclusive: false), "pool(batch, image, pixel) > score > mean(class)")
    let bootstrap = Bootstrap(
      of: run, poor: headline.poor, settings: .init(replicates: 200), jobs: 1)
    let diagnosis = Diagnosis(of: run, for: headline, by: bootstrap)
    let finding = Examination(of: run, for: diagnosis).findings.first { $0.kind == .sequences }
    return (finding, diagnosis)
  }

  @Test("are found by the beginnings of their names, and drawn together")
  func names() throws {
    let scenes = (0..<200).map { $0 / 10 }
    let names = (0..<200).map { "clip\($0 / 10)_\($0 % 10)" }
    let run = try run(names, scenes: scenes)
    let (finding, diagnosis) = try found(run)
    let sequences = try #require(finding)
    #expect(sequences.numbers["groups"] == 20)
    #expect(sequences.snippet?.text == "group: sequence")
    #expect(sequences.remedy.plain.contains("{sequence}_{image:\\d+}"))
    // The interval is that of a run in which the groups are named.
    var grouped = run
    for index in grouped.evidence.images.indices {
      grouped.evidence.images[index].group = "clip\(index / 10)"
    }
    let (none, expected) = try found(grouped)
    #expect(none == nil)
    #expect(sequences.numbers["headline_lo"] == expected.printedInterval?.low)
    #expect(sequences.numbers["headline_hi"] == expected.printedInterval?.high)
    #expect(sequences.numbers["score_lo of a"] == expected.classes[0].certainty?.score?.low)
    let (wide, narrow) = (
      try #require(expected.printedInterval), try #require(diagnosis.printedInterval)
    )
    #expect(wide.high - wide.low > 2 * (narrow.high - narrow.low))
  }

  @Test("are stretches of neighbours where the names say no more, in the order of their numbers")
  func stretches() throws {
    // By bytes "frame 10" would come before "frame 2".
    let run = try run((0..<400).map { "frame \($0)" }, scenes: (0..<400).map { $0 / 8 })
    let sequences = try #require(try found(run).finding)
    let images = try #require(sequences.numbers["run_images"])
    #expect((4...14).contains(images))
    let groups = try #require(sequences.numbers["groups"])
    #expect(groups >= 5 && groups <= 400 / (4 * images))
    #expect(try #require(sequences.numbers["correlation"]) > 0.6)
    #expect(
      try #require(sequences.numbers["headline_hi"]) > (sequences.numbers["headline_lo"] ?? 1))
  }

  @Test("say nothing of an interval where there are too few of them")
  func few() throws {
    let run = try run((0..<60).map { "frame \($0)" }, scenes: (0..<60).map { $0 / 20 })
    let sequences = try #require(try found(run).finding)
    #expect(sequences.numbers["headline_lo"] == nil)
    #expect(sequences.sentence.plain.contains("too few for any interval"))
  }

  @Test("are not seen in images that are independent, in 200 runs")
  func independent() throws {
    let names = (0..<40).map { "image \($0)" }
    let found = try (1...200).count { seed in
      try self.found(run(names, scenes: Array(0..<40), seed: UInt64(seed))).finding != nil
    }
    #expect(found <= 1)
  }
}
