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
    for creation in Table.all.map(\.creation) + Table.views { try execute(sql: creation) }
  }

  func insert(_ run: RunRecord) throws {
    let rows = try Insertion(into: .run, of: self)
    try rows.add("configuration", whole(run.configuration))
    try rows.add("configuration_file", whole(run.configurationFile))
    try rows.add("tool", whole(run.tool))
    try rows.add("listed", String(run.listed))
    try rows.add("scheme", whole(run.scheme.json))
    for (id, note) in run.notes.enumerated() {
      try Insertion(into: .note, of: self).add(id, whole(note))
    }
    for (id, loss) in run.scheme.losses.enumerated() {
      try Insertion(into: .loss, of: self).add(id, whole(loss.description))
    }
    for (id, entry) in run.scheme.classes.entries.enumerated() {
      try Insertion(into: .class, of: self).add(
        id, whole(entry.name), list(entry.labels.predictions), list(entry.labels.truth),
        list(entry.colors))
    }
  }

  /// `26 27`, to be read by people; the scheme has the same for programs.
  private func list<Item: CustomStringConvertible>(_ items: [Item]) -> String {
    items.map(\.description).joined(separator: " ")
  }

  func insert(_ levels: RunLevels) throws {
    for (id, counts) in zip((-1)..., [levels.chosen] + levels.classes) {
      try Insertion(into: .runLevel, of: self).add(
        id, levels.kind.rawValue, Data(counts: counts.own), Data(counts: counts.other))
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
    try Insertion(into: .problem, of: self).add(
      position, whole(entry.image), whole(problem.what), place.file.map(whole), place.line,
      place.byte, whole(problem.remedy))
  }

  /// Says that the file has everything.
  func insertFinished() throws { try Insertion(into: .run, of: self).add("finished", "1") }

  /// `classes` of the run: what a square of repairs is cut by.
  func insert(_ image: ImageEvidence, classes: Int) throws {
    let tally = image.tally
    try Insertion(into: .image, of: self).add(
      image.index, whole(image.name), image.group.map(whole), image.width, image.height,
      image.slices, image.ignored, image.unlistedPredictions, Columns(of: image.remarks),
      tally.pixels,
      tally.unclassed, tally.overlapping, tally.weight)
    try insert(tally, image: image.index, tile: wholeImage, classes: classes)
    for (index, tile) in image.tiles.enumerated() {
      try Insertion(into: .tile, of: self).add(
        image.index, index, tile.pixels, tile.unclassed, tile.overlapping, tile.weight)
      try insert(tile, image: image.index, tile: index, classes: classes)
    }
    for (index, part) in tally.classes.enumerated() {
      try insert(part.distances, image: image.index, class: index)
    }
    let levels = try Insertion(into: .level, of: self)
    for (index, level) in image.levels.enumerated() {
      try levels.add(image.index, index, Data(counts: level.own), Data(counts: level.other))
    }
    if let glance = image.glance {
      try Insertion(into: .glance, of: self).add(image.index, try text(of: glance))
    }
  }

  private func insert(_ distances: SurfaceDistances, image: Int, class id: Int) throws {
    guard distances != .zero else { return }
    let (predicted, truth) = (distances.predicted, distances.truth)
    try Insertion(into: .distance, of: self).add(
      image, id, Data(counts: predicted.steps), predicted.unreached, Data(counts: truth.steps),
      truth.unreached)
  }

  /// Everything of a tally but its counts of pixels, which stand with the image or the tile.
  private func insert(_ tally: Tally, image: Int, tile: Int, classes: Int) throws {
    // A statement is looked up by its text, which takes as long as a short row.
    let overlaps = try Insertion(into: .overlap, of: self)
    let losses = try Insertion(into: .lossSum, of: self)
    for (id, part) in tally.classes.enumerated() {
      try overlaps.add(
        image, tile, id, Columns(of: part.overlap), part.first, Columns(of: part.saturated),
        Columns(of: part.ties), part.onIgnored, Columns(of: part.border))
      try insertSums(of: part, image: image, tile: tile, class: id, losses)
    }
    try insert(tally.confusion, image: image, tile: tile)
    for truth in 0..<(tally.repairs.isEmpty ? 0 : classes) {
      let cells = tally.repairs[(truth * classes)..<((truth + 1) * classes)]
      try Insertion(into: .repair, of: self).add(image, tile, truth, Data(sums: cells))
    }
  }

  private func insert(_ confusion: Confusion, image: Int, tile: Int) throws {
    let rows = try Insertion(into: .confusion, of: self)
    // In the order of their cells.
    var row: (truth: Int, counts: PairsText)?
    for entry in confusion.entries {
      if let full = row, full.truth != entry.truth {
        try rows.add(image, tile, full.truth, full.counts.text)
        row = nil
      }
      row = row ?? (entry.truth, PairsText())
      row?.counts.add(entry.predicted, entry.count)
    }
    if let row { try rows.add(image, tile, row.truth, row.counts.text) }
  }

  private func insertSums(
    of part: ClassTally, image: Int, tile: Int, class id: Int, _ losses: Insertion
  ) throws {
    let soft = part.soft
    if soft != .zero {
      try Insertion(into: .softSum, of: self).add(
        image, tile, id, Columns(of: soft), Double(soft.predicted), Double(soft.both),
        Double(soft.predictedSquared))
    }
    for (index, sum) in part.weighted.enumerated() {
      try Insertion(into: .weightedSum, of: self).add(image, tile, id, index, Columns(of: sum))
    }
    for (index, loss) in part.losses.enumerated() {
      try losses.add(
        image, tile, id, index, Columns(of: loss), Double(loss.positive), Double(loss.negative),
        part.bounds.isEmpty ? nil : Columns(of: part.bounds[index]),
        part.capped.isEmpty ? nil : Columns(of: part.capped[index]))
    }
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
