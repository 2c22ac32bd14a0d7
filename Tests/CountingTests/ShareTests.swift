import Core
import Counting
import Foundation
import Raster
import Testing

/// Losses against a soft truth, each against the plain loop of a textbook.
@Suite("Shares of a soft truth")
struct ShareTests {
  /// Every length from none to two vectors and one.
  private static let lengths = Array(1...17)

  @Test("BCE is −t·log p − (1−t)·log(1−p)", arguments: lengths, Input.allCases)
  func crossEntropy(length: Int, input: Input) throws {
    let (p, t) = (drawn(length, seed: 1), quarters(length, seed: 2))
    let tally = try tally(
      input.prediction([p]), [t], [measure("bce"), measure("bce", ["label_smoothing": 0.1])])
    // Keras casts what it is given to single precision.
    let pixels = (input == .float64 ? Input.float32 : input).rounded(p)
    func loss(_ t: Double, _ x: Pixel) -> Double {
      -t * Foundation.log(x.clippedP) - (1 - t) * Foundation.log(x.clippedQ)
    }
    let plain = zip(t, pixels).map(loss).reduce(0, +)
    let smooth = zip(t, pixels).map { loss(0.9 * $0 + 0.05, $1) }.reduce(0, +)
    #expect(isClose(Double(tally.classes[0].losses[0].total), plain))
    #expect(isClose(Double(tally.classes[0].losses[1].total), smooth))
    #expect(tally.classes[0].losses[0].terms == length)
  }

  @Test("BCE of logits is t·log(1 + e⁻ᶻ) + (1−t)·log(1 + eᶻ)", arguments: lengths)
  func logits(length: Int) throws {
    let (z, t) = (
      drawn(length, seed: 3).map { Double(Float(12 * $0 - 6)) }, quarters(length, seed: 4)
    )
    let tally = try tally(.logits([plane(z)]), [t], [measure("bce")])
    let plain = zip(t, z).map { t, z in t * log1p(exp(-z)) + (1 - t) * log1p(exp(z)) }
    #expect(isClose(Double(tally.classes[0].losses[0].total), plain.reduce(0, +)))
  }

  @Test("cross-entropy is −Σ t·log p over the classes", arguments: lengths)
  func categorical(length: Int) throws {
    let z = (5..<8).map { drawn(length, seed: $0).map { Double(Float(6 * $0)) } }
    let t = (8..<11).map { quarters(length, seed: $0) }
    let tally = try tally(.logits(z.map { plane($0) }), t, [measure("ce")], exclusive: true)
    for c in 0..<3 {
      let plain = (0..<length).map { pixel in
        let all = Foundation.log((0..<3).map { exp(z[$0][pixel]) }.reduce(0, +))
        return t[c][pixel] * (all - z[c][pixel])
      }
      #expect(isClose(Double(tally.classes[c].losses[0].total), plain.reduce(0, +)))
    }
  }

  @Test("soft sums are Σp, Σpt, Σmin(p, t), Σp², Σt and Σt²", arguments: lengths, Input.allCases)
  func softSums(length: Int, input: Input) throws {
    let (p, t) = (drawn(length, seed: 12), quarters(length, seed: 13))
    let soft = try tally(input.prediction([p]), [t]).classes[0].soft
    let found = input.rounded(p).map(\.p)
    #expect(isClose(Double(soft.predicted), found.reduce(0, +)))
    #expect(isClose(Double(soft.both), zip(found, t).map(*).reduce(0, +)))
    #expect(isClose(Double(soft.common), zip(found, t).map(min).reduce(0, +)))
    #expect(isClose(Double(soft.predictedSquared), found.map { $0 * $0 }.reduce(0, +)))
    #expect(Double(soft.truth) == t.reduce(0, +))
    #expect(Double(soft.truthSquared) == t.map { $0 * $0 }.reduce(0, +))
  }

  @Test("shares of 0 and 1 have the sums of yes and no", arguments: Input.allCases)
  func hard(input: Input) throws {
    let (p, t) = (drawn(100, seed: 14), quarters(100, seed: 15).map { $0 > 0.5 ? 1.0 : 0 })
    let measures = try ["bce", "torch-bce", "tf-keras-bce", "keras-2-bce"].map { try measure($0) }
    let soft = try tally(input.prediction([p]), [t], measures).classes[0]
    let hard = try CountingTests.tally(
      pair(input.prediction([p]), .masks([t.map { UInt8($0) }])), classes: 1, measures
    ).classes[0]
    for (soft, hard) in zip(soft.losses, hard.losses) {
      #expect(isClose(Double(soft.positive), Double(hard.positive)))
      #expect(isClose(Double(soft.negative), Double(hard.negative)))
      #expect((soft.positives, soft.negatives) == (hard.positives, hard.negatives))
    }
    #expect(isClose(Double(soft.soft.both), Double(hard.soft.both)))
    #expect(soft.soft.truth == hard.soft.truth)
    #expect(soft.overlap == hard.overlap)
  }

  @Test("decisions are compared with the truth that is cut")
  func decisions() throws {
    let tally = try tally(
      .probabilities([plane([0.25, 0.75, 0.75, 0.25])]), [[0.25, 0.5, 0.75, 1]], [measure("bce")])
    #expect(tally.classes[0].overlap == Overlap(both: 1, onlyTrue: 1, onlyPredicted: 1, neither: 1))
  }

  @Test("what does not count has no share")
  func ignored() throws {
    var pair = pair(
      .probabilities([plane([0.25, 0.5])]),
      .standings([Plane(packed: Bytes([1, 2]), element: .u1, width: 2, height: 1)]))
    pair.shares = [plane([0.75, 0.75])]
    let found = try tally(pair, 1, [measure("bce")])
    #expect(found.pixels == 1)
    #expect(Double(found.classes[0].soft.truth) == 0.75)
    let loss = -0.75 * Foundation.log(0.25) - 0.25 * Foundation.log(0.75)
    #expect(isClose(Double(found.classes[0].losses[0].total), loss))
  }

  @Test("what is infinitely wrong and not true costs nothing")
  func minusInfinity() throws {
    let tally = try tally(
      .logits([plane([-.infinity]), plane([1]), plane([1])]), [[0], [0.5], [0.5]], [measure("ce")],
      exclusive: true)
    let total = tally.classes.reduce(0) { $0 + Double($1.losses[0].total) }
    #expect(isClose(total, Foundation.log(2)))
  }

  @Test(
    "every other loss says why it has no form for a soft truth",
    arguments: Catalogue.measures.map(\.name))
  func obstacles(name: String) throws {
    let measure = try measure(name)
    let takes = [
      "bce", "tf-keras-bce", "torch-bce", "keras-2-bce", "one", "ce", "categorical-focal",
      "soft-dice", "soft-jaccard", "tversky", "soft-generalized-dice",
    ]
    #expect((measure.obstacleToShares == nil) == (takes.contains(name) || !measure.readsShares))
    #expect(measure.readsShares == measure.needsProbabilities)
  }

  private func quarters(_ count: Int, seed: UInt64) -> [Double] {
    drawn(count, seed: seed).map { ($0 * 4).rounded() / 4 }
  }

  private func tally(
    _ prediction: Prediction, _ shares: [[Double]], _ measures: [Measure] = [],
    exclusive: Bool = false
  ) throws -> Tally {
    let cut = shares.map { $0.map { UInt8($0 > 0.5 ? 1 : 0) } }
    let labels = shares[0].indices.map { pixel in
      shares.indices.first { cut[$0][pixel] == 1 }.map { Label($0) } ?? .none
    }
    var pair = pair(prediction, exclusive ? .labels(labels) : .masks(cut))
    pair.shares = shares.map { plane($0) }
    return try tally(pair, shares.count, measures, exclusive: exclusive)
  }

  private func tally(
    _ pair: ImagePair, _ classes: Int, _ measures: [Measure], exclusive: Bool = false
  ) throws -> Tally {
    var scheme = scheme(classes, measures, exclusive: exclusive, softSums: true)
    (scheme.hasShares, scheme.truthThreshold) = (true, 0.5)
    var counter = try Counter(for: Needs(scheme))
    return try counter.count(pair, in: Region(width: pair.width, height: pair.height))
  }
}
