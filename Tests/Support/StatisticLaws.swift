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
