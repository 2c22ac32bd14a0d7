import Core
import Foundation
import GRDB

/// Stands in the column `tile` for the whole image.
let wholeImage = -1

extension Database {
  func createTables() throws {
    try execute(
      sql: """
        PRAGMA application_id = \(Table.application);
        PRAGMA user_version = \(Table.version);
        """)
    for table in Table.all { try execute(sql: table.creation) }
  }

  func insert(_ run: RunRecord) throws {
    try insert(into: .run, ["configuration", try whole(run.configuration)])
    try insert(into: .run, ["configuration_file", try whole(run.configurationFile)])
    try insert(into: .run, ["tool", try whole(run.tool)])
    try insert(into: .run, ["listed", String(run.listed)])
    for (key, value) in run.facts.sorted(by: { $0.key < $1.key }) {
      try insert(into: .fact, [try whole(key), try whole(value)])
    }
    for (id, name) in run.losses.enumerated() { try insert(into: .loss, [id, try whole(name)]) }
    for (id, entry) in run.classes.entries.enumerated() {
      let (name, color) = (try whole(entry.name), entry.color)
      try insert(
        into: .class,
        [
          id, name, entry.value, color?.red, color?.green, color?.blue, entry.weight,
          entry.positiveWeight,
        ])
    }
  }

  func insert(_ levels: RunLevels) throws {
    for (id, counts) in zip((-1)..., [levels.chosen] + levels.classes) {
      try insert(
        into: .runLevel,
        [id, levels.kind.rawValue, Data(counts: counts.own), Data(counts: counts.other)])
    }
  }

  func insert(_ entry: ImageProblem, at position: Int) throws {
    let problem = entry.problem
    let place: (file: String?, line: Int?, byte: Int?) =
      switch problem.place {
      case nil: (nil, nil, nil)
      case .file(let file): (file, nil, nil)
      case .line(let line, let file): (file, line, nil)
      case .byte(let byte, let file): (file, nil, byte)
      }
    try insert(
      into: .problem,
      [
        position, try whole(entry.image), try whole(problem.what), try place.file.map(whole),
        place.line, place.byte, try whole(problem.remedy),
      ])
  }

  /// `classes` of the run: what a square of repairs is cut by.
  func insert(_ image: ImageEvidence, classes: Int) throws {
    let tally = image.tally
    try insert(
      into: .image,
      [
        image.index, try whole(image.name), try image.group.map(whole), image.width, image.height,
        image.ignored, image.unlistedPredictions, tally.pixels, tally.unclassed, tally.overlapping,
        Data(tally.weight),
      ])
    try insert(tally, image: image.index, tile: wholeImage, classes: classes)
    for (index, tile) in image.tiles.enumerated() {
      try insert(
        into: .tile,
        [
          image.index, index, tile.pixels, tile.unclassed, tile.overlapping, Data(tile.weight),
        ])
      try insert(tile, image: image.index, tile: index, classes: classes)
    }
    for (index, level) in image.levels.enumerated() {
      try insert(
        into: .level, [image.index, index, Data(counts: level.own), Data(counts: level.other)])
    }
  }

  /// Everything of a tally but its counts of pixels, which stand with the image or the tile.
  private func insert(_ tally: Tally, image: Int, tile: Int, classes: Int) throws {
    for (index, part) in tally.classes.enumerated() {
      try insert(part, image: image, tile: tile, class: index)
    }
    for entry in tally.confusion.entries {
      try insert(into: .confusion, [image, tile, entry.truth, entry.predicted, entry.count])
    }
    for truth in 0..<(tally.repairs.isEmpty ? 0 : classes) {
      let cells = tally.repairs[(truth * classes)..<((truth + 1) * classes)]
      try insert(into: .repair, [image, tile, truth, Data(sums: cells)])
    }
  }

  private func insert(_ part: ClassTally, image: Int, tile: Int, class id: Int) throws {
    let (overlap, soft) = (part.overlap, part.soft)
    try insert(
      into: .overlap,
      [
        image, tile, id, overlap.both, overlap.onlyTrue, overlap.onlyPredicted, overlap.neither,
        part.first, part.saturated.ownAtZero, part.saturated.ownAtOne,
        part.saturated.otherAtZero, part.saturated.otherAtOne,
        part.border.own, part.border.missed, part.border.taken,
      ])
    if soft != .zero {
      try insert(
        into: .softSum,
        [
          image, tile, id, Data(soft.predicted), Data(soft.both), Data(soft.predictedSquared),
          soft.truth, Double(soft.predicted), Double(soft.both), Double(soft.predictedSquared),
        ])
    }
    for (index, sum) in part.weighted.enumerated() {
      try insert(
        into: .weightedSum,
        [
          image, tile, id, index, Data(sum.positive), Data(sum.negative),
          Data(sum.positiveWeight), Data(sum.negativeWeight),
        ])
    }
    for (index, loss) in part.losses.enumerated() {
      let bounds = part.bounds.isEmpty ? nil : part.bounds[index]
      let capped = part.capped.isEmpty ? nil : part.capped[index]
      try insert(
        into: .lossSum,
        [
          image, tile, id, index, Data(loss.positive), Data(loss.negative), loss.positives,
          loss.negatives, Double(loss.positive), Double(loss.negative),
          bounds.map { Data($0.low.own) }, bounds.map { Data($0.low.other) },
          bounds.map { Data($0.high.own) }, bounds.map { Data($0.high.other) },
          capped.map { Data($0.own) }, capped.map { Data($0.other) },
        ])
    }
  }

  /// One row, its values in the order of the table's columns.
  func insert(into table: Table, _ values: StatementArguments) throws {
    let statement = try cachedStatement(sql: table.insertion)
    // Unchecked halves the time of a million rows. It may not follow a failure, and does not:
    // `EvidenceWriter` stops at its first.
    statement.setUncheckedArguments(values)
    try statement.execute()
  }

  /// A text without zero bytes: there SQLite, and most of what reads its files, ends a text.
  private func whole(_ text: String) throws(Problem) -> String {
    guard !text.utf8.contains(0) else {
      throw Problem(
        "cannot keep the text \"\(printable(String(text.prefix(80))))\": it holds a zero byte",
        remedy: "leave the zero byte out")
    }
    return text
  }
}
