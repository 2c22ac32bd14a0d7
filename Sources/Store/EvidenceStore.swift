package import Core
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
    let seal = try EvidenceSeal.state(of: path)
    if seal.state == .broken {
      throw Problem.damaged("its checksum is not that of its content").inFile(path)
    }
    return try mapping(.reading, path) {
      let queue = try DatabaseQueue.kept(at: literal(path), readOnly)
      defer { try? queue.close() }
      return try queue.read { database in
        var reader = EvidenceReader(database, size: seal.content)
        try reader.requireEvidence()
        try reader.requireTables()
        guard seal.state == .whole else {
          // A run that did not finish never wrote it.
          _ = try reader.readRun()
          throw Problem.damaged("its last line is missing")
        }
        return try reader.contents()
      }
    }
  }

  /// Whether a file that begins so calls itself evidence (sqlite.org/fileformat2.html, 1.3: the application ID).
  package static func isMarked(_ header: [UInt8]) -> Bool {
    header.count >= 72 && header[68..<72].reduce(0) { $0 << 8 | Int($1) } == Table.application
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
