import Core
import Counting
import Foundation
import Raster
import Testing

@Suite("A loss map")
struct LossMapTests {
  private let levels: [[UInt8]] = [[0, 51, 255, 128, 7, 9], [255, 0, 3, 200, 90, 1]]
  private let labels = Drawing("01-/0.1").labels

  @Test(
    "adds up to what is counted of the image, on a class's own pixels and on the others",
    arguments: Textbook.allCases, Input.allCases)
  func sums(loss: Textbook, input: Input) throws {
    // A block and a bit, so that the second begins within a row.
    let planes = [drawn(4151), drawn(4151, seed: 2)]
    let labels = (0..<4151).map { [Label(1), 0, .ignored, .none, 1][$0 % 5] }
    let pair = pair(input.prediction(planes), .labels(labels), width: 7)
    let map = try LossMap(of: loss.measure, over: pair, areClassesExclusive: false)
    let tally = try tally(pair, classes: 2, [loss.measure])
    for c in 0..<2 {
      let sum = tally.classes[c].losses[0]
      let losses = ClassLosses(of: map, at: c, truth: pair.truth)
      #expect(losses.own.count == sum.positives)
      #expect(losses.other.count == sum.negatives)
      #expect(isClose(losses.own.sum, Double(sum.positive)))
      #expect(isClose(losses.other.sum, Double(sum.negative)))
    }
  }

  @Test("is NaN at an ignored pixel and nowhere else")
  func ignored() throws {
    let map = try self.map(of: "bce", over: pair(.levels(levels), .labels(labels)))
    for plane in map.planes { #expect(plane.map(\.isNaN) == labels.map { $0 == .ignored }) }
    #expect(map.pixelLosses.map(\.isNaN) == labels.map { $0 == .ignored })
  }

  @Test("of one class is that class's plane of the whole map")
  func oneClass() throws {
    let pair = pair(.levels(levels), .labels(Drawing("010/101").labels), width: 3)
    for name in ["mse", "ce"] {
      let (all, one) = (
        try map(of: name, over: pair),
        try map(of: name, over: pair, class: 1)
      )
      #expect((all.classes, one.classes) == ([0, 1], [1]))
      for (a, b) in zip(all.planes[1], one.planes[0]) { #expect(a == b || a.isNaN && b.isNaN) }
    }
  }

  @Test("has at each pixel the mean over the classes that are judged apart")
  func meanOverClasses() throws {
    let planes = [[0.5, 1], [0.25, 0]].map { plane($0) }
    let map = try self.map(
      of: "mae", over: pair(.probabilities(planes), .masks([[1, 1], [0, 1]])))
    #expect(map.planes == [[0.5, 0], [0.25, 1]])
    #expect(map.pixelLosses == [0.375, 0.5])
  }

  @Test("of a categorical loss exists at the true class, and where there is none it is NaN")
  func categorical() throws {
    let planes = [[0.5, 0.25, 0.75, 1], [0.5, 0.75, 0.25, 0]].map { plane($0) }
    let map = try self.map(
      of: "ce", over: pair(.probabilities(planes), .labels(Drawing("01.-").labels)))
    #expect(map.planes[0].map(\.isNaN) == [false, true, true, true])
    #expect(map.planes[1].map(\.isNaN) == [true, false, true, true])
    #expect(
      isClose(Array(map.pixelLosses.prefix(2)), [naturalLogarithm(2), -naturalLogarithm(0.75)]))
    #expect(map.pixelLosses.suffix(2).allSatisfy { $0.isNaN })
  }

  @Test("of a categorical loss where several classes are true has the sum of their terms, as Keras")
  func severalTrueClasses() throws {
    let planes = [[0.5], [0.25], [0.25]].map { plane($0) }
    let map = try self.map(of: "ce", over: pair(.probabilities(planes), .masks([[1], [1], [0]])))
    #expect(isClose(map.pixelLosses, [naturalLogarithm(8)]))
  }

  @Test("has no −0, which frameworks' maps contain")
  func negativeZero() throws {
    let ones = plane([1, 1])
    for name in ["torch-bce", "tf-keras-bce", "mse", "ce"] {
      let map = try self.map(of: name, over: pair(.probabilities([ones]), .labels([0, 0])))
      #expect(map.pixelLosses.allSatisfy { $0.sign == .plus })
    }
  }

  @Test("of logits of exclusive classes is that of their softmax, also where one class is wanted")
  func softmax() throws {
    let logits = [[0, 3, -2], [1, -1, 0.5]]
    let softmax = logits.indices.map { c in
      logits[c].indices.map {
        Foundation.exp(logits[c][$0])
          / (Foundation.exp(logits[0][$0]) + Foundation.exp(logits[1][$0]))
      }
    }
    let truth = Truth.labels(Drawing("011").labels)
    let expected = try map(
      of: "mae", over: pair(.probabilities(softmax.map { plane($0, .f8) }), truth))
    let given = pair(.logits(logits.map { plane($0, .f8) }), truth)
    let all = try map(of: "mae", over: given, exclusive: true)
    for (a, b) in zip(all.planes, expected.planes) { #expect(isClose(a, b)) }
    let one = try map(of: "mae", over: given, class: 1, exclusive: true)
    #expect(one.planes == [all.planes[1]])
  }

  @Test("with label smoothing has a term of every class at every counted pixel")
  func smoothing() throws {
    let planes = [[0.5, 0.25], [0.5, 0.75]].map { plane($0, .f8) }
    let loss = try measure("ce", ["label_smoothing": 0.2])
    let map = try LossMap(
      of: loss, over: pair(.probabilities(planes), .labels(Drawing("0-").labels)),
      areClassesExclusive: true)
    #expect(isClose(map.planes.map { $0[0] }, [0.9, 0.1].map { $0 * naturalLogarithm(2) }))
    #expect(map.planes.allSatisfy { $0[1].isNaN })
  }

  @Test("names the pixel of a probability that is none")
  func badProbability() throws {
    let pair = pair(
      .probabilities([plane([0.5, 0.5, 1.5, 0.5])]), .labels([0, 0, 0, 0]), width: 2)
    for name in ["bce", "ce"] {
      let text = problem { _ = try map(of: name, over: pair) }
      #expect(
        text?.hasPrefix("probability 1.5 at class 0, row 1, column 0 lies outside 0…1") == true)
    }
  }

  @Test("has its worst pixel where a class's largest loss is, the first of equal ones")
  func worstPixel() throws {
    let pair = pair(.levels([[0, 255, 255, 0]]), .labels(Drawing("0-.0").labels))
    let losses = ClassLosses(
      of: try map(of: "mae", over: pair), at: 0, truth: pair.truth)
    #expect(losses.worstPixel == 0)
    #expect((losses.own.mean, losses.other.mean) == (1, 1))
  }

  private func map(
    of name: String, over pair: ImagePair, class c: Int? = nil, exclusive: Bool = false
  ) throws -> LossMap {
    try LossMap(of: measure(name), over: pair, class: c, areClassesExclusive: exclusive)
  }
}

@Suite("The statistics of a map")
struct MapStatisticsTests {
  @Test("are mean, sum, ends and the standard deviation that divides by n")
  func values() {
    let statistics = MapStatistics(of: [2, 4, .nan, 4, 4, 5, 5, 7, 9])
    #expect((statistics.count, statistics.sum, statistics.mean) == (8, 40, 5))
    #expect((statistics.smallest, statistics.largest, statistics.deviation) == (2, 9, 2))
  }

  @Test("of nothing do not exist")
  func nothing() {
    let statistics = MapStatistics(of: [.nan])
    #expect((statistics.count, statistics.sum) == (0, 0))
    #expect(statistics.mean == nil && statistics.largest == nil && statistics.deviation == nil)
  }

  @Test("do not lose small terms among many")
  func compensation() {
    let sum = MapStatistics(of: [1] + [Double](repeating: 0x1p-54, count: 1 << 14)).sum
    #expect(sum == 1 + 0x1p-40)
  }
}
