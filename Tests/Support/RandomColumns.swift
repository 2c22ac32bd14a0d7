package import Core

extension ColumnStatistic {
  /// Drawn number by number.
  package init(random: inout SeededGenerator, counts: Int = 1 << 40) {
    var column = RandomColumn(random: random, counts: counts)
    self = .zero
    forEachColumn(&column)
    random = column.random
  }

  /// Of its columns, in their order; sums in units of 2⁻⁶⁰.
  var numbers: [Int128] {
    var (statistic, column) = (self, ListedColumn())
    statistic.forEachColumn(&column)
    return column.numbers
  }
}

extension ExactSum {
  package init(random: inout SeededGenerator) {
    self.init(units: .random(in: -(1 << 100)...(1 << 100), using: &random))
  }
}

private struct RandomColumn: ColumnVisitor {
  var random: SeededGenerator
  let counts: Int

  mutating func callAsFunction(_: String, _ count: inout Int, _: String) {
    count = .random(in: 0..<counts, using: &random)
  }

  mutating func callAsFunction(_: String, _ sum: inout ExactSum, _: String) {
    sum = ExactSum(random: &random)
  }
}

private struct ListedColumn: ColumnVisitor {
  var numbers: [Int128] = []

  mutating func callAsFunction(_: String, _ count: inout Int, _: String) {
    numbers.append(Int128(count))
  }

  mutating func callAsFunction(_: String, _ sum: inout ExactSum, _: String) {
    numbers.append(sum.units)
  }
}
