package import Core
package import Foundation
import GRDB

/// What a night can know of an image before it is decoded.
package enum Remembered: Sendable {
  /// Its files are as they were, and this is what they contributed.
  case evidence(ImageEvidence, content: Data)
  /// Its files are as they were, but were never counted in this way, or that was given up.
  case content(Data)
  case nothing
}

/// An image to be remembered.
package struct NewImage: Sendable {
  package var sighting: StoredSighting?
  package var content: Data
  /// `nil` where it is there already.
  package var evidence: PackedEvidence?

  package init(sighting: StoredSighting?, content: Data, evidence: PackedEvidence?) {
    self.sighting = sighting
    self.content = content
    self.evidence = evidence
  }
}

/// Where an image's files lie, and how the system described them.
package struct StoredSighting: Hashable, Sendable {
  package var place: Data
  package var stamp: Data

  package init(place: Data, stamp: Data) {
    self.place = place
    self.stamp = stamp
  }
}

/// An image's evidence as the state keeps it; made beside the lock.
package struct PackedEvidence: Sendable {
  let data: Data
  let checksum: Int

  package init(_ image: ImageEvidence) {
    data = Deflated.data(image.packed)
    checksum = Deflated.checksum(data)
  }
}

/// An image in a run: its name, its place and its group are the run's.
package struct ListedImage: Hashable, Sendable {
  package var name: String
  package var index: Int
  package var group: String?

  package init(name: String, index: Int, group: String?) {
    self.name = name
    self.index = index
    self.group = group
  }
}

extension StateStore {
  /// Under which number a way of counting goes; what another version of the program counted is another way.
  ///
  /// - Throws: Problem: the state cannot be written.
  package func scheme(_ scheme: Scheme, tool: String) throws(Problem) -> Int64 {
    let text = "\(tool), tables \(Table.version)\n\(try scheme.json)"
    return try write { database in
      try database.execute(sql: "INSERT OR IGNORE INTO scheme (text) VALUES (?)", arguments: [text])
      return try Int64.fetchOne(
        database, sql: "SELECT id FROM scheme WHERE text = ?", arguments: [text]) ?? 0
    }
  }

  /// How a run counted that is known by this number; `nil` where there is none.
  package func scheme(numbered id: Int64) throws(Problem) -> Scheme? {
    try read { database in
      let text = try String.fetchOne(
        database, sql: "SELECT text FROM scheme WHERE id = ?", arguments: [id])
      return try text.map(Scheme.init(stored:))
    }
  }

  /// Whether any image is known that was counted so.
  package func hasImages(counted scheme: Int64) throws(Problem) -> Bool {
    try read { database in
      try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM image WHERE scheme = ?)", arguments: [scheme])
        ?? false
    }
  }

  /// What is known of an image whose files are described so.
  ///
  /// - Parameter run: the number of the run that asks.
  package func remembered(
    _ image: ListedImage, at sighting: StoredSighting, counted scheme: (id: Int64, Scheme),
    in run: Int
  ) throws(Problem) -> Remembered {
    try read { database in
      let row = try Row.fetchOne(
        try database.cachedStatement(
          sql: """
            SELECT sighting.stamp, sighting.content, sighting.run AS seen,
              image.evidence, image.checksum, image.run
            FROM sighting LEFT JOIN image
              ON image.content = sighting.content AND image.scheme = ?
            WHERE place = ?
            """), arguments: [scheme.id, sighting.place])
      guard let row, try row.get("stamp", Data.self) == sighting.stamp else { return .nothing }
      let content = try row.get("content", Data.self)
      guard let evidence = try image.evidence(in: row, by: scheme.1) else {
        return .content(content)
      }
      let needed = min(try row.get("seen", Int.self), try row.get("run"))
      if isLongAgo(needed, run) {
        try database.needed(content, sighting.place, scheme.id, by: run)
      }
      return .evidence(evidence, content: content)
    }
  }

  /// What an image of this content contributed; `nil` where that is not known.
  package func evidence(
    of image: ListedImage, content: Data, counted scheme: (id: Int64, Scheme), in run: Int
  ) throws(Problem) -> ImageEvidence? {
    try read { database in
      let row = try Row.fetchOne(
        try database.cachedStatement(
          sql: "SELECT evidence, checksum, run FROM image WHERE content = ? AND scheme = ?"),
        arguments: [content, scheme.id])
      guard let row, let evidence = try image.evidence(in: row, by: scheme.1) else { return nil }
      if isLongAgo(try row.get("run"), run) {
        try database.needed(content, nil, scheme.id, by: run)
      }
      return evidence
    }
  }

  /// Keeps some images, in one transaction.
  package func remember(
    _ images: [NewImage], counted scheme: Int64, in run: Int
  ) throws(Problem) {
    guard !images.isEmpty else { return }
    try write { database in
      let sighting = try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO sighting (place, stamp, content, run) VALUES (?, ?, ?, ?)")
      // One that is there was found to be damaged, or is of the same bytes.
      let evidence = try database.cachedStatement(
        sql: """
          INSERT INTO image (content, scheme, run, checksum, evidence) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (content, scheme) DO UPDATE
            SET run = excluded.run, checksum = excluded.checksum, evidence = excluded.evidence
          """)
      for image in images {
        if let seen = image.sighting {
          try sighting.execute(arguments: [seen.place, seen.stamp, image.content, run])
        }
        if let packed = image.evidence {
          try evidence.execute(
            arguments: [image.content, scheme, run, packed.checksum, packed.data])
        }
      }
    }
  }
}

/// Whether it was long ago that a run said to need something. It is said again only then, so that a night in which
/// nothing changed writes nothing.
private func isLongAgo(_ run: Int, _ now: Int) -> Bool { now - run >= StateStore.slack }

extension StateStore {
  /// By so many runs what is said to have been needed can be out of date.
  static let slack = 8
}

extension Database {
  fileprivate func needed(_ content: Data, _ place: Data?, _ scheme: Int64, by run: Int) throws {
    try cachedStatement(sql: "UPDATE image SET run = ? WHERE content = ? AND scheme = ?")
      .execute(arguments: [run, content, scheme])
    guard let place else { return }
    try cachedStatement(sql: "UPDATE sighting SET run = ? WHERE place = ?")
      .execute(arguments: [run, place])
  }
}

extension ListedImage {
  /// `nil` where the row has none, or it is damaged.
  func evidence(in row: Row, by scheme: Scheme) throws -> ImageEvidence? {
    guard let data = try row.optional("evidence", Data.self),
      let checksum = try row.optional("checksum", Int.self), Deflated.checksum(data) == checksum,
      let bytes = Deflated.bytes(of: data)
    else { return nil }
    return ImageEvidence(
      unpacking: bytes, by: scheme, name: name, index: index, group: group)
  }
}

extension Scheme {
  /// - Parameter text: JSON, behind the line that says by which program.
  init(stored text: String) throws(Problem) {
    try self.init(json: String(text.split(separator: "\n", maxSplits: 1).last ?? ""))
  }
}
