import Core
import GRDB

/// Which way data goes, as messages say it.
enum Direction {
  case reading, writing
}

/// Runs `body`; what SQLite says against it becomes a `Problem` of the file at `path`.
func mapping<Result>(
  _ direction: Direction, _ path: String, _ body: () throws -> Result
) throws(Problem) -> Result {
  do {
    return try body()
  } catch let problem as Problem {
    throw problem.inFile(path)
  } catch let error as DatabaseError {
    throw Problem(error, direction).inFile(path)
  } catch {
    throw Problem(
      "cannot be \(direction == .reading ? "read" : "written"): \(printable("\(error)", most: 200))",
      at: .file(path), remedy: "check who may use it, and the disk")
  }
}

/// `path` as SQLite takes it for nothing but a path: `file:` and `:memory:` mean something to it.
func literal(_ path: String) -> String {
  path.hasPrefix("/") ? path : "./" + path
}

extension Problem {
  static func damaged(_ what: String) -> Problem {
    Problem("is damaged: \(what)", remedy: "make it again with `unmask run`")
  }

  fileprivate init(_ error: DatabaseError, _ direction: Direction) {
    let said = printable(
      error.message ?? "SQLite error \(error.resultCode.rawValue)", most: 200)
    self =
      switch (direction, error.resultCode) {
      case (.reading, .SQLITE_NOTADB):
        .init("is no evidence: \(said)", remedy: "name the evidence.sqlite that a run wrote")
      case (.reading, .SQLITE_CORRUPT), (.reading, .SQLITE_ERROR), (.reading, .SQLITE_FORMAT):
        .damaged(said)
      case (.reading, _):
        .init("cannot be read: \(said)", remedy: "check who may read it, and the disk")
      case (.writing, .SQLITE_FULL):
        .init("cannot be written: \(said)", remedy: "make room, or write to another disk")
      case (.writing, .SQLITE_CANTOPEN):
        .init(
          "cannot be created: \(said)",
          remedy: "the directory must exist, and you must be allowed to write to it")
      case (.writing, _):
        .init("cannot be written: \(said)", remedy: "check who may write there, and the disk")
      }
  }
}
