import Core
import Foundation
import FuzzingEvidence
import FuzzingSupport
import GRDB

@testable import Store

/// The cells of an evidence file: a run with any value in any cell is read or refused, and what is read can
/// be added up and is written as it was read.
///
/// An input is a list of changes, each a cell and what is put into it.
@main
enum FuzzCells: Fuzzing {
  static let longest = 256

  // In memory, and without the conditions of the tables of a run: a file from elsewhere has its own.
  private static let damaged = queue { database in
    for table in Table.all {
      try database.execute(
        sql: "CREATE TABLE \(table.name) (\(table.columns.joined(separator: ", ")))")
    }
    try database.insert(sampleRun)
    for image in sampleImages {
      try database.insert(image, classes: sampleRun.scheme.classes.count)
    }
    try database.insert(sampleProblem, at: 0)
    try database.insert(sampleLevels)
    try database.insertFinished()
  }
  private static let written = queue { database in try database.createTables() }

  static func read(_ input: [UInt8]) {
    var draws = Draws(input)
    let evidence = undone(damaged) { database in
      while !draws.rest.isEmpty { try change(database, &draws) }
      return contents(database)
    }
    guard let (run, evidence) = evidence else { return }
    // A sum that overflows ends the process.
    _ = evidence.images.reduce(Tally.zero) { ($1.tiles + [$1.tally]).reduce($0, +) }
    let again = undone(written) { database in
      try database.insert(run)
      for image in evidence.images {
        try database.insert(image, classes: run.scheme.classes.count)
      }
      for (position, problem) in evidence.problems.enumerated() {
        try database.insert(problem, at: position)
      }
      if let levels = evidence.levels { try database.insert(levels) }
      try database.insertFinished()
      return contents(database)
    }
    claim(again?.run == run, "another run is written")
    claim(again?.evidence.images == evidence.images, "other images are written")
    claim(again?.evidence.problems == evidence.problems, "other problems are written")
    claim(again?.evidence.levels == evidence.levels, "other levels are written")
  }

  private static func contents(_ database: Database) -> (run: RunRecord, evidence: Evidence)? {
    attempt { () throws(Problem) in
      try mapping(.reading, "evidence.sqlite") {
        var reader = EvidenceReader(database, size: 0)
        return try reader.contents()
      }
    }.value
  }

  private static func change(_ database: Database, _ draws: inout Draws) throws {
    let table = Table.all[draws.number(0...Table.all.count - 1)]
    let column = table.columns[draws.number(0...table.columns.count - 1)]
    let row = draws.number(1...32)
    func put(_ value: (any DatabaseValueConvertible)?) throws {
      try database.execute(
        sql: "UPDATE \(table.name) SET \(column) = ? WHERE rowid = ?", arguments: [value, row])
    }
    switch draws.number(0...7) {
    case 0: try put(nil)
    case 1: try put(Int(Int8(bitPattern: draws.byte())))
    case 2: try put(draws.bytes(8).reduce(0) { $0 << 8 | Int($1) })
    case 3: try put(Double(bitPattern: draws.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }))
    case 4: try put(String(decoding: draws.bytes(draws.number(0...64)), as: UTF8.self))
    case 5: try put(Data(draws.bytes(draws.number(0...64))))
    case 6:
      try database.execute(sql: "DELETE FROM \(table.name) WHERE rowid = ?", arguments: [row])
    default:
      // Into what is there, such as JSON: at a place, instead of some bytes, others.
      let sql = "SELECT \(column) FROM \(table.name) WHERE rowid = ?"
      guard let old = try Data.fetchOne(database, sql: sql, arguments: [row]) else { return }
      let isText =
        try String.fetchOne(
          database, sql: "SELECT typeof(\(column)) FROM \(table.name) WHERE rowid = ?",
          arguments: [row]) == "text"
      let start = min(old.count, draws.number(0...2047))
      let end = min(old.count, start + draws.number(0...63))
      let new = Array(old[..<start]) + draws.bytes(draws.number(0...31)) + Array(old[end...])
      if isText { try put(String(decoding: new, as: UTF8.self)) } else { try put(Data(new)) }
    }
  }

  private static func queue(_ fill: (Database) throws -> Void) -> DatabaseQueue {
    do {
      let queue = try DatabaseQueue()
      try queue.write(fill)
      return queue
    } catch { fatalError("\(error)") }
  }

  /// What `body` finds in a database, which then is as it was.
  private static func undone<Value>(
    _ queue: DatabaseQueue, _ body: (Database) throws -> Value?
  ) -> Value? {
    do {
      return try queue.writeWithoutTransaction { database in
        var value: Value?
        try database.inTransaction {
          value = try body(database)
          return .rollback
        }
        return value
      }
    } catch let problem as Problem {
      return attempt { () throws(Problem) in throw problem }.value
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      // Rows here have no keys, so that one can become the twin of another; in a file none can.
      return nil
    } catch { fatalError("\(error)") }
  }
}
