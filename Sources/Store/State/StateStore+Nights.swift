package import Core
package import Foundation
import GRDB

/// What decides whether a night can be skipped.
package struct NightMarks: Sendable, Hashable {
  /// A hash of all that decides the reports; `nil` where they are made again in any case.
  package var inputs: Data?
  /// A hash of the reports' files as they were left.
  package var output: Data?

  package init(inputs: Data?, output: Data?) {
    self.inputs = inputs
    self.output = output
  }
}

extension StateStore {
  /// The number that the next run gets.
  package var nextNumber: Int {
    get throws(Problem) {
      try read { try Int.fetchOne($0, sql: "SELECT max(number) FROM run") ?? 0 } + 1
    }
  }

  /// The last run of a series that was not skipped, and what it left.
  package func last(of series: String) throws(Problem) -> LastNight? {
    try last("series = ?", [series])
  }

  /// The same of one name, where runs of a series have names.
  package func last(of series: String, named name: String?) throws(Problem) -> LastNight? {
    try last("series = ? AND name IS ?", [series, name])
  }

  /// The last of the runs whose names come before this one.
  package func last(of series: String, before name: String) throws(Problem) -> LastNight? {
    try last("series = ? AND name < ?", [series, name], by: "name DESC, number DESC")
  }

  package typealias LastNight = (night: Night, marks: NightMarks, listing: Int64?)

  private func last(
    _ condition: String, _ arguments: StatementArguments, by order: String = "number DESC"
  ) throws(Problem) -> LastNight? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT * FROM run WHERE \(condition) AND same_as IS NULL
          ORDER BY \(order) LIMIT 1
          """, arguments: arguments)
      guard let row else { return nil }
      var night = try Night(row)
      try database.complete(&night)
      let marks = NightMarks(inputs: try row.optional("inputs"), output: try row.optional("output"))
      return (night, marks, try row.optional("listing"))
    }
  }

  /// All nights, in order, with their classes and checks; one that was skipped has those of the run that it is
  /// the same as.
  package func nights(of series: String? = nil) throws(Problem) -> [Night] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM run WHERE series = ? OR ? IS NULL ORDER BY number",
        arguments: [series, series])
      return try rows.map { row in
        var night = try Night(row)
        try database.complete(&night)
        return night
      }
    }
  }

  /// Adds a night at the end.
  ///
  /// - Parameter listing: its evidence, where that is kept.
  package func add(_ night: Night, _ marks: NightMarks, listing: Int64?) throws(Problem) {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          night.number, night.series, night.name, night.started, night.ended, night.host,
          night.tool, night.configuration, night.predictions, night.truth, night.exitCode,
          night.verdict, night.headline, night.value, night.low, night.high, night.images,
          night.used, night.counted, night.newRecord, night.sameAs, marks.inputs, marks.output,
          listing, night.scheme,
        ])
      guard night.sameAs == nil else { return }
      // Where a row of the run was lost, its classes may still be there.
      for (position, part) in night.classes.enumerated() {
        try database.cachedStatement(
          sql: "INSERT OR REPLACE INTO run_class VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
          night.number, position, part.name, part.state, part.verdict, part.badness, part.iou,
          part.dice,
          part.loss, part.pixelShare,
        ])
      }
      for (position, check) in night.checks.enumerated() {
        try database.cachedStatement(
          sql: "INSERT OR REPLACE INTO run_check VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        .execute(arguments: [
          night.number, position, check.id, check.className, check.state, check.value,
          check.limit,
        ])
      }
    }
  }

  /// The files of a run's reports were touched: their new hash.
  package func note(output: Data?, of number: Int) throws(Problem) {
    try write { database in
      try database.execute(
        sql: "UPDATE run SET output = ? WHERE number = ?", arguments: [output, number])
    }
  }
}

extension Database {
  fileprivate func complete(_ night: inout Night) throws {
    let number = night.sameAs ?? night.number
    night.classes = try Row.fetchAll(
      try cachedStatement(sql: "SELECT * FROM run_class WHERE run = ? ORDER BY position"),
      arguments: [number]
    ).map(Night.Class.init)
    night.checks = try Row.fetchAll(
      try cachedStatement(sql: "SELECT * FROM run_check WHERE run = ? ORDER BY position"),
      arguments: [number]
    ).map(Night.Check.init)
  }
}

extension Night {
  fileprivate init(_ row: Row) throws {
    self.init()
    number = try row.get("number")
    series = try row.get("series")
    name = try row.optional("name")
    started = try row.get("started")
    ended = try row.get("ended")
    host = try row.get("host")
    tool = try row.get("tool")
    configuration = try row.get("configuration")
    predictions = try row.get("predictions")
    truth = try row.get("truth")
    exitCode = try row.get("exit_code")
    verdict = try row.optional("verdict")
    headline = try row.get("headline")
    value = try row.optional("value")
    low = try row.optional("value_lo")
    high = try row.optional("value_hi")
    images = try row.get("images")
    used = try row.get("images_used")
    counted = try row.get("images_counted")
    newRecord = try row.optional("new_record")
    scheme = try row.optional("scheme")
    sameAs = try row.optional("same_as")
  }
}

extension Night.Class {
  fileprivate init(_ row: Row) throws {
    self.init(
      name: try row.get("class"), state: try row.get("state"), verdict: try row.optional("verdict"),
      badness: try row.optional("badness"), iou: try row.optional("iou"),
      dice: try row.optional("dice"), loss: try row.optional("loss"),
      pixelShare: try row.optional("pixel_share"))
  }
}

extension Night.Check {
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row.get("id"), className: try row.optional("class"), state: try row.get("state"),
      value: try row.optional("value"), limit: try row.optional("lim"))
  }
}
