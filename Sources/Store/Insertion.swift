import Core
import Foundation
import GRDB
import GRDBSQLite

/// Writes rows into one table.
///
/// A run has a million rows, and values on the way through GRDB's arguments are boxed and copied:
/// that takes as long as SQLite does. So values are bound where they are.
struct Insertion {
  private let statement: Statement
  private let columns: Int

  init(into table: Table, of database: Database) throws {
    statement = try database.cachedStatement(sql: table.insertion)
    columns = table.columns.count
  }

  /// One row, its values in the order of the table's columns.
  func add<each Value: StoredValue>(_ values: repeat each Value) throws {
    let handle = unsafe statement.sqliteStatement
    var place: Int32 = 1
    for value in repeat each values {
      try unsafe expect(SQLITE_OK, value.bind(to: handle, at: place), handle)
      place += type(of: value).columns
    }
    precondition(Int(place) == columns + 1, "a value for each column")
    try unsafe expect(SQLITE_DONE, sqlite3_step(handle), handle)
    try unsafe expect(SQLITE_OK, sqlite3_reset(handle), handle)
  }

  private func expect(_ expected: Int32, _ code: Int32, _ handle: OpaquePointer) throws {
    guard code != expected else { return }
    throw DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
  }
}

/// What a column can hold, or several side by side.
protocol StoredValue {
  /// How many columns it takes.
  static var columns: Int32 { get }
  /// - Returns: SQLite's code.
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32
}

extension StoredValue {
  static var columns: Int32 { 1 }
}

extension Int: StoredValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    unsafe sqlite3_bind_int64(statement, place, Int64(self))
  }
}

extension UInt8: StoredValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    unsafe sqlite3_bind_int64(statement, place, Int64(self))
  }
}

extension Int64: StoredValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    unsafe sqlite3_bind_int64(statement, place, self)
  }
}

extension Double: StoredValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    unsafe sqlite3_bind_double(statement, place, self)
  }
}

extension String: StoredValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    var text = self
    return text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
        unsafe sqlite3_bind_text(statement, place, bytes.baseAddress, Int32(bytes.count), copied)
      }
    }
  }
}

extension Data: StoredValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    unsafe withUnsafeBytes { bytes in unsafe bindBytes(bytes, to: statement, at: place) }
  }
}

extension ExactSum: StoredValue {
  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    unsafe withUnsafeBytes(of: units.bigEndian) { bytes in
      unsafe bindBytes(bytes, to: statement, at: place)
    }
  }
}

extension Optional: StoredValue where Wrapped: StoredValue {
  static var columns: Int32 { Wrapped.columns }

  func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
    if let self { return unsafe self.bind(to: statement, at: place) }
    for place in place..<(place + Wrapped.columns) {
      let code = unsafe sqlite3_bind_null(statement, place)
      if code != SQLITE_OK { return code }
    }
    return SQLITE_OK
  }
}

/// Nothing at all is an empty blob, not NULL, which a pointer to nothing would say.
private func bindBytes(
  _ bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at place: Int32
) -> Int32 {
  unsafe bytes.isEmpty
    ? sqlite3_bind_zeroblob(statement, place, 0)
    : sqlite3_bind_blob(statement, place, bytes.baseAddress, Int32(bytes.count), copied)
}

/// SQLite takes a copy: SQLite documentation, "SQLITE_TRANSIENT".
private var copied: sqlite3_destructor_type {
  unsafe unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
}
