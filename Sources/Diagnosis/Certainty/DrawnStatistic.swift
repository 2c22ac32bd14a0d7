internal import Core

/// A statistic as it is drawn: its numbers as reals, one after the other.
extension ColumnStatistic {
  /// - Parameter drawn: sums of such numbers. Those of counts are counts, up to 2⁵³.
  init(drawn: Span<Double>) {
    precondition(drawn.count <= DrawnColumn.most, "there is room for the columns")
    var column = DrawnColumn()
    for index in drawn.indices { column.numbers[index] = drawn[index] }
    self = .zero
    forEachColumn(&column)
  }

  func append(to numbers: inout [Double]) {
    var (statistic, column) = (self, AppendedColumn(numbers: numbers))
    numbers = []
    statistic.forEachColumn(&column)
    numbers = column.numbers
  }
}

private struct DrawnColumn: ColumnVisitor {
  static let most = 8

  /// In place, because every replicate has some.
  var numbers = InlineArray<8, Double>(repeating: 0)
  private var next = 0

  mutating func callAsFunction(_: String, _ count: inout Int, _: String) { count = Int(take()) }

  mutating func callAsFunction(_: String, _ sum: inout ExactSum, _: String) {
    sum = ExactSum(drawn: take())
  }

  private mutating func take() -> Double {
    defer { next += 1 }
    return numbers[next]
  }
}

private struct AppendedColumn: ColumnVisitor {
  var numbers: [Double]

  mutating func callAsFunction(_: String, _ count: inout Int, _: String) {
    numbers.append(Double(count))
  }

  mutating func callAsFunction(_: String, _ sum: inout ExactSum, _: String) {
    numbers.append(Double(sum))
  }
}

extension ExactSum {
  /// A sum of sums, which may be larger than one term; 2⁶⁶ is more than any run's.
  init(drawn value: Double) {
    self.init(near: max(-0x1p66, min(0x1p66, value)))
  }
}
