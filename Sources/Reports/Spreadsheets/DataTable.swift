internal import Core

/// Rows under typed columns, as spreadsheets and data frames take them.
package struct DataTable: Sendable {
  let name: String
  let fields: [Field]
  /// One after the other: a run of 100,000 images has millions.
  let forEachRow: @Sendable (_ body: ([Cell]) throws(Problem) -> Void) throws(Problem) -> Void

  init<Rows: Sequence & Sendable>(
    _ name: String, of rows: Rows, _ columns: [Column<Rows.Element>]
  ) {
    self.name = name
    fields = columns.map(\.field)
    forEachRow = { body throws(Problem) in
      for row in rows { try body(columns.map { $0.cell(row) }) }
    }
  }

  /// A column's name, and what stands under it.
  struct Field: Hashable, Sendable {
    var name: String
    var kind: Kind

    enum Kind: Hashable, Sendable {
      /// A user's word: a class, an image, a group.
      case name
      /// One of our own.
      case word
      case count
      case number
      /// A number from 0 to 1.
      case score
      /// A part of a whole, from 0 to 1.
      case share
    }
  }

  enum Cell: Hashable, Sendable {
    case text(String)
    case count(Int)
    case number(Double)
    /// A number that is not defined; `state` says why.
    case empty
  }
}

/// One column of a table, declared once: its name, what it holds, and where that is found.
struct Column<Row>: Sendable {
  let field: DataTable.Field
  let cell: @Sendable (Row) -> DataTable.Cell

  static func name(_ name: String, _ value: @escaping @Sendable (Row) -> String?) -> Column {
    Column(field: .init(name: name, kind: .name)) { value($0).map { .text($0) } ?? .empty }
  }

  static func word(_ name: String, _ value: @escaping @Sendable (Row) -> String?) -> Column {
    Column(field: .init(name: name, kind: .word)) { value($0).map { .text($0) } ?? .empty }
  }

  static func count(_ name: String, _ value: @escaping @Sendable (Row) -> Int?) -> Column {
    Column(field: .init(name: name, kind: .count)) { value($0).map { .count($0) } ?? .empty }
  }

  static func number(_ name: String, _ value: @escaping @Sendable (Row) -> Double?) -> Column {
    number(name, .number, value)
  }

  static func score(_ name: String, _ value: @escaping @Sendable (Row) -> Double?) -> Column {
    number(name, .score, value)
  }

  static func share(_ name: String, _ value: @escaping @Sendable (Row) -> Double?) -> Column {
    number(name, .share, value)
  }

  private static func number(
    _ name: String, _ kind: DataTable.Field.Kind, _ value: @escaping @Sendable (Row) -> Double?
  ) -> Column {
    // Adding 0 turns −0 into 0.
    Column(field: .init(name: name, kind: kind)) { value($0).map { .number($0 + 0) } ?? .empty }
  }
}
