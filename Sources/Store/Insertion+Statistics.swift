import Core
import GRDBSQLite

/// The numbers of a statistic, each for a column of its own.
struct Columns<S: ColumnStatistic>: StoredValue {
  private let statistic: S

  init(of statistic: S) { self.statistic = statistic }

  static var columns: Int32 { Int32(S.columnCount) }

  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    var binding = unsafe Binding(statement: statement, place: place)
    var statistic = statistic
    statistic.forEachColumn(&binding)
    return binding.code
  }
}

@safe private struct Binding: ColumnVisitor {
  let statement: OpaquePointer
  var place: Int32
  /// Of SQLite, the first that is not good.
  var code = SQLITE_OK

  mutating func callAsFunction(_: String, _ count: inout Int, _: String) { bind(count) }
  mutating func callAsFunction(_: String, _ sum: inout ExactSum, _: String) { bind(sum) }

  private mutating func bind(_ value: some StoredValue) {
    if code == SQLITE_OK { code = unsafe value.bind(to: statement, at: place) }
    place += 1
  }
}
