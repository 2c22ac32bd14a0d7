import Core
import Counting
import Foundation
import Raster
import Testing

@Suite("Predictions that mean nothing")
struct MeaninglessTests {
  @Test("a probability outside 0…1 is a problem that says where")
  func outside() {
    #expect(
      refusal(.probabilities([plane([0, 0, 0, 0, 1.5, 0])]))
        == """
        probability 1.5 at class 0, row 1, column 1 lies outside 0…1 by 0.500
          this image's values run from 0 to 1.50, and probabilities from 0 to 1: look at what the file holds
        """)
    #expect(
      refusal(.probabilities([plane([0, 4, 0, 0, 0, -2.5], .f8)]))
        == """
        probability 4.0 at class 0, row 0, column 1 lies outside 0…1 by 3.00
          this image's values run from −2.50 to 4.00; if the file holds logits, say so under decode: kind: logits
        """)
  }

  @Test("what values look like decides what is advised")
  func advice() {
    for (numbers, advice) in [
      ([-0.03, 1.02], "as resizing with a cubic filter leaves them"), ([0, 98.5], "as percent do"),
      ([0, 255], "as levels of 8 bits do"), ([-7, 6], "if the file holds logits"),
      ([0, 7.5], "look at what the file holds"),
    ] {
      let said = refusal(.probabilities([plane([0, 1, 0, 0] + numbers)]))
      #expect(said?.contains(advice) == true, "\(said ?? "")")
    }
  }

  @Test("what rounding leaves outside 0…1 is taken as 0 or 1, and counted")
  func clipped() throws {
    let truth = Truth.labels([0, 1, .ignored, 0])
    let above = 1 + Double(Float.ulpOfOne)
    for element in [Plane.Element.f4, .f8] {
      for exclusive in [false, true] {
        func counted(_ a: Double, _ b: Double, _ c: Double) throws -> Counted {
          let planes = [plane([a, b, c, 0.5], element), plane([0, 1, c, 0.25], element)]
          let pair = pair(.probabilities(planes), truth)
          var counter = try Counter(
            for: Needs(scheme(2, [measure("bce"), measure("mse")], exclusive: exclusive)))
          let region = Region(width: 4, height: 1)
          return try counter.count(pair, in: region, blocks: 0..<1)
        }
        let rounded = try counted(above, -1e-9, 2)
        let exact = try counted(1, 0, 0.75)
        #expect(rounded.clipped == 2)
        #expect(exact.clipped == 0)
        #expect(rounded.tally == exact.tally)
        // A millionth is rounding, and two are not.
        #expect(try counted(1 + 9e-7, -9e-7, 0).clipped == 2)
        #expect(problem { _ = try counted(1 + 2e-6, 0, 0) } != nil)
        #expect(problem { _ = try counted(1, -2e-6, 0) } != nil)
      }
    }
  }

  @Test("a logit of −∞ is a probability of 0 among exclusive classes, as PyTorch has it")
  func minusInfinity() throws {
    // The softmax over the classes that are left: e / (e + √e), and e² / (e² + 1).
    let logits: [[Double]] = [[1, -.infinity], [0.5, 2], [-.infinity, 0]]
    for element in [Plane.Element.f4, .f8] {
      let pair = pair(.logits(logits.map { plane($0, element) }), .labels([0, 1]))
      let counted = try tally(pair, classes: 3, [measure("ce"), measure("mse")], exclusive: true)
      let first = exp(1.0) / (exp(1.0) + exp(0.5))
      let second = exp(2.0) / (exp(2.0) + 1)
      #expect(isNear(counted.classes[0].losses[0].positive, -log(first)))
      #expect(isNear(counted.classes[1].losses[0].positive, -log(second)))
      // The impossible class has exactly 0 at the first pixel.
      #expect(isNear(counted.classes[2].losses[1].negative, (1 - second) * (1 - second)))
      #expect(isNear(counted.classes[0].losses[1].negative, 0))
      #expect(counted.classes.map(\.overlap.both) == [1, 1, 0])
    }
  }

  @Test("−∞ for every class, for the true class, or of a sigmoid is a problem")
  func impossible() throws {
    func said(_ logits: [[Double]], _ name: String, exclusive: Bool = true) -> String? {
      problem {
        _ = try tally(
          pair(.logits(logits.map { plane($0) }), .labels([0])), classes: 2, [measure(name)],
          exclusive: exclusive)
      }
    }
    let none = -Double.infinity
    #expect(
      said([[none], [none]], "mse")?.hasPrefix("the logits of all classes are −∞ at class 0, row 0")
        == true)
    #expect(
      said([[none], [1]], "ce")?.hasPrefix(
        "the logit at class 0, row 0, column 0 is −∞, and the class is true there, so the cross-entropy is infinite"
      ) == true)
    #expect(said([[none], [1]], "mse") == nil)
    #expect(said([[none], [1]], "bce", exclusive: false)?.contains("is not finite") == true)
    #expect(said([[.infinity], [1]], "ce")?.contains("is not finite") == true)
  }

  private func isNear(_ sum: ExactSum, _ value: Double) -> Bool {
    abs(Double(sum) - value) <= 1e-6 * max(abs(value), 1e-9)
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
