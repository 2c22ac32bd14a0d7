package import Core

/// The laws that every statistic keeps, so that parts of a run may come in any order and in any
/// grouping: of one statistic, on values that are drawn.
package struct StatisticLaws: Sendable, CustomStringConvertible {
  /// The statistic's name.
  package let description: String
  /// The laws that do not hold.
  package let broken: @Sendable () -> Set<Law>

  package enum Law: Sendable {
    /// a + b = b + a
    case commutative
    /// (a + b) + c = a + (b + c)
    case associative
    /// a + 0 = 0 + a = a
    case zero
    /// `+=` adds what `+` does.
    case inPlace
    /// A whole is the sum of its tiles, however these are shuffled and put together.
    case wholeOfTiles
    /// The columns of a + b are the sums of those of a and of b, and those of 0 are 0.
    case columns
  }

  /// Of a statistic whose numbers are declared, with all that this takes.
  package init<S: ColumnStatistic>(of statistic: S.Type) {
    let laws = StatisticLaws { S(random: &$0) }
    description = laws.description
    broken = {
      var random = SeededGenerator(seed: 12)
      let (a, b) = (S(random: &random), S(random: &random))
      let sums = zip(a.numbers, b.numbers).map { $0 + $1 }
      let holds = (a + b).numbers == sums && S.zero.numbers.allSatisfy { $0 == 0 }
      return holds ? laws.broken() : laws.broken().union([.columns])
    }
  }

  package init<S: Statistic>(_ draw: @escaping @Sendable (inout SeededGenerator) -> S) {
    description = "\(S.self)"
    broken = {
      var random = SeededGenerator(seed: 11)
      var broken: Set<Law> = []
      func expect(_ holds: Bool, _ law: Law) { if !holds { broken.insert(law) } }
      for _ in 0..<50 {
        let (a, b, c) = (draw(&random), draw(&random), draw(&random))
        expect(a + b == b + a, .commutative)
        expect((a + b) + c == a + (b + c), .associative)
        expect(a + .zero == a && .zero + a == a, .zero)
        var sum = a
        sum += b
        expect(sum == a + b, .inPlace)

        var tiles = (0..<8).map { _ in draw(&random) }
        let whole = tiles.reduce(.zero, +)
        tiles.shuffle(using: &random)
        let cut = Int.random(in: 0...8, using: &random)
        let shards = tiles[..<cut].reduce(.zero, +) + tiles[cut...].reduce(.zero, +)
        expect(shards == whole, .wholeOfTiles)
      }
      return broken
    }
  }
}
