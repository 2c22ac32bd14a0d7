import Foundation
import GRDB

/// Columns read with suspicion: GRDB's own subscripts end the process where a column holds something else.
extension Row {
  /// - Throws: StateFault: the column is empty, or holds something else.
  func get<Value: DatabaseValueConvertible>(_ column: String, _: Value.Type = Value.self) throws
    -> Value
  {
    guard let value = try optional(column, Value.self) else { throw fault(column) }
    return value
  }

  func optional<Value: DatabaseValueConvertible>(
    _ column: String, _: Value.Type = Value.self
  ) throws -> Value? {
    guard let stored: DatabaseValue = hasColumn(column) ? self[column] : nil else {
      throw fault(column)
    }
    if stored.isNull { return nil }
    guard let value = Value.fromDatabaseValue(stored) else { throw fault(column) }
    return value
  }

  private func fault(_ column: String) -> StateFault {
    .damaged("the column '\(column)' holds what it cannot")
  }
}
