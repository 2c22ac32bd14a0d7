package import Core
import Foundation
import GRDB

extension StateStore {
  /// Forgets the evidence of all but the last runs, and what only they needed. What is known of a run itself stays.
  ///
  /// - Parameter runs: of how many the evidence is kept; runs that were skipped do not count.
  package func prune(keeping runs: Int) throws(Problem) {
    try write { database in
      let oldest = try Int.fetchOne(
        database,
        sql: """
          SELECT number FROM run WHERE same_as IS NULL ORDER BY number DESC LIMIT 1 OFFSET ?
          """, arguments: [runs - 1])
      guard let oldest else { return }
      try database.execute(
        sql: """
          DELETE FROM listing WHERE run < :oldest
            AND id NOT IN (SELECT listing FROM run WHERE number >= :oldest AND listing IS NOT NULL);
          UPDATE run SET listing = NULL
            WHERE listing IS NOT NULL AND listing NOT IN (SELECT id FROM listing);
          """, arguments: ["oldest": oldest])
      // By so many runs the note of who needed it last is behind.
      let unneeded = oldest - StateStore.slack
      try database.execute(
        sql: "DELETE FROM image WHERE run <= ?", arguments: [unneeded])
      try database.execute(
        sql: "DELETE FROM sighting WHERE run <= ?", arguments: [unneeded])
    }
  }
}

extension StateStore {
  /// The first image, by its place, that both runs have, and whose truth is another now; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - evidence: of the run whose images `listing` has.
  ///   - earlier: the list of the run before.
  package func relabelled(
    _ evidence: Evidence, in listing: Int64, since earlier: Int64
  ) throws(Problem) -> String? {
    let old = Dictionary(
      try images(of: earlier).map { ($0.image.name, $0.id) },
      uniquingKeysWith: { first, _ in first })
    let now = Dictionary(
      try images(of: listing).map { ($0.image.name, $0.id) },
      uniquingKeysWith: { first, _ in first })
    return try read { database in
      let find = try database.cachedStatement(
        sql: """
          SELECT evidence, checksum, text FROM image JOIN scheme ON scheme.id = scheme WHERE image.id = ?
          """)
      for image in evidence.images {
        guard let before = old[image.name], before != now[image.name],
          let row = try Row.fetchOne(find, arguments: [before])
        else { continue }
        let name = ListedImage(name: image.name, index: image.index, group: image.group)
        guard let scheme = try? Scheme(stored: row.get("text")), scheme.classes == evidence.classes,
          let then = try name.evidence(in: row, by: scheme)
        else { continue }
        if then.truthCounts != image.truthCounts { return image.name }
      }
      return nil
    }
  }
}

extension ImageEvidence {
  /// What tells one truth from another: its size, and how many pixels of each class it has, and of none that count.
  fileprivate var truthCounts: [Int] {
    [width, height, slices, ignored] + tally.classes.map(\.overlap.truth)
  }
}
