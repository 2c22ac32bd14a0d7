package import Core
import Foundation
import GRDB

/// One SQLite file that holds one run: its configuration, its images and their statistics, and the
/// problems met.
///
/// An `EvidenceWriter` writes it and `read` gives the same evidence back, bit for bit, so every
/// report and comparison can be made again without a pixel. A person can ask it questions too:
/// `sqlite3 evidence.sqlite .schema` explains the tables.
package enum EvidenceStore {
  /// What the file at `path` holds; the images in the order of the run's list.
  ///
  /// No number comes back that would make a later sum overflow.
  ///
  /// - Throws: Problem: there is no such file, or it is another program's, unfinished or damaged.
  package static func read(
    _ path: String
  ) throws(Problem) -> (run: RunRecord, evidence: Evidence) {
    let seal = try EvidenceSeal.state(of: path, size: try size(path))
    if seal.state == .broken {
      throw Problem.damaged("its checksum is not that of its content").inFile(path)
    }
    return try mapping(.reading, path) {
      let queue = try DatabaseQueue(path: literal(path), configuration: readOnly)
      return try queue.read { database in
        var reader = EvidenceReader(database, size: seal.content)
        try reader.requireEvidence()
        guard seal.state == .whole else {
          // A run that did not finish never wrote it.
          _ = try reader.readRun()
          throw Problem.damaged("its last line is missing")
        }
        return try reader.contents()
      }
    }
  }

  /// A file from elsewhere gets no chance to run functions from its own schema.
  private static var readOnly: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// How many bytes the file has. Without a file, SQLite says no more than "unable to open", and
  /// waits for a pipe's other end.
  private static func size(_ path: String) throws(Problem) -> Int {
    let remedy = "name the evidence.sqlite that a run wrote"
    guard FileManager.default.fileExists(atPath: path) else {
      throw Problem("does not exist", at: .file(path), remedy: remedy)
    }
    let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    guard attributes?[.type] as? FileAttributeType == .typeRegular,
      let size = attributes?[.size] as? Int
    else {
      throw Problem("is not a file", at: .file(path), remedy: remedy)
    }
    return size
  }
}

/// What a run was asked to do, and by which tool.
package struct RunRecord: Hashable, Sendable {
  /// The text of pipeline.yml as it was.
  package var configuration: String
  /// The name of that file, for messages.
  package var configurationFile: String
  /// Name and version.
  package var tool: String
  /// How the evidence was counted.
  package var scheme: Scheme
  /// Images of the run, used or not.
  package var listed: Int
  /// What was noticed when the images were looked for.
  package var notes: [String]

  package init(
    configuration: String, configurationFile: String, tool: String, scheme: Scheme, listed: Int,
    notes: [String] = []
  ) {
    self.configuration = configuration
    self.configurationFile = configurationFile
    self.tool = tool
    self.scheme = scheme
    self.listed = listed
    self.notes = notes
  }
}
