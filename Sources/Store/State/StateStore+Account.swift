package import Core
import Foundation
import GRDB

/// What a state holds, and how much room it takes.
package struct StateAccount: Sendable {
  package var bytes = 0
  package var images = 0
  package var evidenceBytes = 0
  package var places = 0
  package var runs = 0
  package var skipped = 0
  /// The numbers of the runs whose evidence is kept.
  package var kept: [Int] = []
  package var schemes = 0
}

extension StateStore {
  package var account: StateAccount {
    get throws(Problem) {
      try read { database in
        func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
        var account = StateAccount()
        account.bytes = try count("PRAGMA page_count") * count("PRAGMA page_size")
        account.images = try count("SELECT count(*) FROM image")
        account.evidenceBytes = try count("SELECT total(length(evidence)) FROM image")
        account.places = try count("SELECT count(*) FROM sighting")
        account.runs = try count("SELECT count(*) FROM run")
        account.skipped = try count("SELECT count(*) FROM run WHERE same_as IS NOT NULL")
        account.schemes = try count("SELECT count(DISTINCT scheme) FROM image")
        account.kept = try Int.fetchAll(
          database, sql: "SELECT number FROM run WHERE listing IS NOT NULL ORDER BY number")
        return account
      }
    }
  }

  /// The kept evidence of a run: of one by its number, of the last that ended well, or of the last.
  ///
  /// - Throws: Problem: there is no such run, or its evidence is not kept.
  package func listing(of choice: RunChoice) throws(Problem) -> Int64 {
    let found = try read { database -> Int64? in
      switch choice {
      case .last:
        try Int64.fetchOne(
          database,
          sql: "SELECT listing FROM run WHERE listing IS NOT NULL ORDER BY number DESC LIMIT 1")
      case .lastGood:
        try Int64.fetchOne(
          database,
          sql: """
            SELECT listing FROM run WHERE listing IS NOT NULL AND exit_code = 0
            ORDER BY number DESC LIMIT 1
            """)
      case .name(let name):
        try Int64.fetchOne(
          database,
          sql: """
            SELECT listing FROM run WHERE listing IS NOT NULL AND name = ?
            ORDER BY number DESC LIMIT 1
            """, arguments: [name])
      case .number(let number):
        try Int64.fetchOne(
          database,
          sql: """
            SELECT coalesce(run.listing, same.listing) FROM run
            LEFT JOIN run AS same ON same.number = run.same_as WHERE run.number = ?
            """, arguments: [number])
      }
    }
    guard let found else {
      throw Problem(
        "keeps no evidence of \(choice.text)", at: .file(path),
        remedy:
          "behind the @ stands a run's number, its name, last or last-good; `unmask state` says which are kept, and --keep-runs keeps more"
      )
    }
    return found
  }
}

/// Which run of a state is meant.
package enum RunChoice: Hashable, Sendable {
  case last, lastGood
  case number(Int)
  /// The last of that name.
  case name(String)

  /// What stands behind the `@` of `state@12`.
  package init(_ text: String) {
    switch text {
    case "last": self = .last
    case "last-good": self = .lastGood
    default: self = Int(text).map { .number($0) } ?? .name(text)
    }
  }

  var text: String {
    switch self {
    case .last: "any run"
    case .lastGood: "a run that ended with 0"
    case .number(let number): "run \(number)"
    case .name(let name): "a run '\(printable(name, most: 60))'"
    }
  }
}
