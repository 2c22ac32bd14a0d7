import Core
import Counting
import Raster
import Testing

@Suite("Probabilities of exactly 0 and 1")
struct SaturatedValuesTests {
  let numbers = [0, 0, 1, 1, 1, 0.5, 0, 1, 0]
  let labels: [Label] = [0, .none, 0, .none, .none, 0, 0, .ignored, .none]

  @Test("are counted apart for own pixels and others, right and wrong", arguments: Input.allCases)
  func counts(input: Input) throws {
    let tally = try tally(
      pair(input.prediction([numbers]), .labels(labels)), classes: 1, [measure("bce")])
    let expected = SaturatedCounts(ownAtZero: 2, ownAtOne: 1, otherAtZero: 2, otherAtOne: 2)
    #expect(tally.classes[0].saturated == expected)
    #expect(expected.all == 7 && expected.wrong == 4)
  }

  @Test("are those of the sigmoid, where a logit is so large that it rounds to one")
  func logits() throws {
    let tally = try tally(
      pair(.logits([plane([-200, 200, 3, 16])]), .labels([0, .none, 0, .none])), classes: 1,
      [measure("bce"), measure("bce", ["clip_logits": 1])])
    #expect(tally.classes[0].saturated.otherAtOne == 1)
    // The loss of a logit has no clip; that of the saved probability has.
    #expect(tally.classes[0].capped[0] == .zero)
    #expect(isClose(Double(tally.classes[0].capped[1].other), 15.942385, within: 1e-7))
  }

  @Test("are found in exclusive 8-bit planes too when only scores are asked for")
  func exclusive() throws {
    var counter = try Counter(for: Needs(scheme(2, exclusive: true)))
    let tally = try counter.count(
      pair(.levels([[0, 255, 7], [255, 0, 8]]), .labels([0, 0, 1])),
      in: Region(width: 3, height: 1))
    #expect(tally.classes[0].saturated == SaturatedCounts(ownAtZero: 1, ownAtOne: 1))
    #expect(tally.classes[1].saturated == SaturatedCounts(otherAtZero: 1, otherAtOne: 1))
  }

  @Test("come of a logit of −∞ too, where classes exclude each other")
  func minusInfinity() throws {
    for element in [Plane.Element.f4, .f8] {
      let logits = [plane([-.infinity, 0], element), plane([0, 0], element)]
      let tally = try tally(
        pair(.logits(logits), .labels([1, 0])), classes: 2, [measure("bce")], exclusive: true)
      #expect(tally.classes[0].saturated == SaturatedCounts(otherAtZero: 1))
      #expect(tally.classes[1].saturated == SaturatedCounts(ownAtOne: 1))
    }
  }

  // Keras' clip in single and in double precision; PyTorch's −100; a squared error has no clip.
  @Test(
    "cost what the clip says where they are wrong",
    arguments: [
      ("bce", Input.float32, 16.118095, 15.942385), ("bce", .levels8, 16.118095, 15.942385),
      ("bce", .levels16, 16.118095, 15.942385), ("bce", .float64, 16.118095, 15.942385),
      ("torch-bce", .float32, 100, 100), ("mse", .float32, 0, 0),
    ])
  func caps(name: String, input: Input, own: Double, other: Double) throws {
    let tally = try tally(
      pair(input.prediction([numbers]), .labels(labels)), classes: 1, [measure(name)])
    let capped = try #require(tally.classes[0].capped.first)
    #expect(isClose(Double(capped.own), 2 * own, within: 1e-7))
    #expect(isClose(Double(capped.other), 2 * other, within: 1e-7))
  }

  @Test("have no cost to be told where none is wrong")
  func noneIsWrong() throws {
    for input in Input.allCases {
      let tally = try tally(
        pair(input.prediction([[1, 0, 0.5]]), .labels([0, .none, 0])), classes: 1,
        [measure("bce")])
      #expect(tally.classes[0].capped.isEmpty && tally.classes[0].saturated.all == 2)
    }
  }

  @Test(
    "come of logits by way of a saved sigmoid, and then cost what they cost there",
    arguments: ["bce", "focal"])
  func clippedLogits(name: String) throws {
    let logits = (-40...40).map { Double($0) / 2 } + [-200, 200]
    let labels = logits.indices.map { $0 % 3 == 0 ? Label(0) : .none }
    func loss(_ prediction: Prediction, _ parameters: [String: Double]) throws -> LossSum {
      try tally(pair(prediction, .labels(labels)), classes: 1, [measure(name, parameters)])
        .classes[0].losses[0]
    }
    let sigmoids = logits.map { z in
      // 1 + e^−z has no digits left for e^z where z is far below 0.
      z < 0
        ? exp(Lanes(repeating: z))[0] / (1 + exp(Lanes(repeating: z))[0])
        : 1 / (1 + exp(Lanes(repeating: -z))[0])
    }
    let clipped = try loss(.logits([plane(logits)]), ["clip_logits": 1])
    #expect(clipped == (try loss(.probabilities([plane(sigmoids)]), [:])))
    #expect(clipped != (try loss(.logits([plane(logits)]), [:])))
  }
}
