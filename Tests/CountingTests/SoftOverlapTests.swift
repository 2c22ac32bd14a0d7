import Core
import Counting
import Raster
import Testing

@Suite("Soft overlap losses")
struct SoftOverlapTests {
  // Σp = 2, Σpt = 1.25, Σp² = 1.375, Σt = 3; the last pixel does not count.
  private let probabilities = [0.25, 0.25, 1, 0.5, 0, 1]
  private let truth = Truth.labels(Drawing("0.0.0-").labels)

  @Test("have the sums of probabilities and truth", arguments: [Plane.Element.f4, .f8])
  func sums(element: Plane.Element) throws {
    let tally = try tally(
      pair(.probabilities([plane(probabilities, element)]), truth), classes: 1)
    let soft = tally.classes[0].soft
    #expect(Double(soft.predicted) == 2)
    #expect(Double(soft.both) == 1.25)
    #expect(Double(soft.predictedSquared) == 1.375)
    #expect(Double(soft.truth) == 3)
    // Of a truth of yes and no these say nothing new.
    #expect(soft.common == soft.both)
    #expect(soft.truthSquared == soft.truth)
  }

  struct Case: Sendable {
    var name: String
    var given: [String: Double]
    var expected: Double

    init(_ name: String, _ given: [String: Double], _ expected: Double) {
      self.name = name
      self.given = given
      self.expected = expected
    }
  }

  // 0.75 is falsely predicted, 1.75 missed.
  @Test(
    "follow from the four sums of a class",
    arguments: [
      Case("soft-dice", [:], 1 - 2.5 / 5.0000001),
      Case("soft-dice", ["squared": 1], 1 - 2.5 / 4.3750001),
      Case("soft-dice", ["smooth_nr": 1, "smooth_dr": 1], 1 - 3.5 / 6),
      Case("soft-jaccard", [:], 1 - 1.25 / 3.7500001),
      Case("soft-jaccard", ["smooth_nr": 0.5, "smooth_dr": 0.25], 1 - 1.75 / 4),
      Case("tversky", [:], 1 - 1.25 / 2.5000001),
      Case("tversky", ["alpha": 1, "beta": 1, "smooth_dr": 0], 1 - 1.25 / 3.75),
      Case("tversky", ["power": 0.5, "smooth_dr": 0], (1.0 / 2).squareRoot()),
      Case("tversky", ["power": 2, "smooth_dr": 0], 1.0 / 4),
      Case("tversky", ["alpha": 1, "beta": 0, "smooth_dr": 0], 1 - 1.25 / 2),
      Case("tversky", ["alpha": 0, "beta": 1, "smooth_dr": 0], 1 - 1.25 / 3),
    ])
  func values(of loss: Case) throws {
    let measure = try measure(loss.name, loss.given)
    let tally = try tally(pair(.probabilities([plane(probabilities)]), truth), classes: 1)
    let value = try #require(measure.value(of: tally.classes[0]))
    #expect(isClose(value, loss.expected))
  }

  @Test("with equal weights Tversky is Dice, with weights of 1 it is Jaccard")
  func relatives() throws {
    let tally = try tally(pair(.probabilities([plane(probabilities)]), truth), classes: 1)
    func value(_ name: String, _ given: [String: Double]) throws -> Double {
      let given = given.merging(["smooth_dr": 0]) { $1 }
      return try #require(measure(name, given).value(of: tally.classes[0]))
    }
    #expect(try isClose(value("tversky", [:]), value("soft-dice", [:])))
    #expect(
      try isClose(value("tversky", ["alpha": 1, "beta": 1]), value("soft-jaccard", [:])))
  }

  @Test("of a class that is nowhere are 1 with Keras' constant, and undefined without any")
  func empty() throws {
    let tally = try tally(
      pair(.probabilities([plane([0, 0, 1])]), .labels([.none, .none, .ignored])), classes: 1)
    for name in ["soft-dice", "soft-jaccard", "tversky"] {
      #expect(try measure(name).value(of: tally.classes[0]) == 1)
      #expect(try measure(name, ["smooth_nr": 1, "smooth_dr": 1]).value(of: tally.classes[0]) == 0)
      #expect(try measure(name, ["smooth_dr": 0]).value(of: tally.classes[0]) == nil)
    }
  }

  @Test("are the same through the histogram and as float32 level / 255")
  func levels() throws {
    let levels = (0..<512).map { UInt8($0 & 255) }
    let labels = (0..<512).map { [Label(0), .none, .ignored][$0 % 3] }
    let histogram = try tally(pair(.levels([levels]), .labels(labels)), classes: 1).classes[0].soft
    let floats = plane(levels.map { Double(Float($0) / 255) })
    let direct = try tally(pair(.probabilities([floats]), .labels(labels)), classes: 1)
      .classes[0].soft
    #expect(isClose(Double(histogram.predicted), Double(direct.predicted)))
    #expect(isClose(Double(histogram.both), Double(direct.both)))
    #expect(isClose(Double(histogram.predictedSquared), Double(direct.predictedSquared)))
    #expect(histogram.truth == direct.truth)
  }

  @Test("of logits see their sigmoid")
  func logits() throws {
    let tally = try tally(
      pair(.logits([plane([0, 0, 800, -800, 0])]), .labels(Drawing("0.00-").labels)), classes: 1)
    let soft = tally.classes[0].soft
    #expect(Double(soft.predicted) == 2)
    #expect(Double(soft.both) == 1.5)
    #expect(Double(soft.predictedSquared) == 1.5)
  }
}
