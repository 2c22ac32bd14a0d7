package import Core
package import Store

// A small run with every statistic in it, for the targets that read evidence.

package let sampleRun = {
  let classes = ClassList([
    .init(name: "road", value: 0),
    .init(name: "pole", labels: PerSide(predictions: [7], truth: [26, 27])),
  ])
  var scheme = Scheme(
    classes: classes, kind: .probabilities, activation: .sigmoid, decision: .above(0.5),
    losses: [LossDefinition("bce"), LossDefinition("focal", ["gamma": 2])],
    repaired: LossDefinition("ce"), softSums: true, quantisation: .truncate)
  scheme.ignored = Scheme.Ignored(labels: [255], unlisted: true)
  (scheme.levels, scheme.border, scheme.tile, scheme.distances) = (true, 3, .side(2), true)
  scheme.sampleWeights = Scheme.SampleWeights(firstClass: [1, 0.5], noClass: 0, images: nil)
  return RunRecord(
    configuration: "version: 1\n", configurationFile: "pipeline.yml", tool: "unmask 1",
    scheme: scheme, listed: 3, notes: ["a note"])
}()

package let sampleImages = [
  ImageEvidence(
    name: "a", index: 0, group: "g", width: 3, height: 2, ignored: 1, tally: tally(4),
    tiles: [tally(1), tally(3)], levels: [levels, levels]),
  ImageEvidence(name: "b", index: 1, width: 1, height: 1, tally: Tally()),
]

package let sampleProblem = ImageProblem(
  image: "c", problem: Problem("is damaged", at: .byte(7, file: "c.png"), remedy: "write it again"))

package let sampleLevels = RunLevels(
  kind: .bits8, classes: [counts, counts], chosen: counts)

private let counts = LevelCounts(own: levels.own, other: levels.other)

private let levels = LevelHistogram(
  own: (0..<256).map { $0 == 200 ? 300 : 0 }, other: (0..<256).map { $0 == 3 ? 2 : 0 })

private func tally(_ count: Int) -> Tally {
  var tally = Tally()
  (tally.pixels, tally.overlapping, tally.unclassed) = (count, 1, 1)
  tally.weight = sum(2.5)
  tally.classes = (0..<2).map { id in
    var part = ClassTally(
      overlap: Overlap(both: count, onlyTrue: id, onlyPredicted: 2, neither: 1),
      soft: SoftSums(predicted: sum(0.25), both: sum(0.125), truth: count),
      losses: [
        LossSum(positive: sum(0.5), negative: sum(1.5), positives: id, negatives: 9), .zero,
      ],
      saturated: SaturatedCounts(ownAtZero: id, ownAtOne: 2, otherAtZero: 1, otherAtOne: 4),
      ties: TieCounts(own: id, other: 3),
      bounds: [.zero, .zero], capped: [SplitSum(own: sum(16.125), other: sum(1)), .zero])
    part.distances = SurfaceDistances(
      predicted: DistanceCounts(squared: [0, 1, 4]), truth: DistanceCounts(unreached: 3))
    return part
  }
  tally.confusion = Confusion([.init(truth: 2, predicted: 0, count: 1)])
  tally.repairs = (0..<4).map { sum(Double($0)) }
  return tally
}

private func sum(_ value: Double) -> ExactSum { ExactSum(value) ?? .zero }
