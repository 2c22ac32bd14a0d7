import Core
import Counting
import Diagnosis
import Foundation
import Raster
import Testing

/// Δ, what the headline would gain if a class were perfect, and ρ, what knowing the class is worth
/// in it: each against the same thing done by hand to pixels.
@Suite("What the headline would be")
struct CounterfactualTests {
  /// How far a probability is kept from 0 and 1 (1e-7), and how well a constant is known in single
  /// precision: the only differences to losses that know no clipping.
  static let clipping = 3e-7

  // MARK: Losses

  @Test(
    "of a loss that judges each class alone: the class's values go to 0", arguments: Route.allCases)
  func binary(route: Route) throws {
    let drawn = Drawn()
    let diagnosis = try drawn.diagnosis(of: measure("bce"), by: route.rawValue)
    // In single precision, as Keras takes them.
    let losses = drawn.map { p, isTrue in
      isTrue ? -log(Double(Float(p))) : -log(Double(1 - Float(p)))
    }
    let value = route.value(losses)
    #expect(isClose(diagnosis.printed, value))
    var scale = 0.0
    for c in 0..<3 {
      let found = diagnosis.classes[c]
      let voice = route.value(drawn.unit(c, ownPixelsOnly: false))
      let own = route.value(drawn.unit(c, ownPixelsOnly: true))
      #expect(
        isClose(found.headroom, value - route.value(losses.replacing(c, by: 0)), Self.clipping))
      #expect(isClose(found.reach, voice * entropy(own / voice), Self.clipping))
      #expect(isClose(found.voice, voice) && isClose(found.ownVoice, own))
      scale += voice * entropy(own / voice)
    }
    #expect(isClose(diagnosis.scale, scale, Self.clipping))
    #expect(isClose(diagnosis.skill, 1 - value / scale, 2e-6))
  }

  @Test(
    "of focal and squared errors: unknown is the constant that costs least",
    arguments: Route.allCases)
  func otherLosses(route: Route) throws {
    let drawn = Drawn()
    let losses: [(Measure, (Double) -> Double)] = [
      (try measure("mse"), { p in (1 - p) * (1 - p) }),
      (try measure("mae"), { p in 1 - p }),
      (try measure("focal"), { p in -(1 - p) * (1 - p) * log(p) }),
    ]
    for (measure, loss) in losses {
      let diagnosis = try drawn.diagnosis(of: measure, by: route.rawValue)
      let values = drawn.map { p, isTrue in loss(isTrue ? p : 1 - p) }
      for c in 0..<3 {
        let repaired = route.value(values.replacing(c, by: 0))
        let voice = route.value(drawn.unit(c, ownPixelsOnly: false))
        let own = route.value(drawn.unit(c, ownPixelsOnly: true))
        let best = (1..<100_000).map { step in
          let q = Double(step) / 100_000
          return own * loss(q) + (voice - own) * loss(1 - q)
        }.min()
        #expect(
          isClose(diagnosis.classes[c].headroom, route.value(values) - repaired, Self.clipping))
        // Of an absolute error the best constant is 0 or 1, which the steps only come near to.
        #expect(isClose(diagnosis.classes[c].reach, try #require(best), 1e-5))
      }
    }
  }

  @Test(
    "of a softmax: the class's pixels cost 0, and its probability elsewhere is shared out",
    arguments: Route.allCases)
  func categorical(route: Route) throws {
    let drawn = Drawn()
    let diagnosis = try drawn.diagnosis(of: measure("ce"), by: route.rawValue)
    let losses = drawn.ownPixels { -log($0[$1]) }
    let value = route.value(losses)
    #expect(isClose(diagnosis.printed, value))
    let voices = (0..<3).map { c in route.value(drawn.ownPixels { _, y in y == c ? 1 : 0 }) }
    for c in 0..<3 {
      let repaired = drawn.ownPixels { p, y in y == c ? 0 : -log(p[y] / (1 - p[c])) }
      #expect(isClose(diagnosis.classes[c].headroom, value - route.value(repaired)))
      #expect(isClose(diagnosis.classes[c].voice, voices[c]))
      #expect(diagnosis.classes[c].ownVoice == diagnosis.classes[c].voice)
    }
    #expect(isClose(diagnosis.scale, -voices.reduce(0) { $0 + $1 * log($1) }))
    #expect(isClose(voices.reduce(0, +), 1))
  }

  @Test("of a softmax by pixels: the same as what the class's own yes-or-no loss would gain")
  func oneAgainstTheRest() throws {
    let drawn = Drawn()
    let categorical = try drawn.diagnosis(of: measure("ce"), by: Route.pixelMean.rawValue)
    let binary = try drawn.diagnosis(
      of: measure("bce"), by: "sum(class) > mean(pixel, image, batch)")
    for c in 0..<3 {
      let headroom = try #require(binary.classes[c].headroom)
      #expect(isClose(categorical.classes[c].headroom, headroom, Self.clipping))
    }
  }

  @Test("of a softmax: reach is the entropy of the class's share, by pixels and by classes")
  func categoricalReach() throws {
    let drawn = Drawn()
    let byPixels = try drawn.diagnosis(of: measure("ce"), by: Route.pixelMean.rawValue)
    let byClasses = try drawn.diagnosis(of: measure("ce"), by: Route.classLast.rawValue)
    for (c, share) in drawn.shares.enumerated() {
      #expect(isClose(byPixels.classes[c].reach, entropy(share)))
      #expect(isClose(byClasses.classes[c].reach, (-log(share) - 2 * log(1 - share)) / 3))
    }
    #expect(isClose(byPixels.scale, -drawn.shares.reduce(0) { $0 + $1 * log($1) }))
    #expect(isClose(byClasses.scale, log(3)))
  }

  @Test("class weights that are divided out and such that are not: PyTorch's and Keras' voices")
  func weighted() throws {
    let drawn = Drawn(weights: [1, 2, 8])
    let weighted = zip(drawn.shares, [1.0, 2, 8]).map(*)
    let sum = weighted.reduce(0, +)
    let cost = -weighted.reduce(0) { $0 + $1 * log($1 / sum) }
    let torch = try drawn.diagnosis(
      of: measure("ce"), by: "mean(class, pixel, image, batch, by: class-weights)")
    let keras = try drawn.diagnosis(
      of: measure("ce"), by: "sum(class, by: class-weights) > mean(pixel, image, batch)")
    for c in 0..<3 {
      #expect(isClose(torch.classes[c].voice, weighted[c] / sum))
      #expect(isClose(keras.classes[c].voice, weighted[c]))
    }
    #expect(isClose(torch.scale, cost / sum) && isClose(keras.scale, cost))
  }

  @Test("every mean's voices add up to 1, and of a rare class's voice little is of its own pixels")
  func voices() throws {
    let drawn = Drawn()
    for route in Route.allCases {
      for name in ["bce", "ce"] {
        let classes = try drawn.diagnosis(of: measure(name), by: route.rawValue).classes
        #expect(isClose(classes.reduce(0) { $0 + ($1.voice ?? .nan) }, 1))
      }
    }
    let classes = try drawn.diagnosis(of: measure("bce"), by: Route.pixelMean.rawValue).classes
    for (found, share) in zip(classes, drawn.shares) {
      #expect(isClose(found.voice, 1.0 / 3) && isClose(found.ownVoice, share / 3))
    }
    let worst = try drawn.diagnosis(
      of: measure("bce"), by: "mean(pixel, image, batch) > max(class)")
    #expect(worst.classes.allSatisfy { $0.voice == nil && $0.ownVoice == nil })
  }

  @Test("a term that is `else` a number has no part in a class's voice")
  func substitute() throws {
    let drawn = Drawn(classCount: 4)
    let classes = try drawn.diagnosis(
      of: measure("ce"), by: "mean(pixel, image, batch) > mean(class else 0.5)"
    ).classes
    #expect(classes.prefix(3).allSatisfy { isClose($0.voice, 1.0 / 4) })
  }

  @Test("pixels that truly are no class have no part in what a softmax has for a class")
  func unclassed() throws {
    let drawn = Drawn(truths: ["aab.....", "ab......", "aaabb..."], classCount: 2)
    let diagnosis = try drawn.diagnosis(of: measure("ce"), by: Route.pixelMean.rawValue)
    #expect(isClose(diagnosis.scale, entropy(0.4)))
    #expect(diagnosis.classes.allSatisfy { isClose($0.reach, entropy(0.4)) })
  }

  @Test("of soft overlaps: the class's probabilities become its truth, or 0")
  func soft() throws {
    let drawn = Drawn()
    let pooled = "pool(batch, image, pixel) > score > mean(class)"
    for parameters in [[:], ["squared": 1.0], ["smooth_nr": 1, "smooth_dr": 1]] {
      let diagnosis = try drawn.diagnosis(of: measure("soft-dice", parameters), by: pooled)
      let power: Double = parameters["squared"] == 1 ? 2 : 1
      let (a, b) = (parameters["smooth_nr"] ?? 0, parameters["smooth_dr"] ?? 1e-7)
      func loss(_ c: Int, _ p: (Double, Bool) -> Double) -> Double {
        var (both, sum) = (0.0, 0.0)
        for (image, truth) in drawn.truths.enumerated() {
          for (pixel, label) in labels(truth).enumerated() {
            let isTrue = label == Label(c)
            let value = p(drawn.probabilities[image][c][pixel], isTrue)
            both += isTrue ? value : 0
            sum += (power == 2 ? value * value : value) + (isTrue ? 1 : 0)
          }
        }
        return 1 - (2 * both + a) / (sum + b)
      }
      for c in 0..<3 {
        let (real, perfect) = (loss(c) { p, _ in p }, loss(c) { _, isTrue in isTrue ? 1 : 0 })
        let unknown = loss(c) { _, _ in 0 }
        #expect(isClose(diagnosis.classes[c].headroom, (real - perfect) / 3))
        #expect(isClose(diagnosis.classes[c].reach, (unknown - perfect) / 3))
      }
    }
  }

  // MARK: Scores

  /// Three images of label maps; d is in one of them, and an a that was taken for a c in another.
  static let truths = ["aaaaabbbcc", "aaabbbb", "aaaddbcccb"]
  static let predictions = ["aaabbbbbca", "aacbbba", "aabdcbcc.b"]

  enum Overlaps: String, CaseIterable {
    case dataset = "pool(batch, image, pixel) > score > mean(class)"
    case images = "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)"
    case classes = "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class)"
    case classesByUnion = "pool(pixel) > score > mean(image, batch) > mean(class)"
    case emptyIsOne = "pool(pixel) > score(if: truth) > mean(image, batch else 1) > mean(class)"
    case pooled = "pool(batch, image, pixel, class) > score"

    /// 1 − IoU of label maps by loops over pixels.
    func cost(_ predictions: [[Label]]) -> Double {
      let truths = CounterfactualTests.truths.map(labels)
      func iou(_ images: Range<Int>, _ c: Int) -> Double? {
        var (both, union, own) = (0, 0, 0)
        for image in images {
          for (t, p) in zip(truths[image], predictions[image]) {
            both += t == c && p == c ? 1 : 0
            union += t == c || p == c ? 1 : 0
            own += t == c ? 1 : 0
          }
        }
        let isDefined = self == .dataset || self == .classesByUnion ? union > 0 : own > 0
        return isDefined ? Double(both) / Double(union) : nil
      }
      let all = truths.indices
      let score: Double? =
        switch self {
        case .dataset: mean((0..<4).map { iou(all, $0) })
        case .images: mean(all.map { i in mean((0..<4).map { iou(i..<(i + 1), $0) }) })
        case .classes, .classesByUnion:
          mean((0..<4).map { c in mean(all.map { iou($0..<($0 + 1), c) }) })
        case .emptyIsOne: mean((0..<4).map { c in mean(all.map { iou($0..<($0 + 1), c) ?? 1 }) })
        case .pooled:
          mean(zip(truths.joined(), predictions.joined()).map { $0 == $1 ? 1 : 0 })
        }
      return 1 - (score ?? .nan)
    }

    /// What was predicted where class `c` is becomes `c`; what else was predicted as `c`, nothing.
    func repairing(_ c: Int) -> [[Label]] {
      zip(CounterfactualTests.truths, CounterfactualTests.predictions).map { truth, predicted in
        zip(labels(truth), labels(predicted)).map { t, p in
          t == c ? Label(c) : p == c ? Label.none : p
        }
      }
    }

    /// For a, b, c and d: their pixels, images and neighbours are easily counted in the drawing.
    var reach: [Double] {
      switch self {
      case .dataset, .classes, .classesByUnion: [0.25, 0.25, 0.25, 0.25]
      case .images:
        [1.0 / 3 + 1.0 / 2 + 1.0 / 4, 1.0 / 3 + 1.0 / 2 + 1.0 / 4, 1.0 / 3 + 1.0 / 4, 1.0 / 4]
          .map { $0 / 3 }
      case .emptyIsOne: [3, 3, 2, 1].map { $0 / 3 / 4 }
      case .pooled: [11, 9, 5, 2].map { $0 / 27 }
      }
    }
  }

  @Test(
    "of label maps: an oracle says at each pixel whether it is the class",
    arguments: Overlaps.allCases
  )
  func labelMaps(chain: Overlaps) throws {
    let run = DrawnRun(
      classes: classes(4),
      images: zip(Self.truths, Self.predictions).map { ImagePair(truth: $0, predicted: $1) })
    let name = chain == .pooled ? "accuracy" : "iou"
    let diagnosis = try run.diagnosis(of: measure(name), by: chain.rawValue)
    let cost = chain.cost(Self.predictions.map(labels))
    #expect(isClose(diagnosis.printed, 1 - cost))
    #expect(diagnosis.scale == 1)
    for (c, found) in diagnosis.classes.enumerated() {
      #expect(isClose(found.headroom, cost - chain.cost(chain.repairing(c))))
      #expect(isClose(found.reach, chain.reach[c]))
    }
  }

  @Test(
    "of many images, which are looked at a few at a time: the same a hundred times over is the same",
    arguments: Overlaps.allCases)
  func manyLabelMaps(chain: Overlaps) throws {
    let images = zip(Self.truths, Self.predictions).map { ImagePair(truth: $0, predicted: $1) }
    let once = DrawnRun(classes: classes(4), images: images)
    let often = DrawnRun(
      classes: classes(4), images: (0..<100).flatMap { _ in images })
    let score = try measure(chain == .pooled ? "accuracy" : "iou")
    expectEqual(
      try often.diagnosis(of: score, by: chain.rawValue),
      try once.diagnosis(of: score, by: chain.rawValue))
  }

  @Test("so are losses, each class alone or not", arguments: Route.allCases)
  func manyImages(route: Route) throws {
    for name in ["bce", "ce"] {
      expectEqual(
        try Drawn(copies: 100).diagnosis(of: measure(name), by: route.rawValue),
        try Drawn().diagnosis(of: measure(name), by: route.rawValue))
    }
  }

  private func expectEqual(_ many: Diagnosis, _ few: Diagnosis) {
    func isClose(_ a: Double?, _ b: Double?) -> Bool {
      if let a, let b { abs(a - b) <= 1e-12 } else { a == nil && b == nil }
    }
    #expect(isClose(many.printed, few.printed) && isClose(many.scale, few.scale))
    for (a, b) in zip(many.classes, few.classes) {
      #expect(isClose(a.headroom, b.headroom) && isClose(a.reach, b.reach))
      #expect(isClose(a.voice, b.voice) && isClose(a.ownVoice, b.ownVoice))
      #expect(isClose(a.printedIfPerfect, b.printedIfPerfect) && b.headroom != nil)
    }
  }

  @Test("of masks that may overlap: repairing a class changes no other")
  func masks() throws {
    let images = [
      [Overlap(both: 3, onlyTrue: 1, neither: 4), Overlap(both: 1, onlyPredicted: 3, neither: 4)],
      [Overlap(both: 2, onlyTrue: 2, neither: 4), Overlap(neither: 8)],
    ]
    let score = try measure("dice", areClassesExclusive: false)
    let chain = "pool(pixel) > score > mean(image, batch) > mean(class)"
    let classes = Diagnosis(
      of: measurements(images, of: score, classes: classes(2)), for: try headline(score, chain)
    ).classes
    #expect(isClose(classes[0].headroom, (1 - (6.0 / 7 + 4.0 / 6) / 2) / 2))
    #expect(isClose(classes[1].headroom, (1 - 2.0 / 5) / 2))
    #expect(classes.map(\.reach) == [0.5, 0.5])
  }

  // MARK: Chains that select

  @Test("a second bad class does not take the first one's headroom where only the worst counts")
  func selective() throws {
    let losses = [0.01, 0.5, 0.4]
    let chains: [(String, ([Double]) -> Double)] = [
      ("max(class)", { $0.max() ?? 0 }),
      ("worst(2)(class)", { $0.sorted().suffix(2).reduce(0, +) / 2 }),
      ("worst(40%)(class)", { $0.max() ?? 0 }),
      ("quantile(0.75)(class)", { $0.sorted().suffix(2).reduce(0, +) / 2 }),
      ("quantile(0.5)(class)", { $0.sorted()[1] }),
    ]
    // One pixel a class; nothing else was predicted anywhere.
    let truth = Truth.masks((0..<3).map { c in (0..<3).map { $0 == c ? 1 : 0 } })
    let images = [
      ImagePair(
        truth: truth,
        probabilities: losses.enumerated().map { c, loss in
          (0..<3).map { $0 == c ? exp(-3 * loss) : 0 }
        })
    ]
    let run = DrawnRun(classes: classes(3), images: images, areClassesExclusive: false)
    for (step, select) in chains {
      let diagnosis = try run.diagnosis(
        of: measure("bce"), by: "mean(pixel, image, batch) > \(step)")
      #expect(isClose(diagnosis.printed, select(losses), Self.clipping), "\(step)")
      for c in 0..<3 {
        let repaired = losses.enumerated().map { $0 == c ? 0 : $1 }
        let alone = losses.enumerated().map { $0 == c ? $1 : 0 }
        let headroom = max(select(losses) - select(repaired), select(alone))
        let unknown = (0..<3).map { $0 == c ? entropy(1.0 / 3) : 0 }
        #expect(isClose(diagnosis.classes[c].headroom, headroom, 2 * Self.clipping), "\(step)")
        #expect(isClose(diagnosis.classes[c].reach, select(unknown), 2 * Self.clipping), "\(step)")
      }
    }
  }

  @Test("nor where only the worst image counts and each fails in another one")
  func selectiveImages() throws {
    let whole = Overlap(both: 4, neither: 4)
    let images = [
      [Overlap(both: 1, onlyTrue: 3, neither: 4), whole],
      [whole, Overlap(onlyTrue: 4, neither: 4)],
    ]
    let score = try measure("iou")
    let classes = Diagnosis(
      of: measurements(images, of: score, classes: classes(2)),
      for: try headline(score, "pool(pixel) > score > mean(class) > min(image, batch)")
    ).classes
    #expect(classes.map(\.headroom) == [0.375, 0.5])
    #expect(classes.map(\.reach) == [0.5, 0.5])
  }

  @Test("a rare class's constant stays itself where pixels are selected from 8-bit planes")
  func selectivePixels() throws {
    let truth = (0..<1000).map { UInt8($0 == 0 ? 1 : 0) }
    let levels = [UInt8](repeating: 20, count: 1000)
    let image = ImagePair(
      name: "drawn", width: 1000, height: 1, prediction: .levels([levels]), truth: .masks([truth]))
    let run = DrawnRun(classes: classes(1), images: [image], areClassesExclusive: false)
    let diagnosis = try run.diagnosis(
      of: measure("bce"), by: "max(pixel) > mean(class, image, batch)")
    #expect(isClose(diagnosis.printed, -log(20.0 / 255), Self.clipping))
    #expect(isClose(diagnosis.scale, -log(0.001), 1e-3))
  }
}

// MARK: - By hand

/// Chains for losses, and what they make of values by loops over images, classes and pixels; `nil`
/// is a value that does not exist.
enum Route: String, CaseIterable {
  case keras = "mean(class) > mean(pixel) > mean(image) > mean(batch, by: images)"
  case pixelMean = "mean(class) > mean(pixel, image, batch)"
  case classLast = "mean(pixel, image, batch) > mean(class)"
  case perImage = "mean(pixel) > mean(class) > mean(image, batch)"

  func value(_ losses: [[[Double?]]]) -> Double {
    let value =
      switch self {
      case .keras: mean(losses.map { mean(pixels($0)) })
      case .pixelMean: mean(losses.flatMap(pixels))
      case .classLast: mean(losses[0].indices.map { c in mean(losses.flatMap { $0[c] }) })
      case .perImage: mean(losses.map { mean($0.map(mean)) })
      }
    return value ?? .nan
  }

  private func pixels(_ image: [[Double?]]) -> [Double?] {
    image[0].indices.map { pixel in mean(image.map { $0[pixel] }) }
  }
}

private func mean(_ values: [Double?]) -> Double? {
  let defined = values.compactMap(\.self)
  return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
}

/// −s·ln s − (1 − s)·ln(1 − s)
func entropy(_ share: Double) -> Double {
  share > 0 && share < 1 ? -share * log(share) - (1 - share) * log(1 - share) : 0
}

func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}

extension [[[Double?]]] {
  fileprivate func replacing(_ c: Int, by value: Double) -> Self {
    map { image in image.enumerated().map { $0 == c ? $1.map { $0.map { _ in value } } : $1 } }
  }
}

/// Three images of unequal size in batches of two; c is rare and not in the last one. The
/// probabilities of a pixel add up to 1 and lean towards the truth, c's less than the others'.
private struct Drawn {
  var truths: [String]
  var probabilities: [[[Double]]] = []
  var list: ClassList
  var weights: [Double]

  init(
    truths: [String] = ["aaaabbbbbbac", "aabbbbcc", "aaabb"], classCount: Int = 3,
    weights: [Double] = [], copies: Int = 1
  ) {
    self.truths = (0..<copies).flatMap { _ in truths }
    list = classes(classCount)
    self.weights = weights
    var state: UInt64 = 2026
    for truth in truths {
      let columns = labels(truth).map { label in
        let raw = (0..<classCount).map { c in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let noise = 0.05 + Double(state >> 40) / 0x1p24
          return label == Label(c) ? noise + (c == 2 ? 0.2 : 1.5) : noise
        }
        return raw.map { $0 / raw.reduce(0, +) }
      }
      probabilities.append((0..<classCount).map { c in columns.map { $0[c] } })
    }
    probabilities = (0..<copies).flatMap { [probabilities] _ in probabilities }
  }

  func diagnosis(of measure: Measure, by chain: String) throws -> Diagnosis {
    let images = zip(truths, probabilities).map {
      ImagePair(truth: .labels(labels($0)), probabilities: $1)
    }
    return try DrawnRun(
      classes: list, images: images, batchSize: 2, weights: weights
    ).diagnosis(
      of: measure, by: chain)
  }

  /// A value at every image, class and pixel.
  func map(_ value: (_ p: Double, _ isTrue: Bool) -> Double) -> [[[Double?]]] {
    zip(truths, probabilities).map { truth, classes in
      classes.enumerated().map { c, plane in
        zip(plane, labels(truth)).map { value($0, $1 == Label(c)) }
      }
    }
  }

  /// A value at every pixel's true class.
  func ownPixels(_ value: (_ p: [Double], _ y: Int) -> Double) -> [[[Double?]]] {
    zip(truths, probabilities).map { truth, classes in
      classes.indices.map { c in
        labels(truth).enumerated().map { pixel, y in
          y == Label(c) ? value(classes.map { $0[pixel] }, c) : nil
        }
      }
    }
  }

  func unit(_ c: Int, ownPixelsOnly: Bool) -> [[[Double?]]] {
    let ones = map { _, isTrue in isTrue || !ownPixelsOnly ? 1 : 0 }
    return (0..<list.count).reduce(ones) { $1 == c ? $0 : $0.replacing($1, by: 0) }
  }

  /// Each class's share of all pixels.
  var shares: [Double] {
    let all = truths.flatMap(labels)
    return (0..<list.count).map { c in Double(all.count { $0 == Label(c) }) / Double(all.count) }
  }
}
