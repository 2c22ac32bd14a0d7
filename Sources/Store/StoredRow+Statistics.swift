import Core

/// A row's columns, as the numbers of a statistic.
private struct StoredColumns: ColumnVisitor {
  private let row: StoredRow
  private let prefix: String
  /// Of all counts.
  private(set) var total = 0
  /// The first column that holds nothing.
  private(set) var empty: String?
  /// The first column that holds what cannot be.
  private(set) var problem: Problem?

  init(_ row: StoredRow, prefix: String) {
    self.row = row
    self.prefix = prefix
  }

  mutating func callAsFunction(_ name: String, _ count: inout Int, _ meaning: String) {
    guard let stored = read(name, row.optionalCount) else { return }
    count = stored
    total += stored
  }

  mutating func callAsFunction(_ name: String, _ sum: inout ExactSum, _ meaning: String) {
    sum = read(name, row.optionalSum) ?? sum
  }

  private mutating func read<Number>(
    _ name: String, _ number: (String) throws(Problem) -> Number?
  ) -> Number? {
    let column = prefix.isEmpty ? name : prefix + name
    do throws(Problem) {
      if let number = try number(column) { return number }
      empty = empty ?? column
    } catch {
      problem = problem ?? error
    }
    return nil
  }
}

extension StoredRow {
  /// A statistic, and how many pixels its counts make together.
  func statistic<S: ColumnStatistic>(_: S.Type) throws(Problem) -> (S, pixels: Int) {
    var columns = StoredColumns(self, prefix: "")
    let statistic = try read(S.self, &columns)
    if let empty = columns.empty { try refuse(empty) }
    return (statistic, columns.total)
  }

  /// Nothing where a column is empty.
  func optionalStatistic<S: ColumnStatistic>(
    _: S.Type, prefix: String = ""
  ) throws(Problem) -> S? {
    var columns = StoredColumns(self, prefix: prefix)
    let statistic = try read(S.self, &columns)
    return columns.empty == nil ? statistic : nil
  }

  private func read<S: ColumnStatistic>(
    _: S.Type, _ columns: inout StoredColumns
  ) throws(Problem) -> S {
    var statistic = S.zero
    statistic.forEachColumn(&columns)
    if let problem = columns.problem { throw problem }
    return statistic
  }
}
