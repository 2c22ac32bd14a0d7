import Core
import Foundation
import TestSupport
import Testing

@Suite("Statistics are added")
struct StatisticLawsTests {
  /// Every statistic; a new one gets the laws by joining this list.
  static let all = [
    StatisticLaws(of: Overlap.self),
    StatisticLaws(of: SoftSums.self),
    StatisticLaws(of: LossSum.self),
    StatisticLaws(of: WeightedSum.self),
    StatisticLaws(of: SplitSum.self),
    StatisticLaws(of: LossBounds.self),
    StatisticLaws(of: SaturatedCounts.self),
    StatisticLaws(of: TieCounts.self),
    StatisticLaws(of: TiedOverlap.self),
    StatisticLaws(of: BorderCounts.self),
    StatisticLaws(of: Remarks.self),
    StatisticLaws { ExactSum(random: &$0) },
    StatisticLaws { LevelHistogram(random: &$0) },
    StatisticLaws { Confusion(random: &$0) },
    StatisticLaws { Confusion(random: &$0, classes: 1 << 17, counts: 1 << 40) },
    StatisticLaws { Confusion(random: &$0, counts: 1 << 32) },
    StatisticLaws { LevelCounts(LevelHistogram(random: &$0)) },
    StatisticLaws { DistanceCounts(random: &$0) },
    StatisticLaws { SurfaceDistances(random: &$0) },
    StatisticLaws { ClassTally(random: &$0) },
    StatisticLaws { ClassTally(random: &$0, counts: 1 << 33) },
    StatisticLaws { Tally(random: &$0) },
    StatisticLaws { LabelPairs(random: &$0) },
    StatisticLaws { TurnedClass(random: &$0) },
    StatisticLaws { ValueRange(random: &$0) },
    StatisticLaws { Glance(random: &$0) },
  ]

  @Test("in any order, in any grouping, and nothing changes nothing", arguments: all)
  func laws(statistic: StatisticLaws) { #expect(statistic.broken().isEmpty) }

  @Test("no statistic is left out")
  func complete() throws {
    let listed = Set(Self.all.map(\.description))
    for statistic in try declaredStatistics() where !Self.elsewhere.contains(statistic) {
      #expect(listed.contains(statistic), "\(statistic) has no laws")
    }
  }

  /// Statistics of the layers above, whose laws stand in those layers' tests.
  private static let elsewhere: Set = ["Counted"]

  /// All that the sources declare; private ones are parts of others.
  private func declaredStatistics() throws -> [String] {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var names: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      names += text.matches(of: /package struct (\w+): ([\w, ]+) {/)
        .filter { $0.2.split(separator: ", ").contains { $0.hasSuffix("Statistic") } }
        .map { String($0.1) }
    }
    try #require(names.contains("Overlap"))
    return names
  }
}

@Suite("Sums of reals are exact")
struct ExactSumTests {
  @Test("a thousand reals shuffled have the same sum, bit for bit")
  func shuffled() throws {
    var random = SeededGenerator(seed: 3)
    var terms = (0..<1000).map { index in
      Double.random(in: -1...1, using: &random) * [1e-12, 1e-3, 1, 1e9][index % 4]
    }
    let sum = try total(terms)
    for _ in 0..<20 {
      terms.shuffle(using: &random)
      #expect(try total(terms) == sum)
      #expect(try Double(total(terms)).bitPattern == Double(sum).bitPattern)
    }
  }

  @Test("a term is rounded by 2⁻⁶¹ at most")
  func rounding() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<1000 {
      // Below 2⁻⁷ the units fit 53 bits, so that their difference is exact too.
      let small = Double.random(in: -0x1p-7..<0x1p-7, using: &random)
      let units = Double(try #require(ExactSum(small)).units)
      #expect((units - small * 0x1p60).magnitude <= 0.5)
    }
  }

  @Test("a term of 2⁻⁷ or more is not rounded at all")
  func exactTerms() throws {
    var random = SeededGenerator(seed: 5)
    for scale in [0x1p-6, 1, 1e3, 1e9, 0x1p39] {
      for _ in 0..<100 {
        let term = Double.random(in: 0.5...1, using: &random) * scale
        #expect(try Double(#require(ExactSum(term))) == term)
        #expect(try Double(#require(ExactSum(-term))) == -term)
      }
    }
  }

  @Test("a sum of terms may be as large as 2⁶⁶, either way")
  func largeSums() {
    for sum in [0, 0x1p-60, 15.9, 16, 16.1, 0x1p40, 0x1.fffffffffffffp65, 0x1p66] {
      #expect(ExactSum(near: sum).units == Int128(sum * 0x1p60))
      #expect(ExactSum(near: -sum).units == -Int128(sum * 0x1p60))
    }
  }

  @Test("a tie goes to the even unit")
  func ties() throws {
    for (halves, units) in [(1.0, 0), (3, 2), (5, 2), (-1, 0), (-3, -2)] as [(Double, Int128)] {
      #expect(try #require(ExactSum(halves * 0x1p-61)).units == units)
    }
  }

  @Test(
    "what is not finite or is 2⁴⁰ or more away from 0 is refused",
    arguments: [.nan, .signalingNaN, .infinity, -.infinity, 0x1p40, -0x1p40, 1e300])
  func refused(value: Double) { #expect(ExactSum(value) == nil) }

  @Test("the largest terms are taken, and 2²⁶ of them fit")
  func largest() throws {
    let largest = Double(0x1p40).nextDown
    let term = try #require(ExactSum(largest))
    #expect(Double(term) == largest)
    #expect(Double(term * (1 << 26)) == largest * 0x1p26)
  }

  @Test("the sum becomes the nearest double")
  func nearest() {
    let spacing = Int128(1) << 48  // of doubles at 2¹⁰⁰
    let base = Int128(1) << 100
    for (added, doubled) in [
      (spacing / 2 - 1, 0), (spacing / 2, 0), (spacing / 2 + 1, 1), (spacing * 3 / 2, 2),
    ] as [(Int128, Double)] {
      #expect(Double(ExactSum(units: base + added)) == 0x1p40 + doubled * 0x1p-12)
      #expect(Double(ExactSum(units: -base - added)) == -0x1p40 - doubled * 0x1p-12)
    }
    #expect(Double(ExactSum(units: (1 << 60) + 1)) == 1)
  }

  @Test("equal terms may be counted")
  func multiplied() throws {
    let tenth = try #require(ExactSum(0.1))
    #expect(tenth * 3 == tenth + tenth + tenth)
    #expect(tenth - tenth == .zero)
  }

  func total(_ terms: [Double]) throws -> ExactSum {
    try terms.reduce(.zero) { $0 + (try #require(ExactSum($1))) }
  }
}

@Suite("The confusion of exclusive classes")
struct ConfusionTests {
  // A digit is a class, `.` none of the three.
  let truth = Array("0001112..2012")
  let guess = Array("0011.02.1222.")

  @Test("each class's overlap is what counting its pixels gives")
  func overlaps() {
    let overlaps = confusion(truth, guess).overlaps(classes: 3)
    for (c, mark) in "012".enumerated() {
      var counted = Overlap.zero
      for (t, p) in zip(truth, guess) {
        switch (t == mark, p == mark) {
        case (true, true): counted.both += 1
        case (true, false): counted.onlyTrue += 1
        case (false, true): counted.onlyPredicted += 1
        case (false, false): counted.neither += 1
        }
      }
      #expect(overlaps[c] == counted)
      #expect(overlaps[c].pixels == truth.count)
    }
  }

  @Test("pixels predicted as no class of the list are counted, whatever is true there")
  func unlisted() { #expect(confusion(truth, guess).unlisted(classes: 3) == 3) }

  @Test("no cell is empty, and cells are in order")
  func sparse() {
    let entries = confusion(truth, guess).entries
    #expect(entries.allSatisfy { $0.count > 0 })
    #expect(
      entries.map { [$0.truth, $0.predicted] }
        == entries.map { [$0.truth, $0.predicted] }.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(Confusion([.init(truth: 0, predicted: 1, count: 0)]) == .zero)
  }

  /// Pixel by pixel.
  func confusion(_ truth: [Character], _ guess: [Character]) -> Confusion {
    zip(truth, guess).reduce(.zero) { sum, pixel in
      let (t, p) = (pixel.0.wholeNumberValue ?? 3, pixel.1.wholeNumberValue ?? 3)
      return sum + Confusion([.init(truth: t, predicted: p, count: 1)])
    }
  }
}

// MARK: - Random statistics

extension LevelHistogram {
  fileprivate init(random: inout SeededGenerator) {
    func counts() -> [Int] { (0..<256).map { _ in .random(in: 0..<9, using: &random) } }
    self.init(own: counts(), other: counts())
  }
}

extension Confusion {
  /// A few cells, of five classes unless more are asked for.
  fileprivate init(random: inout SeededGenerator, classes: Int = 5, counts: Int = 9) {
    self = (0..<Int.random(in: 0..<6, using: &random)).reduce(.zero) { sum, _ in
      sum
        + Confusion([
          .init(
            truth: .random(in: 0...classes, using: &random),
            predicted: .random(in: 0...classes, using: &random),
            count: .random(in: 1..<counts, using: &random))
        ])
    }
  }
}

extension DistanceCounts {
  /// Near ones, far ones or none.
  fileprivate init(random: inout SeededGenerator) {
    let farthest = [9, 1 << 40].randomElement(using: &random) ?? 0
    self.init(
      squared: (0..<Int.random(in: 0..<9, using: &random)).map { _ in
        .random(in: 0...farthest, using: &random)
      })
    if Bool.random(using: &random) {
      self += DistanceCounts(unreached: .random(in: 0..<99, using: &random))
    }
  }
}

extension SurfaceDistances {
  fileprivate init(random: inout SeededGenerator) {
    self.init(predicted: .init(random: &random), truth: .init(random: &random))
  }
}

extension ClassTally {
  /// With two losses, or with none yet.
  fileprivate init(random: inout SeededGenerator, counts: Int = 1000) {
    let hasLosses = Bool.random(using: &random)
    self.init(
      overlap: .init(random: &random, counts: counts), soft: .init(random: &random),
      losses: (0..<(hasLosses ? 2 : 0)).map { _ in LossSum(random: &random) },
      weighted: (0..<(hasLosses ? 2 : 0)).map { _ in WeightedSum(random: &random) },
      first: .random(in: 0..<counts, using: &random),
      onIgnored: .random(in: 0..<counts, using: &random),
      saturated: .init(random: &random), border: .init(random: &random),
      distances: .init(random: &random),
      bounds: (0..<(hasLosses ? 2 : 0)).map { _ in LossBounds(random: &random) },
      capped: (0..<(hasLosses ? 2 : 0)).map { _ in SplitSum(random: &random) })
  }
}

extension Tally {
  /// Of three classes, or of none yet.
  fileprivate init(random: inout SeededGenerator) {
    self.init()
    pixels = .random(in: 0..<1000, using: &random)
    overlapping = .random(in: 0..<1000, using: &random)
    unclassed = .random(in: 0..<1000, using: &random)
    weight = ExactSum(random: &random)
    confusion = Confusion(random: &random)
    guard Bool.random(using: &random) else { return }
    classes = (0..<3).map { _ in ClassTally(random: &random) }
    repairs = (0..<9).map { _ in ExactSum(random: &random) }
  }
}

extension LabelPairs {
  fileprivate init(random: inout SeededGenerator) {
    var counts: [Pair: Int] = [:]
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      counts[
        Pair(
          truth: .random(in: -2...9, using: &random), predicted: .random(in: 0...9, using: &random))
      ] = .random(in: 1..<99, using: &random)
    }
    self.init(counts)
  }
}

extension TurnedClass {
  fileprivate init(random: inout SeededGenerator) {
    self.init(
      both: .random(in: 0..<99, using: &random), truth: .random(in: 0..<99, using: &random),
      predicted: .random(in: 0..<99, using: &random))
  }
}

extension ValueRange {
  fileprivate init(random: inout SeededGenerator) {
    self.init()
    count = .random(in: 0..<99, using: &random)
    inUnit = .random(in: 0..<99, using: &random)
    decided = .random(in: 0..<99, using: &random)
    zeros = .random(in: 0..<99, using: &random)
    logarithms = .random(in: 0..<99, using: &random)
    clippedSums = .random(in: 0..<99, using: &random)
    pixels = .random(in: 0..<99, using: &random)
    open = .random(in: 0..<99, using: &random)
    summingToOne = .random(in: 0..<99, using: &random)
    millionths = .random(in: -99..<99, using: &random)
    planes = .random(in: 0..<99, using: &random)
    stretched = .random(in: 0..<99, using: &random)
    guard Bool.random(using: &random) else { return }
    least = .random(in: -9..<0, using: &random)
    most = .random(in: 0..<9, using: &random)
    levels = Bool.random(using: &random) ? 255 : 65535
  }
}

extension ImageView {
  fileprivate init(random: inout SeededGenerator) {
    func places() -> [Int] { (0..<4).filter { _ in Bool.random(using: &random) } }
    self.init(
      index: .random(in: 0..<3, using: &random), rows: 2, columns: 2,
      truth: [places(), places()], predicted: [places(), places()], ignored: places())
  }
}

extension Glance {
  /// Of two classes, with the turns that some images allow.
  fileprivate init(random: inout SeededGenerator) {
    self.init()
    pixels = .random(in: 0..<99, using: &random)
    labels = LabelPairs(random: &random)
    planes = LabelPairs(random: &random)
    values = ValueRange(random: &random)
    views = (0..<Int.random(in: 0..<3, using: &random)).map { _ in ImageView(random: &random) }
      .sorted()
    for turn in Turn.allCases where Bool.random(using: &random) {
      turned[turn] = (0..<2).map { _ in TurnedClass(random: &random) }
    }
  }
}
