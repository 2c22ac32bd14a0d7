import Core
import Counting
import Diagnosis
import Resampling
import Tables
import Testing

/// The definition was tried out in a script of its own before there was this program. Here both saw
/// the same run, drawn in the script's proportions: 150 images, six classes, the last of them rare
/// (0.4 % of the pixels, in an eighth of the images) and bad. The numbers are what the script
/// printed.
@Suite("The reference script")
struct ReferenceTests {
  struct Row: Sendable {
    var measure: String
    var chain: String
    var value, scale, headroom, reach, share: Double
    var verdict: Verdict
  }

  static let rows = [
    Row(
      measure: "ce", chain: "mean(class) > mean(pixel, image, batch)",
      value: 0.08757987066661968, scale: 1.1830945757316418, headroom: 0.00930508929031676,
      reach: 0.02570926380666196, share: 0.10624689462875977, verdict: .hidden),
    Row(
      measure: "ce", chain: "mean(pixel, image, batch) > mean(class)",
      value: 0.49183926362980657, scale: 1.791759469228055, headroom: 0.39428667012000346,
      reach: 0.9263302502900324, share: 0.8016575724559719, verdict: .exposed),
    // All classes' recall together is the accuracy of label maps.
    Row(
      measure: "recall", chain: "pool(batch, image, pixel, class) > score",
      value: 0.03207295871246071, scale: 1, headroom: 0.0026015206319524205,
      reach: 0.003933301155174181, share: 0.08111258631532804, verdict: .hidden),
    Row(
      measure: "iou", chain: "pool(batch, image, pixel) > score > mean(class)",
      value: 0.18882004920686057, scale: 1, headroom: 0.12325150440361854,
      reach: 0.16666666666666666, share: 0.6527458546978293, verdict: .exposed),
    Row(
      measure: "iou", chain: "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)",
      value: 0.08708111017555775, scale: 1, headroom: 0.015320599115898004,
      reach: 0.020666666666666667, share: 0.17593481623065035, verdict: .muted),
    Row(
      measure: "iou", chain: "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class)",
      value: 0.18843305416222433, scale: 1, headroom: 0.12299044199776077,
      reach: 0.16666666666666666, share: 0.6527009952928788, verdict: .exposed),
    Row(
      measure: "iou",
      chain: "pool(pixel) > score(if: truth) > mean(image, batch else 1) > mean(class)",
      value: 0.0673625163131184, scale: 1, headroom: 0.013118980479761011,
      reach: 0.017777777777777778, share: 0.19475193620708411, verdict: .muted),
  ]

  @Test("has the same numbers and verdicts, with every draw on its side", arguments: rows)
  func row(_ row: Row) throws {
    let (ce, score) = (try measure("ce"), try measure(row.measure, areClassesExclusive: false))
    let run = ReferenceRun(measures: [ce, score]).measurements
    let headline = try headline(row.measure == "ce" ? ce : score, row.chain)
    let bootstrap = Bootstrap(of: run, poor: headline.poor, jobs: 2)
    let diagnosis = Diagnosis(of: run, for: headline, by: bootstrap)
    let isScore = headline.isScore
    #expect(isClose(diagnosis.printed.map { isScore ? 1 - $0 : $0 }, row.value))
    #expect(isClose(diagnosis.scale, row.scale))
    #expect(isClose(diagnosis.tolerance, row.scale / 100))
    let rare = diagnosis.classes[5]
    #expect(isClose(rare.headroom, row.headroom) && isClose(rare.reach, row.reach))
    #expect(isClose(rare.share, row.share) && isClose(rare.badnessShare, 0.6527458546978301))
    #expect(rare.certainty?.poorProbability == 1)
    #expect(diagnosis.classes.map(\.verdict) == [.ok, .ok, .ok, .ok, .ok, row.verdict])
  }
}

/// Counts that the script and this test drew alike, by one generator.
private struct ReferenceRun {
  static let sizes = [0.55, 0.25, 0.12, 0.05, 0.02, 0.004]
  static let presences = [1, 1, 0.95, 0.9, 0.5, 0.12]
  static let scores = [0.97, 0.95, 0.9, 0.88, 0.85]

  var measurements: Measurements
  private var state: UInt64 = 2026

  init(measures: [Measure]) {
    let losses = measures.compactMap(\.loss)
    measurements = Measurements(
      evidence: Evidence(
        scheme: Scheme(
          classes: classes(6), losses: losses, repaired: losses.first { $0.name == "ce" }),
        images: [], problems: [], listed: 150),
      batching: Batching())
    measurements.evidence.images = (0..<150).map { image in
      let tally = self.tally()
      return ImageEvidence(
        name: "\(image)", index: image, width: tally.pixels, height: 1, tally: tally)
    }
  }

  private mutating func number() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / 0x1p24
  }

  private mutating func tally() -> Tally {
    let drawn = (0..<6).map { _ in (here: number(), size: number(), found: number()) }
    var (truth, found) = ([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0])
    for (c, draw) in drawn.enumerated() where draw.here < Self.presences[c] {
      truth[c] = Int(Self.sizes[c] / Self.presences[c] * 65536 * (0.5 + draw.size))
      found[c] = Int(Double(truth[c]) * min(share(c, draw.found), 0.999))
    }
    var tally = Tally()
    tally.pixels = truth.reduce(0, +)
    // What is missed is taken for other classes, by their size; of the last, a third again as much.
    let missed = tally.pixels - found.reduce(0, +)
    tally.classes = (0..<6).map { c in
      let wrong = c == 5 ? 3 * truth[c] / 10 : missed * truth[c] / tally.pixels
      let overlap = Overlap(
        both: found[c], onlyTrue: truth[c] - found[c], onlyPredicted: wrong,
        neither: tally.pixels - truth[c] - wrong)
      let (hit, miss) = c == 5 ? (0.15, 3.5) : (0.02, 2.0)
      let loss = Double(overlap.both) * hit + Double(overlap.onlyTrue) * miss
      return ClassTally(
        overlap: overlap,
        losses: [LossSum(positive: ExactSum(loss) ?? .zero, positives: truth[c])])
    }
    // Elsewhere the class has no probability, so that nothing is shared out.
    tally.repairs = (0..<36).map { cell in
      cell / 6 == cell % 6 ? tally.classes[cell / 6].losses[0].positive : .zero
    }
    return tally
  }

  /// How much of a class is found: what its IoU says if as much is invented as missed.
  private func share(_ c: Int, _ draw: Double) -> Double {
    guard c < 5 else { return 0.1 + 0.5 * draw }
    return 2 * Self.scores[c] / (1 + Self.scores[c]) + 0.06 * (draw - 0.5)
  }
}
