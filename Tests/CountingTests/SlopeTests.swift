import Core
import Counting
import Testing

/// ∂ℓ/∂z of every loss of the catalogue against differences of the loss itself.
@Suite("Slopes")
struct SlopeTests {
  /// Where no clip is: p from 0.0003 to 0.9997.
  static let logits = stride(from: -8.0, through: 8, by: 0.37)

  static let losses = Catalogue.measures.filter {
    guard let measure = try? $0.measure(given: [:], areClassesExclusive: false) else {
      return false
    }
    if case .separable = measure.form { return true } else { return false }
  }.map(\.name)

  @Test("are the derivatives of the losses at the logit", arguments: losses)
  func derivatives(name: String) throws {
    let measure = try #require(Catalogue.definition(named: name))
      .measure(given: [:], areClassesExclusive: false)
    guard case .separable(let loss) = measure.form, loss.pull != .none else { return }
    try expectDerivative(of: loss, ofLogits: name == "tf-keras-bce")
  }

  @Test(
    "also with parameters",
    arguments: [
      ("bce", ["label_smoothing": 0.1]), ("tf-keras-bce", ["label_smoothing": 0.3]),
      ("focal", ["gamma": 0]), ("focal", ["gamma": 0.5, "alpha": 0.25]), ("focal", ["gamma": 5]),
    ])
  func parameters(name: String, given: [String: Double]) throws {
    let measure = try #require(Catalogue.definition(named: name))
      .measure(given: given, areClassesExclusive: false)
    guard case .separable(let loss) = measure.form else { return }
    try expectDerivative(of: loss, ofLogits: name == "tf-keras-bce")
  }

  /// - Parameter ofLogits: tf.keras adds ε to p, and finds the logits of a sigmoid in its graph.
  private func expectDerivative(of loss: any SeparableLoss, ofLogits: Bool) throws {
    for z in SlopeTests.logits {
      for t in [Lanes.zero, .one] {
        func value(_ z: Double) -> Double {
          ofLogits
            ? loss(logit: Lanes(repeating: z), probability(z), t)[0] : loss(probability(z), t)[0]
        }
        let step = 1e-5
        let difference = (value(z + step) - value(z - step)) / (2 * step)
        let slope = loss.slope(probability(z), t)[0]
        #expect(
          abs(slope - difference) <= 1e-6 * max(1, abs(difference)),
          "z = \(z), t = \(t[0]): \(slope) for \(difference)")
        if loss.pull.followsTruth { #expect(t[0] == 1 ? slope <= 0 : slope >= 0) }
      }
    }
  }

  @Test("where p is exactly 0 or 1 they are the limits")
  func limits() throws {
    let ends = [
      ("bce", 1.0), ("torch-bce", 1), ("focal", 1), ("mse", 0), ("mae", 0), ("log-loss", 1),
    ]
    for (name, wrong) in ends {
      let measure = try #require(Catalogue.definition(named: name))
        .measure(given: [:], areClassesExclusive: false)
      guard case .separable(let loss) = measure.form else { continue }
      #expect(loss.slopeOfSaturated == (own: wrong, other: wrong), "\(name)")
      // A right one has none.
      #expect(loss.slope(Probability(Lanes.one), .one)[0] == 0)
      #expect(loss.slope(Probability(Lanes.zero), .zero)[0] == 0)
    }
  }

  static let ratios: [(String, [String: Double])] = [
    ("soft-dice", [:]), ("soft-dice", ["smooth_nr": 1, "smooth_dr": 1]), ("soft-dice", ["log": 1]),
    ("soft-jaccard", [:]), ("soft-jaccard", ["smooth_nr": 1e-5]), ("tversky", [:]),
    ("tversky", ["alpha": 0.7, "beta": 0.3]),
    ("tversky", ["alpha": 0.3, "beta": 0.7, "power": 0.75]),
  ]

  @Test("of soft overlaps follow from a step of one probability", arguments: ratios)
  func softOverlaps(name: String, given: [String: Double]) throws {
    let measure = try #require(Catalogue.definition(named: name))
      .measure(given: given, areClassesExclusive: false)
    let ratio = try #require(measure.ratio as? SoftRatio)
    guard case .each(let score) = ratio.ratio else { return }
    func sums(_ predicted: Double, _ both: Double) throws -> SoftSums {
      SoftSums(
        predicted: try #require(ExactSum(predicted)), both: try #require(ExactSum(both)), truth: 40)
    }
    let step = 1e-4
    func difference(own: Double) throws -> Double {
      let high = try #require(score(try sums(55.25 + step, 21.5 + own * step)))
      let low = try #require(score(try sums(55.25 - step, 21.5 - own * step)))
      return (high - low) / (2 * step)
    }
    let slope = try #require(ratio.slope?(try sums(55.25, 21.5)))
    #expect(abs(slope.own - (try difference(own: 1))) < 1e-9)
    #expect(abs(slope.other - (try difference(own: 0))) < 1e-9)
  }

  @Test("squares have no slope that is the same for all own pixels")
  func squares() throws {
    let measure = try #require(Catalogue.definition(named: "soft-dice"))
      .measure(given: ["squared": 1], areClassesExclusive: false)
    #expect((measure.ratio as? SoftRatio)?.slope == nil)
  }

  private func probability(_ z: Double) -> Probability {
    Probability(sigmoidOf: Lanes(repeating: z), precision: .double)
  }
}
