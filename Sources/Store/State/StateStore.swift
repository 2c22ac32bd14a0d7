package import Core
import Foundation
import GRDB

/// What nights remember: images by content, with what they contributed, and the runs and their verdicts.
///
/// One SQLite file in a directory of its own. It is a memory and no source: whoever deletes it loses the history, and
/// otherwise only time. For one process at a time, which the directory's lock sees to; others may read.
package final class StateStore: Sendable {
  package let path: String
  private let queue: DatabaseQueue

  package static let file = "state.sqlite"

  /// Opens the state in a directory, or makes a new one.
  ///
  /// - Returns: with a word on a damaged state that was set aside.
  /// - Throws: StateObstacle: it cannot be opened or written, is another program's, or is of a newer version.
  package static func open(
    in directory: String
  ) throws(StateObstacle) -> (StateStore, notice: String?) {
    let path = "\(directory)/\(file)"
    do throws(StateFault) {
      return (try StateStore(path), nil)
    } catch {
      guard case .damaged(let what) = error else { throw error.obstacle(path) }
      let aside: String
      do throws(Problem) {
        aside = try setAside(path)
      } catch {
        throw .unwritable(error)
      }
      do throws(StateFault) {
        return (
          try StateStore(path),
          "\(path) was damaged (\(what)); it is now \(aside), and a new state begins"
        )
      } catch {
        throw error.obstacle(path)
      }
    }
  }

  private init(_ path: String) throws(StateFault) {
    self.path = path
    queue = try StateFault.catching {
      let queue = try DatabaseQueue.kept(at: literal(path), Self.configuration)
      try queue.inDatabase { database in
        guard try database.isState else { throw StateFault.foreign }
        guard try !StateTables.migrator.hasBeenSuperseded(database) else { throw StateFault.newer }
        // Before anything else is in it, so that it is never another program's, wherever this ends.
        try database.execute(sql: "PRAGMA application_id = \(StateTables.application)")
        let check = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "nothing"
        guard check == "ok" else { throw StateFault.damaged(check) }
      }
      try StateTables.migrator.migrate(queue)
      try queue.read { database in
        for table in StateTables.names where try !database.tableExists(table) {
          throw StateFault.damaged("the table '\(table)' is missing")
        }
      }
      return queue
    }
  }

  /// Gives room that is free back to the file system.
  ///
  /// - Throws: Problem: the file cannot be written.
  package func shrink() throws(Problem) {
    do throws(StateFault) {
      try StateFault.catching { () throws in try queue.vacuum() }
    } catch {
      throw error.problem(path)
    }
  }

  package func close() { try? queue.close() }

  /// For those who only look.
  ///
  /// - Throws: Problem: there is none, or it is damaged, or not of this version.
  package init(reading directory: String) throws(Problem) {
    path = "\(directory)/\(StateStore.file)"
    guard FileManager.default.fileExists(atPath: path) else {
      throw Problem(
        "does not exist", at: .file(path), remedy: "`unmask run --state \(directory)` makes one")
    }
    do throws(StateFault) {
      let path = path
      queue = try StateFault.catching {
        var configuration = Self.configuration
        configuration.readonly = true
        let queue = try DatabaseQueue.kept(at: literal(path), configuration)
        try queue.read { database in
          guard try database.isState else { throw StateFault.foreign }
          guard try !StateTables.migrator.hasBeenSuperseded(database) else {
            throw StateFault.newer
          }
          guard try StateTables.migrator.hasCompletedMigrations(database) else {
            throw StateFault.older
          }
        }
        return queue
      }
    } catch {
      throw error.problem(path)
    }
  }

  func read<Result>(_ body: (Database) throws -> Result) throws(Problem) -> Result {
    do throws(StateFault) {
      return try StateFault.catching { try queue.inDatabase(body) }
    } catch {
      throw error.problem(path)
    }
  }

  /// In one transaction: all of it, or nothing.
  func write<Result>(_ body: (Database) throws -> Result) throws(Problem) -> Result {
    do throws(StateFault) {
      return try StateFault.catching { try queue.write(body) }
    } catch {
      throw error.problem(path)
    }
  }

  /// The log is written ahead (WAL), so that whoever reads does not wait; a commit may be lost with the machine's
  /// power, and then costs time.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      if !database.configuration.readonly {
        try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
      }
      try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// - Returns: where it lies now.
  private static func setAside(_ path: String) throws(Problem) -> String {
    let files = FileManager.default
    var number = 1
    while files.fileExists(atPath: "\(path).damaged-\(number)") { number += 1 }
    let aside = "\(path).damaged-\(number)"
    do {
      try files.moveItem(atPath: path, toPath: aside)
      // They belong to it, and would be taken for the new one's.
      for ending in ["-wal", "-shm"] where files.fileExists(atPath: path + ending) {
        try files.moveItem(atPath: path + ending, toPath: aside + ending)
      }
    } catch {
      throw Problem(
        "is damaged, and cannot be set aside", at: .file(path),
        remedy: "delete it; that costs its history, and the time to count all images again")
    }
    return aside
  }
}

extension Database {
  /// Whether it is empty, or one of ours.
  fileprivate var isState: Bool {
    get throws {
      let application = try Int.fetchOne(self, sql: "PRAGMA application_id")
      let tables = try Int.fetchOne(self, sql: "SELECT count(*) FROM sqlite_master")
      return application == StateTables.application || (application == 0 && tables == 0)
    }
  }
}
