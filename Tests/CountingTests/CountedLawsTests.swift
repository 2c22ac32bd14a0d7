import Core
import Counting
import TestSupport
import Testing

@Suite("What was counted is added")
struct CountedLawsTests {
  /// `Counted` of every kind of prediction; it has no laws beside the other statistics, which know
  /// nothing of counting.
  static let all = PartsTests.Kind.allCases.map { kind in
    StatisticLaws { Counted(of: kind, random: &$0) }
  }

  @Test("in any order, in any grouping, and nothing changes nothing", arguments: all)
  func laws(statistic: StatisticLaws) { #expect(statistic.broken().isEmpty) }

  @Test("values that are drawn differ, and of some kinds they have levels")
  func drawn() {
    var random = SeededGenerator(seed: 1)
    for kind in PartsTests.Kind.allCases {
      let values = (0..<4).map { _ in Counted(of: kind, random: &random) }
      #expect(Set(values).count > 1)
      let haveLevels: [PartsTests.Kind] = [.levels, .exclusiveLevels, .shareLevels]
      #expect(values[0].levels.isEmpty != haveLevels.contains(kind))
    }
  }
}

extension Counted {
  /// Of a few pixels of a drawn image.
  fileprivate init(of kind: PartsTests.Kind, random: inout SeededGenerator) {
    self = .zero
    let (width, height) = (23, 9)
    let tiles = Region.tiles(width: width, height: height, side: 4)
    do {
      var counter = Counter(for: try kind.needs)
      let tile = tiles[Int.random(in: tiles.indices, using: &random)]
      self = try counter.count(
        kind.pair(width: width, height: height), in: tile, blocks: 0..<tile.blocks)
    } catch {
      Issue.record(error)
    }
  }
}
