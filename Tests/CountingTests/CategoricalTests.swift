import Core
import Counting
import Foundation
import Raster
import Testing

@Suite("Categorical cross-entropy")
struct CategoricalTests {
  /// Three classes that do not sum to 1 at a pixel; 0, 1 and nothing at all are among them.
  private let planes: [[Double]] = {
    var planes = (0..<3).map { drawn(203, seed: UInt64($0 + 7)) }
    let corners: [[Double]] = [[0, 1, 0], [1, 0, 0], [0, 0, 0], [1, 1, 1], [1e-9, 0.5, 0.25]]
    for (index, corner) in corners.enumerated() {
      for pixel in stride(from: index * 7, to: 203, by: 35) {
        for c in 0..<3 { planes[c][pixel] = corner[c] }
      }
    }
    return planes
  }()
  private let labels: [Label] = (0..<203).map { [0, 1, .ignored, 2, 2, .none, 1, 0][$0 % 8] }

  @Test(
    "of probabilities is that of their shares, clipped; its terms are each class's own pixels",
    arguments: Input.allCases)
  func normalisedThenClipped(input: Input) throws {
    try expect("ce", input) { p, c in
      let share = p[c] / nonzero(p.reduce(0, +))
      return input == .float64 ? Pixel(share).clippedP : Pixel(Float(share)).clippedP
    }
  }

  @Test("of the sparse form the shares are those of clipped numbers", arguments: Input.allCases)
  func clippedThenNormalised(input: Input) throws {
    try expect("sparse-ce", input) { p, c in
      let clipped = p.map { input == .float64 ? Pixel($0).clippedP : Pixel(Float($0)).clippedP }
      return clipped[c] / clipped.reduce(0, +)
    }
  }

  // scikit-learn 1.4.2, _classification.py: np.clip, then y_pred / y_pred.sum(axis=1). Who divides before
  // the call has the clip behind it.
  @Test("of scikit-learn is divided after the clip, or before it, in double precision")
  func scikit() throws {
    func clip(_ x: Double) -> Double { min(max(x, 0x1p-52), 1 - 0x1p-52) }
    try expect("categorical-log-loss", .float64) { p, c in clip(p[c]) }
    try expect("categorical-log-loss", .float64, given: ["normalised": 1]) { p, c in
      clip(p[c]) / p.map(clip).reduce(0, +)
    }
    try expect("categorical-log-loss", .float64, given: ["normalised": 2]) { p, c in
      clip(p[c] / nonzero(p.reduce(0, +)))
    }
  }

  /// As log_softmax of PyTorch, which takes the largest away before it adds: `logsumexp` in one number
  /// would leave 0.
  @Test(
    "of huge logits that tie is log n, and the classes share the probability",
    arguments: [0, 1e15, 1e16, 1e30, 1e38, -1e38])
  func ties(logit: Double) throws {
    for element in [Plane.Element.f4, .f8] {
      let planes = (0..<3).map { _ in plane([logit], element) }
      let measures = try [measure("ce"), measure("brier")]
      let classes = try tally(
        pair(.logits(planes), .labels([1])), classes: 3, measures, exclusive: true
      ).classes
      #expect(isClose(Double(classes[1].losses[0].positive), Foundation.log(3)))
      #expect(isClose(Double(classes[1].losses[1].positive), 4.0 / 9, within: 1e-7))
    }
  }

  @Test(
    "of logits is log Σ eᶻ − z, unclipped", arguments: ["ce", "sparse-ce"],
    [Plane.Element.f4, .f8])
  func logits(name: String, element: Plane.Element) throws {
    let corners: [[Double]] = [
      [0, 0, 0], [1, 2, 3], [50, -50, 0], [800, -800, 0], [-800, -801, -800], [0.1, 0.1, 0.2],
    ]
    for corner in corners {
      for c in 0..<3 {
        let prediction = Prediction.logits(corner.map { plane([$0], element) })
        let tally = try tally(
          pair(prediction, .labels([Label(c)])), classes: 3, [measure(name)], exclusive: true)
        let z = element == .f4 ? corner.map { Double(Float($0)) } : corner
        let largest = z.max() ?? 0
        let rest = z.reduce(0) { $0 + Foundation.exp($1 - largest) }
        let expected = largest - z[c] + Foundation.log(rest)
        for k in 0..<3 {
          let sum = tally.classes[k].losses[0]
          #expect(sum.terms == (k == c ? 1 : 0))
          #expect(isClose(Double(sum.total), k == c ? expected : 0), "\(corner) \(c)")
        }
      }
    }
  }

  @Test(
    "the repair of a class is −log(1 − p) where another class is true, −log p on its own pixels",
    arguments: [Input.float64, .float32, .levels8])
  func repairs(input: Input) throws {
    let tally = try tally(
      pair(input.prediction(planes), .labels(labels)), classes: 3, [measure("mse"), measure("ce")],
      exclusive: true, repairs: 1)
    var expected = [Double](repeating: 0, count: 9)
    for (pixel, p) in pixels(input).enumerated() where labels[pixel] < 3 {
      let k = Int(labels[pixel])
      for c in 0..<3 {
        let share = p[c] / nonzero(p.reduce(0, +))
        let x = input == .float64 ? Pixel(share) : Pixel(Float(share))
        expected[k * 3 + c] -= Foundation.log(k == c ? x.clippedP : max(1 - x.clippedP, 1e-7))
      }
    }
    #expect(isClose(tally.repairs.map { Double($0) }, expected, within: 1e-9))
  }

  @Test("the repairs of probabilities are counted only for the loss that asks")
  func noRepairs() throws {
    let tally = try tally(
      pair(.probabilities(planes.map { plane($0) }), .labels(labels)), classes: 3, [measure("ce")],
      exclusive: true)
    #expect(tally.repairs.isEmpty)
  }

  @Test(
    "of 8-bit levels is that of level / 255, and nothing else is counted twice",
    arguments: [false, true])
  func levels(areClassesExclusive: Bool) throws {
    let levels = planes.map { $0.map { UInt8(($0 * 255).rounded()) } }
    let floats = levels.map { plane($0.map { Double(Float($0) / 255) }) }
    let measures = [try measure("ce"), try measure("bce"), try measure("sparse-ce")]
    let byLevel = try tally(
      pair(.levels(levels), .labels(labels)), classes: 3, measures, exclusive: areClassesExclusive)
    let direct = try tally(
      pair(.probabilities(floats), .labels(labels)), classes: 3, measures,
      exclusive: areClassesExclusive)
    #expect(byLevel.confusion == direct.confusion)
    for (ours, theirs) in zip(byLevel.classes, direct.classes) {
      #expect(ours.overlap == theirs.overlap)
      #expect(isClose(Double(ours.soft.predicted), Double(theirs.soft.predicted)))
      #expect(ours.soft.truth == theirs.soft.truth)
      for (a, b) in zip(ours.losses, theirs.losses) {
        #expect(isClose(Double(a.total), Double(b.total)))
        #expect(a.terms == b.terms)
      }
    }
  }

  private func expect(
    _ name: String, _ input: Input, given: [String: Double] = [:],
    truthShare: (_ p: [Double], _ c: Int) -> Double
  ) throws {
    let tally = try tally(
      pair(input.prediction(planes), .labels(labels)), classes: 3,
      [measure(name, given)], exclusive: true)
    for c in 0..<3 {
      let own = labels.indices.filter { labels[$0] == c }
      let terms = own.map { -Foundation.log(truthShare(pixels(input)[$0], c)) }
      let sum = tally.classes[c].losses[0]
      #expect((sum.positives, sum.negatives) == (own.count, 0))
      #expect(isClose(Double(sum.positive), terms.reduce(0, +)))
      #expect(sum.negative == .zero)
    }
  }

  /// What is saved of each pixel, class by class.
  private func pixels(_ input: Input) -> [[Double]] {
    let rounded = planes.map { input.rounded($0).map(\.p) }
    return rounded[0].indices.map { pixel in rounded.map { $0[pixel] } }
  }

  /// A pixel without any probability has no shares; the numbers stay as they are.
  private func nonzero(_ sum: Double) -> Double { sum == 0 ? 1 : sum }
}

@Suite("The most probable class")
struct MostProbableClassTests {
  @Test("is the first of equal ones, and is compared with the truth of every counted pixel")
  func ties() throws {
    // Pixel by pixel: a tie of 0 and 1, of 1 and 2, of all three, class 2, and class 1 twice.
    let planes = [
      plane([0.4, 0.1, 0.5, 0.2, 0.1, 0.3]), plane([0.4, 0.7, 0.5, 0.3, 0.8, 0.4]),
      plane([0.2, 0.7, 0.5, 0.5, 0.1, 0.3]),
    ]
    let truth = Truth.labels(Drawing("01.2-2").labels)
    let expected = Confusion([
      .init(truth: 0, predicted: 0, count: 1), .init(truth: 1, predicted: 1, count: 1),
      .init(truth: 3, predicted: 0, count: 1), .init(truth: 2, predicted: 2, count: 1),
      .init(truth: 2, predicted: 1, count: 1),
    ])
    for prediction in [Prediction.probabilities(planes), .logits(planes)] {
      let tally = try tally(pair(prediction, truth), classes: 3, exclusive: true)
      #expect(tally.confusion == expected)
      #expect(tally.classes.map(\.overlap) == expected.overlaps(classes: 3))
      #expect(tally.classes[0].overlap == Overlap(both: 1, onlyPredicted: 1, neither: 3))
    }
  }

  @Test("is that of the logits, where their probabilities round to the same number")
  func saturated() throws {
    let tally = try tally(
      pair(.logits([plane([50]), plane([60])]), .labels([1])), classes: 2, exclusive: true)
    #expect(tally.confusion == Confusion([.init(truth: 1, predicted: 1, count: 1)]))
  }

  @Test("of one class is that class")
  func single() throws {
    let tally = try tally(
      pair(.probabilities([plane([0.1, 0.9])]), .labels([0, .none])), classes: 1, exclusive: true)
    #expect(tally.classes[0].overlap == Overlap(both: 1, onlyPredicted: 1))
  }
}
