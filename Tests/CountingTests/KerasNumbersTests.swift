import Core
import Counting
import Testing

/// What the frameworks themselves computed for five scenes of samples/street, in float32 unless
/// said otherwise.
@Suite(
  "The frameworks' own numbers: Keras 3.15.1 on TensorFlow 2.21.0, MONAI 1.6.1",
  .enabled(if: street != nil, "the samples are not in the repository"))
struct KerasNumbersTests {
  @Test("binary cross-entropy, each class's mean")
  func crossEntropy() throws {
    // keras.ops.binary_crossentropy, its float32 values added in float64.
    let expected = [
      0.0040815068595426596, 0.010868765828781759, 0.0049417842486091882, 0.0017263381938893024,
      0.024200857367049917,
    ]
    #expect(try isClose(classMeans("bce"), expected, within: 1e-6))
    #expect(try isClose(mean("bce"), 0.009163850918412209, within: 1e-6))
  }

  @Test("binary cross-entropy on each class's own pixels, and on the others")
  func polarities() throws {
    let sums = try Street().counted([measure("bce")]).classes.map { $0.losses[0] }
    let own = sums.map { Double($0.positive) / Double($0.positives) }
    let other = sums.map { Double($0.negative) / Double($0.negatives) }
    let expectedOwn = [
      0.011044176295399666, 0.022601518779993057, 0.0036158163566142321, 0.011571465060114861,
      1.2363309860229492,
    ]
    let expectedOther = [
      0.00055979297030717134, 0.0071720639243721962, 0.0057124299928545952,
      0.0011695466237142682, 0.020043626427650452,
    ]
    #expect(isClose(own, expectedOwn, within: 1e-6))
    #expect(isClose(other, expectedOther, within: 1e-6))
  }

  @Test("focal, squared and absolute error")
  func otherLosses() throws {
    #expect(try isClose(mean("focal"), 0.0025063101202249527, within: 1e-6))
    #expect(
      try isClose(mean("focal", ["alpha": 0.25]), 0.0013568846043199301, within: 1e-6))
    #expect(try isClose(mean("mse"), 0.001460843370296061, within: 1e-6))
    #expect(try isClose(mean("mae"), 0.0069291493855416775, within: 1e-6))
  }

  @Test("categorical cross-entropy and its sparse form")
  func categorical() throws {
    #expect(try isClose(pixelMean("ce"), 0.027726877480745316, within: 1e-6))
    #expect(try isClose(pixelMean("sparse-ce"), 0.02772698737680912, within: 1e-6))
  }

  @Test("binary and categorical cross-entropy from logits")
  func logits() throws {
    #expect(try isClose(mean("bce", of: .logits), 0.0091638164594769478, within: 1e-6))
    #expect(try isClose(pixelMean("ce", of: .logits), 0.014799428172409534, within: 1e-6))
    #expect(try isClose(pixelMean("sparse-ce", of: .logits), 0.014799428172409534, within: 1e-6))
  }

  @Test("precision, recall and IoU above one half, and IoU of the most probable class")
  func scores() throws {
    let counted = try Street().counted([])
    func values(_ name: String) throws -> [Double] {
      let measure = try measure(name)
      return counted.classes.compactMap(measure.value)
    }
    let precision = [
      0.99989074468612671, 0.99384194612503052, 0.99728262424468994, 0.99296092987060547,
      0.640816330909729,
    ]
    let recall = [
      0.99800121784210205, 0.99495595693588257, 0.9994354248046875, 0.99726337194442749,
      0.56071430444717407,
    ]
    let iou = [
      0.99789232015609741, 0.98885953426361084, 0.99672096967697144, 0.99026256799697876,
      0.42663037776947021,
    ]
    #expect(try isClose(values("precision"), precision, within: 1e-6))
    #expect(try isClose(values("recall"), recall, within: 1e-6))
    #expect(try isClose(values("iou"), iou, within: 1e-6))
    let mostProbable = [
      0.99869179725646973, 0.99042397737503052, 0.99731552600860596, 0.98848223686218262,
      0.43939387798309326,
    ]
    let exclusive = try Street().counted([], exclusive: true)
    let ious = exclusive.classes.map(\.overlap).map {
      Double($0.both) / (Double($0.union) + 1e-7)
    }
    #expect(isClose(ious, mostProbable, within: 1e-6))
    #expect(try isClose(exclusive.classes.compactMap(measure("iou").value), ious, within: 1e-9))
  }

  // The losses are 1 − x of a float32 x near 1, so x is what has seven digits.

  @Test("Dice and Tversky of all classes together")
  func softOverlap() throws {
    let all = try Street().counted([]).classes.reduce(.zero, +)
    let dice = try #require(measure("soft-dice").value(of: all))
    #expect(isClose(1 - dice, 1 - 0.017209708690643311, within: 1e-6))
    // Keras' tversky(alpha: 0.7, beta: 0.3) weighs what is missed by its alpha.
    let tversky = try measure("tversky", ["alpha": 0.3, "beta": 0.7])
    let loss = try #require(tversky.value(of: all))
    #expect(isClose(1 - loss, 1 - 0.014637947082519531, within: 1e-6))
  }

  @Test("Dice of each class, as MONAI has it")
  func softOverlapOfClasses() throws {
    let expected = [
      0.0049941539764404297, 0.014694452285766602, 0.0033611059188842773, 0.012532651424407959,
      0.85866022109985352,
    ]
    let dice = try measure("soft-dice", ["smooth_nr": 1e-5, "smooth_dr": 1e-5])
    let losses = try Street().counted([]).classes.compactMap(dice.value)
    #expect(isClose(losses.map { 1 - $0 }, expected.map { 1 - $0 }, within: 1e-6))
  }

  @Test("Tversky of each image and class, then the mean, as MONAI has it")
  func tversky() throws {
    let given = ["alpha": 0.7, "beta": 0.3, "smooth_nr": 1e-5, "smooth_dr": 1e-5]
    let tversky = try measure("tversky", given)
    let losses = try Street().images([]).flatMap { $0.classes.compactMap(tversky.value) }
    #expect(losses.count == 25)
    #expect(isClose(losses.reduce(0, +) / 25, 0.22838075459003448, within: 1e-6))
  }

  @Test("Keras' Dice and Tversky of each class are those of float32 sums, pixel after pixel")
  func singlePrecisionSums() throws {
    // They differ by 3e-5 from MONAI's and from ours, because TensorFlow's sums over leading axes
    // round at each pixel. Made the same way, the sums give its numbers to the last bit.
    let dice: [Float] = [
      0.0049833059310913086, 0.014676272869110107, 0.0033301115036010742, 0.012508749961853027,
      0.85865879058837891,
    ]
    let tversky: [Float] = [
      0.0066865682601928711, 0.016010165214538574, 0.0032268166542053223, 0.011310696601867676,
      0.80223774909973145,
    ]
    let street = try Street()
    for c in 0..<5 {
      var (predicted, truth, both): (Float, Float, Float) = (0, 0, 0)
      var (missed, wrong): (Float, Float) = (0, 0)
      for (p, t) in street.numbers(ofClass: c) {
        predicted += p
        truth += t
        both += p * t
        missed += (1 - p) * t
        wrong += p * (1 - t)
      }
      #expect(1 - 2 * both / (truth + predicted + 1e-7) == dice[c])
      #expect(1 - both / (both + missed * 0.7 + wrong * 0.3 + 1e-7) == tversky[c])
    }
  }

  // MARK: - Reductions

  /// Over pixels, class by class.
  private func classMeans(
    _ name: String, _ given: [String: Double] = [:], of input: Street.Input = .probabilities
  ) throws -> [Double] {
    try Street().counted([measure(name, given)], of: input).classes.map {
      Double($0.losses[0].total) / Double($0.losses[0].terms)
    }
  }

  /// Over pixels and classes.
  private func mean(
    _ name: String, _ given: [String: Double] = [:], of input: Street.Input = .probabilities
  ) throws -> Double {
    try classMeans(name, given, of: input).reduce(0, +) / 5
  }

  /// Over pixels, of which each has one true class.
  private func pixelMean(_ name: String, of input: Street.Input = .probabilities) throws -> Double {
    let tally = try Street().counted([measure(name)], of: input, exclusive: true)
    let sum = tally.classes.map { $0.losses[0] }.reduce(.zero, +)
    #expect(sum.terms == tally.pixels)
    return Double(sum.total) / Double(sum.terms)
  }
}
