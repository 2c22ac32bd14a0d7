import Core
import Counting
import Raster
import Testing

@Suite("Predictions that mean nothing")
struct MeaninglessTests {
  @Test("a probability outside 0…1 is a problem that says where")
  func outside() {
    #expect(
      refusal(.probabilities([plane([0, 0, 0, 0, 1.5, 0])]))
        == """
        probability 1.5 at class 0, row 1, column 1 lies outside 0…1
          if the file holds logits, say so: decode: {kind: logits}
        """)
    #expect(
      refusal(.probabilities([plane([0, 0, 0, 0, 0, -0.25], .f8)]))
        == """
        probability -0.25 at class 0, row 1, column 2 lies outside 0…1
          if the file holds logits, say so: decode: {kind: logits}
        """)
  }

  @Test(
    "a probability that is no number is a problem that says where",
    arguments: [Plane.Element.f4, .f8])
  func noNumber(element: Plane.Element) {
    let fine = plane([0, 0, 0, 0, 0, 1], element)
    #expect(
      refusal(.probabilities([fine, plane([0, 0, .nan, 0, 0, 0], element)]))
        == """
        probability nan at class 1, row 0, column 2 lies outside 0…1
          the model or the code that saved it failed here; look at this image first
        """)
  }

  @Test(
    "a logit that is not finite is a problem that says where",
    arguments: [(Double.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan")])
  func infinite(z: Double, name: String) {
    #expect(
      refusal(.logits([plane([0, 0, 0, z, 0, 0])]))
        == """
        logit \(name) at class 0, row 1, column 0 is not finite
          the model or the code that saved it failed here; look at this image first
        """)
  }

  @Test("the place is right in a later block and in a tile")
  func later() throws {
    var numbers = [Double](repeating: 0, count: 100 * 90)
    numbers[67 * 100 + 41] = 2
    let pair = pair(
      .probabilities([plane(numbers, width: 100)]),
      .labels([Label](repeating: 0, count: numbers.count)), width: 100)
    let tile = Region(x: 30, y: 60, width: 20, height: 30, imageWidth: 100)
    for region in [Region(width: 100, height: 90), tile] {
      let said = problem {
        var counter = try Counter(for: Needs(scheme(1)))
        _ = try counter.count(pair, in: region)
      }
      #expect(said?.hasPrefix("probability 2.0 at class 0, row 67, column 41 lies") == true)
    }
  }

  @Test(
    "what stands under an ignored pixel does not matter",
    arguments: [Double.nan, .infinity, -.infinity, 1.5])
  func ignored(x: Double) throws {
    let truth = Truth.labels([0, .ignored, 1])
    for name in ["bce", "focal", "mse", "ce", "sparse-ce"] {
      for element in [Plane.Element.f4, .f8] {
        for isLogit in [false, true] {
          func tally(_ hidden: Double) throws -> Tally {
            let planes = [plane([0.5, hidden, 0.25], element), plane([1, hidden, 0], element)]
            return try CountingTests.tally(
              pair(isLogit ? .logits(planes) : .probabilities(planes), truth), classes: 2,
              [measure(name)], exclusive: true)
          }
          #expect(try tally(x) == tally(0.5))
        }
      }
    }
  }

  @Test("logits too large for a sum are a problem")
  func tooLarge() throws {
    let pair = pair(.logits([plane([-0x1p127])]), .labels([0]))
    #expect(
      problem { _ = try tally(pair, classes: 1, [measure("bce")]) }
        == """
        the loss of a few thousand pixels adds up to 1.7014118346046923e+38, too much to be meant
          look at the predictions of this image: logits of this size are no model's
        """)
  }

  /// Of an image of two rows and three columns.
  private func refusal(_ prediction: Prediction) -> String? {
    let truth = Truth.labels(.init(repeating: 0, count: 6))
    return problem { _ = try tally(pair(prediction, truth, width: 3), classes: prediction.planes) }
  }
}

extension Prediction {
  fileprivate var planes: Int {
    switch self {
    case .probabilities(let planes), .logits(let planes), .levels(let planes), .masks(let planes):
      planes.count
    case .labels: 1
    }
  }
}
