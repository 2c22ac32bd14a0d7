import Core
import Foundation
import GRDB

/// A row read with suspicion: what a column holds is of its kind and in its range, or a `Problem`.
struct StoredRow {
  let table: Table
  let row: Row

  func integer(_ column: String, in range: ClosedRange<Int> = .min ... .max) throws(Problem) -> Int
  {
    try required(optionalInteger(column, in: range), column)
  }

  func optionalInteger(
    _ column: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(Problem) -> Int? {
    switch self[column] {
    case .null: return nil
    case .int64(let value):
      guard let value = Int(exactly: value), range.contains(value) else { try refuse(column) }
      return value
    default: try refuse(column)
    }
  }

  /// More pixels than an image has.
  static let mostPixels = 1 << 48

  func count(_ column: String) throws(Problem) -> Int {
    try integer(column, in: 0...StoredRow.mostPixels)
  }

  func optionalCount(_ column: String) throws(Problem) -> Int? {
    try optionalInteger(column, in: 0...StoredRow.mostPixels)
  }

  func index(_ column: String, below count: Int) throws(Problem) -> Int {
    let index = try integer(column)
    guard (0..<count).contains(index) else { try refuse(column) }
    return index
  }

  func expect(_ column: String, _ expected: Int) throws(Problem) {
    if try integer(column) != expected { try refuse(column) }
  }

  func real(_ column: String) throws(Problem) -> Double {
    guard case .double(let value) = self[column], value.isFinite else { try refuse(column) }
    return value
  }

  func text(_ column: String) throws(Problem) -> String {
    try required(optionalText(column), column)
  }

  func optionalText(_ column: String) throws(Problem) -> String? {
    switch self[column] {
    case .null: return nil
    case .string(let text): return text
    default: try refuse(column)
    }
  }

  func sum(_ column: String) throws(Problem) -> ExactSum {
    try required(ExactSum(stored: bytes(column)), column)
  }

  func optionalSum(_ column: String) throws(Problem) -> ExactSum? {
    if case .null = self[column] { return nil }
    return try sum(column)
  }

  func sums(_ column: String, count: Int) throws(Problem) -> [ExactSum] {
    try required(ExactSum.sums(stored: bytes(column), count: count), column)
  }

  func counts(_ column: String, count: Int) throws(Problem) -> [Int] {
    try required(bytes(column).counts(count), column)
  }

  /// As many counts as there are.
  func counts(_ column: String) throws(Problem) -> [Int] {
    try required(bytes(column).counts, column)
  }

  private func required<Value>(_ value: Value?, _ column: String) throws(Problem) -> Value {
    guard let value else { try refuse(column) }
    return value
  }

  func refuse(_ column: String) throws(Problem) -> Never {
    let key = table.columns.prefix(table.keyLength).map { "\($0) \(said($0))" }
    throw .damaged(
      "in the table '\(table.name)', at \(key.joined(separator: ", ")), "
        + "'\(column)' is \(said(column)), which cannot be")
  }

  private func bytes(_ column: String) throws(Problem) -> Data {
    guard case .blob(let bytes) = self[column] else { try refuse(column) }
    return bytes
  }

  private subscript(column: String) -> DatabaseValue.Storage {
    guard let index = table.columns.firstIndex(of: column) else {
      preconditionFailure("no column '\(column)' in '\(table.name)'")
    }
    let value: DatabaseValue = row[index]
    return value.storage
  }

  private func said(_ column: String) -> String {
    switch self[column] {
    case .null: "empty"
    case .int64(let value): "\(value)"
    case .double(let value): "\(value)"
    case .string(let text): "\"\(printable(text, most: 60))\""
    case .blob(let bytes): "a blob of \(bytes.count) bytes"
    }
  }
}

extension Database {
  /// Calls `body` with each row, in the order of the table's key.
  func forEach(in table: Table, _ body: (StoredRow) throws -> Void) throws {
    let rows = try Row.fetchCursor(self, sql: table.selection)
    while let row = try rows.next() { try body(StoredRow(table: table, row: row)) }
  }
}
