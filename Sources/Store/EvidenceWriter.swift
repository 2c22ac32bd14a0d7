package import Core
import Foundation
import GRDB

/// Writes the evidence of a run to a new file, one image after the other; the same images in the same order
/// make the same bytes.
///
/// For one thread at a time. The file counts as evidence only once `finish` has returned, and is
/// then alone, with no journal beside it. It goes to a staging place, since neither a crash nor a
/// failure takes it away.
package final class EvidenceWriter {
  private let path: String
  private let run: RunRecord
  private let queue: DatabaseQueue
  private var added = 0
  /// After a failure an image may be missing, so nothing can complete the file any more.
  private var failure: Problem?

  /// A transaction costs about as much as an image; of this many images its share is nothing.
  private static let batch = 256

  /// - Throws: Problem: there is a file of that name, or it cannot be written.
  package init(creating path: String, run: RunRecord) throws(Problem) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Problem("is there already", at: .file(path), remedy: "remove it or name another file")
    }
    self.path = path
    self.run = run
    queue = try mapping(.writing, path) {
      try DatabaseQueue.kept(at: literal(path), Self.fresh)
    }
    try write { database in
      try database.inTransaction {
        try database.createTables()
        try database.insert(run)
        return .commit
      }
    }
  }

  deinit { try? queue.close() }

  /// Adds what one image contributed; its name and its index are new to the file.
  ///
  /// - Throws: Problem: the file cannot be written, now or before.
  package func add(_ image: ImageEvidence) throws(Problem) {
    precondition((0..<run.listed).contains(image.index), "an image that is not in the list")
    precondition(
      image.fits(run.scheme),
      "statistics of other classes or losses than the run's")
    try write { database in
      if !database.isInsideTransaction { try database.beginTransaction() }
      try database.insert(image, classes: run.scheme.classes.count)
      added += 1
      if added.isMultiple(of: Self.batch) { try database.commit() }
    }
  }

  /// Completes the file and closes it; `problems` are in the order of the run.
  ///
  /// - Throws: Problem: the file cannot be written, now or before.
  package func finish(problems: [ImageProblem], levels: RunLevels? = nil) throws(Problem) {
    try write { database in
      if !database.isInsideTransaction { try database.beginTransaction() }
      for (position, problem) in problems.enumerated() {
        try database.insert(problem, at: position)
      }
      if let levels { try database.insert(levels) }
      try database.commit()
      // By itself, so that the mark cannot reach the file before what it vouches for.
      try database.insertFinished()
    }
    try mapping(.writing, path) { try queue.close() }
    try EvidenceSeal.put(on: path)
  }

  private func write(_ body: (Database) throws -> Void) throws(Problem) {
    if let failure { throw failure }
    do throws(Problem) {
      try mapping(.writing, path) { try queue.writeWithoutTransaction(body) }
    } catch {
      failure = error
      throw error
    }
  }

  /// For a file that nobody reads before it is complete: neither the journal nor waiting for the
  /// disk protects anything.
  private static var fresh: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    // A batch begins in one call and ends in another.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = MEMORY;
          PRAGMA synchronous = OFF;
          PRAGMA cache_size = -8192;
          """)
    }
    return configuration
  }
}
