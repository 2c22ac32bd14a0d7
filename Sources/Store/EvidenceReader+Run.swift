import Core
import GRDB

extension EvidenceReader {
  func requireEvidence() throws {
    guard try Int.fetchOne(database, sql: "PRAGMA application_id") == Table.application else {
      throw Problem(
        "is no evidence: another program's database",
        remedy: "name the evidence.sqlite that a run wrote")
    }
    // SQLite fills up a last page that was cut off.
    let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
    let page = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
    guard size == pages * page else {
      throw Problem.damaged("it has \(size) bytes instead of \(pages * page)")
    }
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version == Table.version else {
      throw Problem(
        "has version \(version) of the tables, but only version \(Table.version) can be read",
        remedy: "use the unmask that wrote it, or make the file again with `unmask run`")
    }
  }

  /// Every table is one, and as this version makes it: a view of the same name can be endless.
  func requireTables() throws {
    let found = try Row.fetchAll(
      database, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    let creations = Dictionary(
      found.map { ($0[0] as String?, $0[1] as String?) }, uniquingKeysWith: { first, _ in first })
    for table in Table.all
    where creations[table.name].flatMap(\.self).map({ $0 + ";" }) != table.creation {
      throw Problem.damaged("the table '\(table.name)' is not as it should be")
    }
  }

  mutating func readRun() throws -> RunRecord {
    let values = try readTexts(.run)
    guard values["finished"] == "1" else {
      throw Problem(
        "is incomplete: the run that wrote it did not finish",
        remedy: "make it again with `unmask run`")
    }
    func value(_ key: String) throws(Problem) -> String {
      guard let value = values[key] else { throw .damaged("the table 'run' lacks '\(key)'") }
      return value
    }
    guard let listed = Int(try value("listed")), (0...StoredRow.mostPixels).contains(listed) else {
      throw Problem.damaged("in the table 'run', 'listed' is no count")
    }
    scheme = try Scheme(json: try value("scheme"))
    return RunRecord(
      configuration: try value("configuration"),
      configurationFile: try value("configuration_file"), tool: try value("tool"),
      scheme: scheme, listed: listed, notes: try readNotes())
  }

  private func readTexts(_ table: Table) throws -> [String: String] {
    var texts: [String: String] = [:]
    try database.forEach(in: table) { row in texts[try row.text("key")] = try row.text("value") }
    return texts
  }

  private func readNotes() throws -> [String] {
    var notes: [String] = []
    try database.forEach(in: .note) { row in
      try row.expect("id", notes.count)
      notes.append(try row.text("text"))
    }
    return notes
  }

  func readProblems() throws -> [ImageProblem] {
    var problems: [ImageProblem] = []
    try database.forEach(in: .problem) { row in
      try row.expect("position", problems.count)
      let problem = Problem(
        try row.text("what"), at: try place(row), remedy: try row.text("remedy"))
      problems.append(ImageProblem(image: try row.text("image"), problem: problem))
    }
    return problems
  }

  private func place(_ row: StoredRow) throws -> Problem.Place? {
    let line = try row.optionalInteger("place_line", in: 0 ... .max)
    let byte = try row.optionalInteger("place_byte", in: 0 ... .max)
    return switch (try row.optionalText("place_file"), line, byte) {
    case (nil, nil, nil): nil
    case (let file?, nil, nil): .file(file)
    case (let file?, let line?, nil): .line(line, file: file)
    case (let file?, nil, let byte?): .byte(byte, file: file)
    default: try row.refuse("place_file")
    }
  }
}
