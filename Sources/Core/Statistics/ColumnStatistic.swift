/// A statistic that is a few numbers side by side, each declared once.
///
///     package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
///       column("tp_px", &both)
///       column("fn_px", &onlyTrue, "true, and not predicted")
///     }
///
/// Whatever goes through the numbers one by one follows from this: the columns of the store, how
/// they are written and read, the draws of a bootstrap, and the tests of the laws. `+` stands beside
/// it written out, because loops add; a law says that it adds each column.
package protocol ColumnStatistic: Statistic {
  /// Hands every number to `column`, with its name in SQL and what it means there.
  mutating func forEachColumn(_ column: inout some ColumnVisitor)
}

/// What is done with each column of a statistic.
///
/// A visitor and not a list of key paths, through which a number is read in twenty times the time.
package protocol ColumnVisitor {
  mutating func callAsFunction(_ name: String, _ count: inout Int, _ meaning: String)
  mutating func callAsFunction(_ name: String, _ sum: inout ExactSum, _ meaning: String)
}

extension ColumnStatistic {
  package static var columnCount: Int {
    var (zero, counter) = (Self.zero, ColumnCounter())
    zero.forEachColumn(&counter)
    return counter.count
  }
}

private struct ColumnCounter: ColumnVisitor {
  var count = 0

  mutating func callAsFunction(_: String, _: inout Int, _: String) { count += 1 }
  mutating func callAsFunction(_: String, _: inout ExactSum, _: String) { count += 1 }
}

extension ColumnVisitor {
  package mutating func callAsFunction(_ name: String, _ count: inout Int) {
    self(name, &count, "")
  }

  package mutating func callAsFunction(_ name: String, _ sum: inout ExactSum) {
    self(name, &sum, "")
  }
}
