package import Core
package import Foundation
import GRDB

/// Of a run besides its images: what evidence.sqlite keeps of it.
private struct ListedRun: Codable {
  var configuration: String
  var configurationFile: String
  var tool: String
  var listed: Int
  var notes: [String]
  var problems: [ImageProblem]
}

extension StateStore {
  /// Keeps which images a run had, so that its evidence can be put together again.
  ///
  /// - Parameter images: each with its content.
  /// - Returns: the number of the list; `nil` where an image is not kept.
  package func keep(
    _ images: [(ListedImage, content: Data)], of run: RunRecord, problems: [ImageProblem],
    counted scheme: Int64, in number: Int
  ) throws(Problem) -> Int64? {
    let record = ListedRun(
      configuration: run.configuration, configurationFile: run.configurationFile, tool: run.tool,
      listed: run.listed, notes: run.notes, problems: problems)
    let text = try text(of: record)
    return try write { database in
      let find = try database.cachedStatement(
        sql: "SELECT id FROM image WHERE content = ? AND scheme = ?")
      var writer = PackWriter()
      writer.add(images.count)
      var last = (id: 0, index: -1, name: [UInt8]())
      for (image, content) in images {
        guard let id = try Int.fetchOne(find, arguments: [content, scheme]) else { return nil }
        writer.add(signed: id - last.id - 1)
        writer.add(signed: image.index - last.index - 1)
        // Names are in order, and begin as the one before them.
        let name = Array(image.name.utf8)
        let shared = zip(name, last.name).prefix { $0 == $1 }.count
        writer.add(shared)
        writer.add(bytes: name[shared...])
        writer.add(image.group == nil ? 0 : 1)
        if let group = image.group { writer.add(group) }
        last = (id, image.index, name)
      }
      let (listed, recorded) = (
        Deflated.data(writer.bytes), Deflated.data(Array(text.utf8))
      )
      // Most nights have the images of the night before.
      let same = try Int64.fetchOne(
        database, sql: "SELECT id FROM listing WHERE scheme = ? AND images = ? AND record = ?",
        arguments: [scheme, listed, recorded])
      if let same { return same }
      try database.execute(
        sql: "INSERT INTO listing (scheme, run, images, record) VALUES (?, ?, ?, ?)",
        arguments: [
          scheme, number, listed, recorded,
        ])
      return database.lastInsertedRowID
    }
  }

  /// A run's evidence, put together again.
  ///
  /// - Throws: Problem: it is not kept any more, or is damaged.
  package func evidence(of listing: Int64) throws(Problem) -> (run: RunRecord, evidence: Evidence) {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT listing.images, listing.record, scheme.text, listing.scheme
          FROM listing JOIN scheme ON scheme.id = listing.scheme WHERE listing.id = ?
          """, arguments: [listing])
      guard let row else { throw Self.gone }
      guard let packed = Deflated.bytes(of: try row.get("images")),
        let recorded = Deflated.bytes(of: try row.get("record"))
      else { throw StateFault.damaged("a list of images cannot be read") }
      let scheme = try Scheme(stored: row.get("text"))
      let record: ListedRun = try value(
        of: String(decoding: recorded, as: UTF8.self), "what a run was")
      let find = try database.cachedStatement(
        sql: "SELECT evidence, checksum FROM image WHERE id = ?")
      var images: [ImageEvidence] = []
      for (image, id) in try listed(packed) {
        guard let stored = try Row.fetchOne(find, arguments: [id]) else { throw Self.gone }
        guard let evidence = try image.evidence(in: stored, by: scheme) else {
          throw StateFault.damaged("the evidence of '\(printable(image.name))' cannot be read")
        }
        images.append(evidence)
      }
      let levels = Evidence.levels(of: images)
      let evidence = Evidence(
        scheme: scheme, images: images, problems: record.problems, listed: record.listed,
        levels: levels)
      let run = RunRecord(
        configuration: record.configuration, configurationFile: record.configurationFile,
        tool: record.tool, scheme: scheme, listed: record.listed, notes: record.notes)
      return (run, evidence)
    }
  }

  /// The images of a run by name, with the numbers under which their evidence is kept.
  package func images(of listing: Int64) throws(Problem) -> [(image: ListedImage, id: Int)] {
    try read { database in
      let packed = try Data.fetchOne(
        database, sql: "SELECT images FROM listing WHERE id = ?", arguments: [listing])
      guard let packed else { return [] }
      guard let bytes = Deflated.bytes(of: packed) else {
        throw StateFault.damaged("a list of images cannot be read")
      }
      return try listed(bytes)
    }
  }

  private func listed(_ bytes: [UInt8]) throws -> [(image: ListedImage, id: Int)] {
    var reader = PackReader(bytes)
    var last = (id: 0, index: -1, name: [UInt8]())
    let images = reader.list { reader in
      let id = last.id &+ reader.signed() &+ 1
      let index = last.index &+ reader.signed() &+ 1
      let shared = reader.count()
      let rest = reader.bytes()
      let name = last.name.prefix(max(0, min(shared, last.name.count))) + rest
      let group = reader.count() == 0 ? nil : reader.text()
      last = (id, index, Array(name))
      return (
        image: ListedImage(
          name: String(decoding: name, as: UTF8.self), index: index, group: group), id: id
      )
    }
    guard reader.isWhole, images.allSatisfy({ $0.image.index >= 0 }) else {
      throw StateFault.damaged("a list of images cannot be read")
    }
    return images
  }

  private static let gone = Problem(
    "the evidence of that run is not kept any more",
    remedy: "name a later run: `unmask state` says which are kept")
}

extension Evidence {
  /// The levels of 8-bit planes, which each image has; others are counted by the run, and no state keeps them.
  fileprivate static func levels(of images: [ImageEvidence]) -> RunLevels? {
    images.reduce(nil as RunLevels?) { sum, image in
      guard !image.levels.isEmpty else { return sum }
      let levels = RunLevels(kind: .bits8, classes: image.levels.map(LevelCounts.init))
      guard let sum else { return levels }
      return sum + levels
    }
  }
}
