import Core
import Counting
import Foundation
import Raster
import Testing

@Suite("Losses that judge each class on its own")
struct LossTests {
  @Test(
    "are the textbook's sums, for the class's own pixels and the others, at every length",
    arguments: Textbook.allCases, Input.allCases)
  func everyLength(loss: Textbook, input: Input) throws {
    let measure = try loss.measure
    for count in Array(0...17) + [4095, 4096, 4097] {
      let numbers = samples(count)
      let labels = standings(count)
      // The class asked for is the second one: the first is another plane.
      let tally = try tally(
        pair(input.prediction([numbers.reversed(), numbers]), .labels(labels)), classes: 2,
        [measure])
      let sum = tally.classes[1].losses[0]
      // Keras' losses take single precision of whatever they are given.
      let pixels = input.rounded(numbers).map { loss.isOfKeras ? Pixel(Float($0.p)) : $0 }
      let terms = zip(pixels, labels)
      let own = terms.filter { $1 == 1 }.map { loss.value($0.0, isOwn: true) }
      let other = terms.filter { $1 != 1 && $1 != .ignored }.map { loss.value($0.0, isOwn: false) }
      #expect(sum.positives == own.count)
      #expect(sum.negatives == other.count)
      #expect(isClose(Double(sum.positive), own.reduce(0, +)), "\(count) pixels")
      #expect(isClose(Double(sum.negative), other.reduce(0, +)), "\(count) pixels")
    }
  }

  @Test(
    "are the same through the histogram and as float32 level / 255", arguments: Textbook.allCases)
  func twoRoutes(loss: Textbook) throws {
    let levels = (0..<1024).map { UInt8($0 & 255) }
    let labels = standings(1024)
    let measures = [try loss.measure]
    let histogram = try tally(pair(.levels([levels]), .labels(labels)), classes: 1, measures)
    let floats = levels.map { Double(Float($0) / 255) }
    let direct = try tally(
      pair(.probabilities([plane(floats)]), .labels(labels)), classes: 1, measures)
    let (a, b) = (histogram.classes[0].losses[0], direct.classes[0].losses[0])
    #expect(isClose(Double(a.positive), Double(b.positive)))
    #expect(isClose(Double(a.negative), Double(b.negative)))
    #expect((a.positives, a.negatives) == (b.positives, b.negatives))
  }

  // The logarithm is that of a product; each factor may change the product's last bit.
  @Test(
    "of thousands of pixels, all as wrong or all as right as can be, are off by n·2⁻⁵³ at most",
    arguments: [0.0, 1, 0.5])
  func extremes(p: Double) throws {
    for count in [32 * 8, 32 * 8 + 1, 4096] {
      let labels = (0..<count).map { Label($0 % 3 == 0 ? 0 : 1) }
      let numbers = [Double](repeating: p, count: count)
      let tally = try tally(
        pair(.probabilities([plane(numbers), plane(numbers)]), .labels(labels)), classes: 2,
        [measure("bce")])
      for c in 0..<2 {
        let own = labels.filter { $0 == c }.map { _ in
          Textbook.crossEntropy.value(Pixel(Float(p)), isOwn: true)
        }.reduce(0, +)
        let found = Double(tally.classes[c].losses[0].positive)
        // The second part is the error of the plain sum itself.
        let bound = Double(count) * 0x1p-53 + Double(count) * own.ulp
        #expect((found - own).magnitude <= bound)
      }
    }
  }

  @Test("a tiny ε costs −log ε at each of thousands of pixels: no product of them becomes 0")
  func tinyEpsilon() throws {
    let none = [Double](repeating: 0, count: 4096)
    let labels = [Label](repeating: 0, count: 4096)
    let tally = try tally(
      pair(.probabilities([plane(none)]), .labels(labels)), classes: 1,
      [measure("bce", ["epsilon": 0x1p-100])])
    let cost = 100 * Foundation.log(2.0)
    #expect(isClose(Double(tally.classes[0].losses[0].positive), 4096 * cost))
  }

  @Test("a pixel weighs what its image does, times its first true class's weight, times its own")
  func sampleWeights() throws {
    var given = scheme(2, [try measure("one")])
    given.sampleWeights = .init(firstClass: [3, 5], noClass: 7, images: "w.csv", hasPixels: true)
    let half = plane([0.5, 0.5, 0.5, 0.5])
    var weighed = pair(.probabilities([half, half]), .masks([[1, 1, 0, 0], [0, 1, 1, 0]]))
    weighed.weight = 2
    weighed.pixelWeights = plane([1, 0.5, 4, 0.25])
    var counter = try Counter(for: Needs(given))
    let tally = try counter.count(weighed, in: Region(width: 4, height: 1))
    // 2·3·1, 2·3·0.5, 2·5·4 and 2·7·0.25; each costs 1.
    let weights = [6, 3, 40, 3.5]
    #expect(Double(tally.weight) == weights.reduce(0, +))
    let sums = tally.classes.map { $0.weighted[0] }
    #expect(sums.map { Double($0.positive) } == [6 + 3, 3 + 40])
    #expect(sums.map { Double($0.negative) } == [40 + 3.5, 6 + 3.5])
    #expect(sums.map { Double($0.positiveWeight) } == [6 + 3, 3 + 40])
    #expect(sums.map { Double($0.negativeWeight) } == [40 + 3.5, 6 + 3.5])
  }

  @Test("the focal loss with γ = 0 is cross-entropy, also where a pixel is as right as can be")
  func focalOfZero() throws {
    let tally = try tally(
      pair(.probabilities([plane([1, 0])]), .labels([0, .none])), classes: 1,
      [measure("focal", ["gamma": 0])])
    // −log(1 − 2⁻²³), as p is clipped in single precision.
    #expect(isClose(Double(tally.classes[0].losses[0].positive), 0x1p-23, within: 1e-6))
    #expect(isClose(Double(tally.classes[0].losses[0].negative), 0x1p-23, within: 1e-6))
  }

  // Keras 3.15.1. Its clipping is asymmetric, because 1 − 1e-7 in float32 is 1 − 2⁻²³.
  @Test(
    "binary cross-entropy of saturated probabilities is Keras 3's",
    arguments: [
      (0, true, 16.118095), (1, false, 15.942385), (0, false, 0x1p-23), (1, true, 0x1p-23),
      (1.0 / 255, true, 5.541264),
    ])
  func anchors(p: Double, isOwn: Bool, expected: Double) throws {
    let predictions: [Prediction] = [
      .probabilities([plane([p])]), .probabilities([plane([p], .u2)]), .levels([[UInt8(p * 255)]]),
    ]
    for prediction in predictions {
      let tally = try tally(
        pair(prediction, .labels([isOwn ? 0 : .none])), classes: 1, [measure("bce")])
      let loss = Double(tally.classes[0].losses[0].total)
      #expect(isClose(loss, expected, within: 2e-7), "\(loss)")
    }
  }

  // keras 3.15.1: losses/loss.py, Loss.__call__ converts to floatx.
  @Test("in double precision both ends are clipped as in single: Keras casts what it is given")
  func anchorsInDouble() throws {
    let tally = try tally(
      pair(.probabilities([plane([0, 1], .f8)]), .labels([0, .none])), classes: 1,
      [measure("bce")])
    let sum = tally.classes[0].losses[0]
    #expect(isClose(Double(sum.positive), -Foundation.log(Double(Float(1e-7)))))
    #expect(isClose(Double(sum.negative), -Foundation.log(Double(1 - (1 - Float(1e-7))))))
  }

  @Test(
    "binary cross-entropy of logits is the textbook's, unclipped, also where a probability is 0",
    arguments: [Plane.Element.f4, .f8])
  func logits(element: Plane.Element) throws {
    let logits = [0, -0.5, 0.5, 3, -3, 50, -50, 800, -800, 1e-9, -1e-9, 17.25]
    for isOwn in [true, false] {
      for z in logits {
        let tally = try tally(
          pair(.logits([plane([z], element)]), .labels([isOwn ? 0 : .none])), classes: 1,
          [measure("bce")])
        let stored = element == .f4 ? Double(Float(z)) : z
        let against = isOwn ? -stored : stored
        let expected = max(against, 0) + Foundation.log1p(Foundation.exp(-abs(stored)))
        #expect(isClose(Double(tally.classes[0].losses[0].total), expected), "\(z) \(isOwn)")
      }
    }
  }

  @Test(
    "focal cross-entropy of logits is not clipped either", arguments: [1.0, 2, 3, 0.5],
    [nil, 0.25])
  func focalOfLogits(gamma: Double, alpha: Double?) throws {
    let logits = (-40...40).map { Double($0) / 2 } + [50, -50, 600, -600]
    var parameters = ["gamma": gamma]
    parameters["alpha"] = alpha
    for isOwn in [true, false] {
      let labels = [Label](repeating: isOwn ? 0 : .none, count: logits.count)
      let tally = try tally(
        pair(.logits([plane(logits, .f8)]), .labels(labels)), classes: 1,
        [measure("focal", parameters)])
      let terms = logits.map { z -> Double in
        let against = isOwn ? -z : z
        let e = Foundation.exp(-abs(z))
        let wrong = against < 0 ? e / (1 + e) : 1 / (1 + e)
        let weight = alpha.map { isOwn ? $0 : 1 - $0 } ?? 1
        return weight * pow(wrong, gamma) * (max(against, 0) + Foundation.log1p(e))
      }
      #expect(isClose(Double(tally.classes[0].losses[0].total), terms.reduce(0, +)))
    }
  }

  @Test(
    "other losses see the sigmoid, rounded to the precision of the logits",
    arguments: [Textbook.squared, .absolute], [Plane.Element.f4, .f8])
  func sigmoid(loss: Textbook, element: Plane.Element) throws {
    let logits = (-40...40).map { Double($0) / 2 } + [50, -50, 800, -800]
    for isOwn in [true, false] {
      let labels = [Label](repeating: isOwn ? 0 : .none, count: logits.count)
      let tally = try tally(
        pair(.logits([plane(logits, element)]), .labels(labels)), classes: 1, [loss.measure])
      let terms = logits.map { z -> Double in
        let e = Foundation.exp(-abs(z))
        let (small, large) = (e / (1 + e), 1 / (1 + e))
        let p = z < 0 ? small : large
        return element == .f4
          ? loss.value(Pixel(Float(p)), isOwn: isOwn)
          : loss.value(Pixel(p: p, q: z < 0 ? large : small), isOwn: isOwn)
      }
      #expect(isClose(Double(tally.classes[0].losses[0].total), terms.reduce(0, +)))
    }
  }

  @Test(
    "the constant that costs least is the share of own pixels, and 0 or 1 of a straight line",
    arguments: [
      ("bce", 0.25, 0.75, 0.25), ("bce", 0.001, 0.999, 0.001), ("mse", 3, 1, 0.75),
      ("mae", 0.3, 0.7, 0), ("mae", 0.7, 0.3, 1),
    ])
  func bestConstant(name: String, own: Double, other: Double, expected: Double) throws {
    guard case .separable(let loss) = try measure(name).form else { return }
    let best = loss.bestConstant(own: own, other: other)
    // Near the lowest point the rounding of 1 − q in single precision decides.
    #expect(abs(best - expected) < 1e-4)
    let (atBest, atShare) = (loss.constant(best), loss.constant(expected))
    #expect(own * atBest.own + other * atBest.other <= own * atShare.own + other * atShare.other)
  }

  /// Both ends, a hair from them, and numbers in between.
  private func samples(_ count: Int) -> [Double] {
    let ends = [0, 1, 0.5, 1e-8, 1 - 0x1p-24, 1.0 / 255, 1e-7, 0.999]
    return zip(0..., drawn(count)).map { $0 % 3 == 0 ? ends[$0 / 3 % ends.count] : $1 }
  }

  /// Of each seven pixels two are the second class, one does not count and one has no class.
  private func standings(_ count: Int) -> [Label] {
    (0..<count).map { [1, 0, 0, .ignored, 1, .none, 0][$0 % 7] }
  }
}
