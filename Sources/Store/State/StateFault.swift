package import Core
import GRDB

/// Why there is no state to work with.
package enum StateObstacle: Error {
  /// What is there is none that can be used.
  case refused(Problem)
  case unwritable(Problem)

  package var problem: Problem {
    switch self {
    case .refused(let problem), .unwritable(let problem): problem
    }
  }
}

/// Why a state cannot be used.
enum StateFault: Error {
  case foreign
  case newer
  case older
  case damaged(String)
  case unreadable(String)
  case full(String)
  case unwritable(String)
  /// One with its own words.
  case problem(Problem)

  static func catching<Result>(_ body: () throws -> Result) throws(StateFault) -> Result {
    do {
      return try body()
    } catch let fault as StateFault {
      throw fault
    } catch let problem as Problem {
      throw .problem(problem)
    } catch let error as DatabaseError {
      throw StateFault(error)
    } catch {
      throw .unreadable(printable("\(error)", most: 200))
    }
  }

  private init(_ error: DatabaseError) {
    let said = printable(error.message ?? "SQLite error \(error.resultCode.rawValue)", most: 200)
    self =
      switch error.resultCode {
      case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR: .damaged(said)
      case .SQLITE_FULL: .full(said)
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR: .unwritable(said)
      default: .unreadable(said)
      }
  }

  func obstacle(_ path: String) -> StateObstacle {
    switch self {
    case .full, .unwritable: .unwritable(problem(path))
    case .foreign, .newer, .older, .damaged, .unreadable, .problem: .refused(problem(path))
    }
  }

  func problem(_ path: String) -> Problem {
    switch self {
    case .foreign:
      Problem(
        "is no state: another program's database", at: .file(path),
        remedy: "name a directory of its own behind --state")
    case .newer:
      Problem(
        "was written by a newer unmask", at: .file(path),
        remedy: "use that one, or another directory behind --state")
    case .older:
      Problem(
        "is of an older version", at: .file(path),
        remedy: "the next `unmask run --state` brings it up to date")
    case .damaged(let what):
      Problem(
        "is damaged: \(what)", at: .file(path),
        remedy: "run again; a state that is damaged is set aside, which costs its history and time")
    case .unreadable(let what):
      Problem(
        "cannot be used: \(what)", at: .file(path), remedy: "check who may use it, and the disk")
    case .full(let what):
      Problem(
        "cannot be written: \(what)", at: .file(path), remedy: "make room, or use another directory"
      )
    case .unwritable(let what):
      Problem(
        "cannot be written: \(what)", at: .file(path),
        remedy: "check who may write there, and the disk"
      )
    case .problem(let problem): problem
    }
  }
}
