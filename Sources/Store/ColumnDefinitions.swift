import Core

/// The columns of a statistic in SQL, one a line.
struct ColumnDefinitions: ColumnVisitor, CustomStringConvertible {
  private let prefix: String
  /// The columns are empty where the statistic was not counted.
  private let isOptional: Bool
  /// What the first column means, where it does not say so itself.
  private let meaning: String
  private var lines: [String] = []

  init(
    of statistic: (some ColumnStatistic).Type, prefix: String = "", isOptional: Bool = false,
    _ meaning: String = ""
  ) {
    (self.prefix, self.isOptional, self.meaning) = (prefix, isOptional, meaning)
    var zero = statistic.zero
    zero.forEachColumn(&self)
  }

  mutating func callAsFunction(_ name: String, _ count: inout Int, _ meaning: String) {
    add(name, "INTEGER", meaning)
  }

  mutating func callAsFunction(_ name: String, _ sum: inout ExactSum, _ meaning: String) {
    add(name, "BLOB", meaning)
  }

  private mutating func add(_ name: String, _ type: String, _ meaning: String) {
    let meaning = lines.isEmpty && meaning.isEmpty ? self.meaning : meaning
    lines.append(
      "\(prefix)\(name) \(type)\(isOptional ? "" : " NOT NULL"),"
        + (meaning.isEmpty ? "" : " -- \(meaning)"))
  }

  var description: String { lines.joined(separator: "\n") }
}
