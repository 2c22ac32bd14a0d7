import Core
import Counting
import Foundation
import Raster
import Testing

@Suite("What a loss may have been before its plane was rounded")
struct BoundsTests {
  @Test(
    "is what the textbook says at the ends of what each level stands for",
    arguments: Textbook.allCases, Saved.allCases)
  func textbook(loss: Textbook, saved: Saved) throws {
    for count in [1, 8, 9, 1000, 4096, 4097] {
      let levels = saved.levels(of: samples(count))
      let labels = standings(count)
      let tally = try saved.tally(levels, labels, [loss.measure])
      let bounds = try #require(tally.bounds.first)
      var low = (own: 0.0, other: 0.0)
      var high = low
      for (level, label) in zip(levels, labels) where label != .ignored {
        let ends = saved.ends(level).map { loss.value(Pixel($0), isOwn: label == 0) }
        if label == 0 {
          low.own += ends.min() ?? 0
          high.own += ends.max() ?? 0
        } else {
          low.other += ends.min() ?? 0
          high.other += ends.max() ?? 0
        }
      }
      #expect(isClose(Double(bounds.low.own), low.own), "\(count) pixels")
      #expect(isClose(Double(bounds.low.other), low.other), "\(count) pixels")
      #expect(isClose(Double(bounds.high.own), high.own), "\(count) pixels")
      #expect(isClose(Double(bounds.high.other), high.other), "\(count) pixels")
    }
  }

  @Test(
    "holds, for every loss that judges classes apart, what was saved and what may have been there",
    arguments: BoundsTests.losses, Saved.allCases)
  func holds(loss: Loss, saved: Saved) throws {
    let numbers = samples(2000)
    let levels = saved.levels(of: numbers)
    let labels = standings(2000)
    let measures = [try measure(loss.name, loss.parameters)]
    let rounded = try saved.tally(levels, labels, measures)
    let exact = try tally(
      pair(.probabilities([plane(numbers)]), .labels(labels)), classes: 1, measures
    )
    .classes[0].losses[0]
    let bounds = rounded.bounds[0]
    for sum in [rounded.losses[0], exact] {
      #expect(bounds.low.own.units <= sum.positive.units)
      #expect(sum.positive.units <= bounds.high.own.units)
      #expect(bounds.low.other.units <= sum.negative.units)
      #expect(sum.negative.units <= bounds.high.other.units)
    }
  }

  @Test("of scikit-learn's losses lies around what NumPy makes of a level, in double precision")
  func levelsInDouble() throws {
    for saved in Saved.allCases {
      let top = Int(saved.top)
      for level in [1, 100, top / 2, top - 1] {
        let p = Double(level) / saved.top
        for label in [0, 1] as [Label] {
          let isOwn = label == 0
          let tally = try saved.tally([level], [label], [measure("log-loss"), measure("brier")])
          let values = tally.losses.map { Double(isOwn ? $0.positive : $0.negative) }
          let expected = [-Foundation.log(isOwn ? p : 1 - p), isOwn ? (p - 1) * (p - 1) : p * p]
          #expect(isClose(values, expected, within: 1e-12), "\(saved), level \(level)")
        }
      }
    }
  }

  @Test("has its least value at the smoothed truth, where that lies between a level's ends")
  func valley() throws {
    // With s = 0.004 the truth 1 becomes 0.998, which is 254.49 levels: within level 254.
    let tally = try Saved.rounded8.tally([254], [0], [measure("bce", ["label_smoothing": 0.004])])
    let least = -(0.998 * Foundation.log(0.998) + 0.002 * Foundation.log(0.002))
    #expect(isClose(Double(tally.bounds[0].low.own), least, within: 1e-7))
    #expect(tally.bounds[0].low.own.units < tally.losses[0].positive.units)
  }

  @Test("lies on one side of what was saved, where planes were truncated")
  func truncated() throws {
    for (level, label) in [(0, 0), (0, 1), (100, 0), (100, 1), (254, 0), (254, 1)] as [(Int, Label)]
    {
      let tally = try Saved.truncated8.tally([level], [label], [measure("bce")])
      let (sum, bounds) = (tally.losses[0], tally.bounds[0])
      if label == 0 {
        #expect(bounds.high.own == sum.positive && bounds.low.own.units < sum.positive.units)
      } else {
        #expect(bounds.low.other == sum.negative && bounds.high.other.units > sum.negative.units)
      }
    }
    // Only 1 itself is truncated to the highest level.
    let top = try Saved.truncated8.tally([255], [1], [measure("bce")])
    #expect(top.bounds[0].low == top.bounds[0].high)
  }

  @Test("is not asked of floats and logits, nor of a loss that is made from all classes")
  func none() throws {
    let measures = [try measure("bce"), try measure("ce")]
    let numbers = [0.25, 0.5]
    for prediction: Prediction in [
      .probabilities([plane(numbers)]), .probabilities([plane(numbers, .f8)]),
      .logits([plane(numbers)]),
    ] {
      let tally = try tally(pair(prediction, .labels([0, .none])), classes: 1, measures)
      #expect(tally.classes[0].bounds.isEmpty)
    }
    let tally = try tally(pair(.levels([[64, 128]]), .labels([0, .none])), classes: 1, measures)
    #expect(tally.classes[0].bounds.map { $0 == .zero } == [false, true])
  }

  static let losses: [Loss] = [
    Loss(name: "bce"), Loss(name: "bce", parameters: ["label_smoothing": 0.1]),
    Loss(name: "bce", parameters: ["label_smoothing": 1]),
    Loss(name: "bce", parameters: ["epsilon": 0.1]), Loss(name: "tf-keras-bce"),
    Loss(name: "keras-2-bce"), Loss(name: "torch-bce"), Loss(name: "log-loss"), Loss(name: "focal"),
    Loss(name: "focal", parameters: ["gamma": 0]),
    Loss(name: "focal", parameters: ["gamma": 0.5, "alpha": 0.25]), Loss(name: "mse"),
    Loss(name: "mae"), Loss(name: "brier"), Loss(name: "one"),
  ]

  struct Loss: Sendable {
    var name: String
    var parameters: [String: Double] = [:]
  }

  /// Both ends, a hair from them, and numbers in between.
  private func samples(_ count: Int) -> [Double] {
    let ends = [0, 1, 0.5, 1e-8, 1 - 0x1p-20, 1.0 / 600, 1e-4, 0.999]
    return zip(0..., drawn(count)).map { $0 % 3 == 0 ? ends[$0 / 3 % ends.count] : $1 }
  }

  /// Half are the class's own pixels; the first of seven does not count, unless it is alone.
  private func standings(_ count: Int) -> [Label] {
    (0..<count).map { count == 1 ? 0 : [.ignored, 0, 0, .none, 0, .none, .none][$0 % 7] }
  }
}

/// How a plane of levels was written.
enum Saved: CaseIterable {
  case rounded8, truncated8, rounded16, truncated16

  var top: Double { self == .rounded8 || self == .truncated8 ? 255 : 65535 }
  var quantisation: Quantisation {
    self == .rounded8 || self == .rounded16 ? .round : .truncate
  }

  func levels(of numbers: [Double]) -> [Int] {
    numbers.map { number in
      // In single precision, as arrays of the frameworks are.
      let level = Float(number) * Float(top)
      return Int(quantisation == .round ? level.rounded(.toNearestOrEven) : level.rounded(.down))
    }
  }

  func ends(_ level: Int) -> [Float] {
    let ends =
      quantisation == .round
      ? [Float(level) - 0.5, Float(level) + 0.5] : [Float(level), Float(level) + 1]
    return ends.map { min(max($0, 0), Float(top)) / Float(top) }
  }

  /// One class of one row.
  func tally(_ levels: [Int], _ labels: [Label], _ measures: [Measure]) throws -> ClassTally {
    let prediction: Prediction =
      top == 255
      ? .levels([levels.map { UInt8($0) }])
      : .probabilities([plane(levels.map { Double($0) / top }, .u2)])
    var scheme = scheme(1, measures)
    scheme.quantisation = quantisation
    var counter = try Counter(for: Needs(scheme))
    let tally = try counter.count(
      pair(prediction, .labels(labels)), in: Region(width: levels.count, height: 1))
    return tally.classes[0]
  }
}
