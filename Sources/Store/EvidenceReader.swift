import Core
import GRDB

/// Puts the rows of a file together again.
struct EvidenceReader {
  let database: Database
  /// How many bytes the file has.
  let size: Int
  /// How the run counted; from the table `run`. The tables `class` and `loss` say the same for those
  /// who ask in SQL.
  var scheme = Scheme(classes: ClassList([]))
  private var classes: Int { scheme.classes.count }
  private var images: [ImageEvidence] = []
  /// Those of the images, in the same order, then those of the tiles.
  private var tallies: [Tally] = []
  /// Where in `tallies` a place has its own.
  private var positions: [Place: Int] = [:]
  private var total = 0

  /// An image, by its index in the run, or a tile of it.
  private struct Place: Hashable {
    var image: Int
    var tile: Int
  }

  /// More than all counts of a file make together. Any sum of them, even if taken eight times,
  /// fits an `Int`.
  private static let mostCounted = 1 << 60

  init(_ database: Database, size: Int) {
    self.database = database
    self.size = size
  }

  mutating func contents() throws -> (run: RunRecord, evidence: Evidence) {
    let run = try readRun()
    try readImages(listed: run.listed)
    try readTiles()
    try readOverlaps()
    try readSoftSums()
    try readLossSums()
    try readWeightedSums()
    try readConfusions()
    try readRepairs()
    try readDistances()
    try readLevels()
    try readGlances()
    try assemble()
    let evidence = Evidence(
      scheme: run.scheme, images: images, problems: try readProblems(), listed: run.listed,
      levels: try readRunLevels())
    return (run, evidence)
  }
}

// MARK: Places

extension EvidenceReader {
  private mutating func readImages(listed: Int) throws {
    try database.forEach(in: .image) { row in
      let index = try row.index("id", below: listed)
      let (width, height) = (try count(row, "width"), try count(row, "height"))
      let slices = try count(row, "slices")
      let (area, isTooWide) = width.multipliedReportingOverflow(by: height)
      let (volume, isTooDeep) = area.multipliedReportingOverflow(by: slices)
      guard !isTooWide else { try row.refuse("height") }
      guard !isTooDeep else { try row.refuse("slices") }
      try add(volume)
      images.append(
        ImageEvidence(
          name: try row.text("name"), index: index, group: try row.optionalText("image_group"),
          width: width, height: height, slices: slices, ignored: try count(row, "ignored_px"),
          unlistedPredictions: try count(row, "unlisted_px"), remarks: try statistic(row),
          tally: .zero))
      positions[Place(image: index, tile: wholeImage)] = tallies.count
      tallies.append(try tally(row))
    }
  }

  private mutating func readTiles() throws {
    var next = Place(image: wholeImage, tile: 0)
    try database.forEach(in: .tile) { row in
      let image = try row.integer("image")
      if image != next.image { next = Place(image: image, tile: 0) }
      guard positions[Place(image: image, tile: wholeImage)] != nil else { try row.refuse("image") }
      try row.expect("tile", next.tile)
      positions[next] = tallies.count
      tallies.append(try tally(row))
      next.tile += 1
    }
  }

  /// The counts of pixels that stand with a place itself.
  private mutating func tally(_ row: StoredRow) throws -> Tally {
    var tally = Tally()
    tally.pixels = try count(row, "counted_px")
    tally.unclassed = try count(row, "unclassed_px")
    tally.overlapping = try count(row, "overlapping_px")
    tally.weight = try row.sum("weight")
    return tally
  }

  /// Where in `tallies` the place of a row has its own.
  private func position(_ row: StoredRow) throws(Problem) -> Int {
    let place = Place(image: try row.integer("image"), tile: try row.integer("tile"))
    guard let position = positions[place] else { try row.refuse("tile") }
    return position
  }
}

// MARK: Statistics

extension EvidenceReader {
  private mutating func readOverlaps() throws {
    try database.forEach(in: .overlap) { row in
      let position = try position(row)
      try row.expect("class", tallies[position].classes.count)
      tallies[position].classes.append(
        ClassTally(
          overlap: try statistic(row), first: try count(row, "first_px"),
          onIgnored: try count(row, "ignored_px"),
          saturated: try statistic(row), ties: try statistic(row), border: try statistic(row)))
    }
  }

  private mutating func readSoftSums() throws {
    try database.forEach(in: .softSum) { row in
      let position = try position(row)
      let id = try row.index("class", below: tallies[position].classes.count)
      tallies[position].classes[id].soft = try statistic(row)
    }
  }

  private mutating func readLossSums() throws {
    try database.forEach(in: .lossSum) { row in
      let position = try position(row)
      let id = try row.index("class", below: tallies[position].classes.count)
      try row.expect("loss", tallies[position].classes[id].losses.count)
      tallies[position].classes[id].losses.append(try statistic(row))
      if let bounds = try row.optionalStatistic(LossBounds.self) {
        tallies[position].classes[id].bounds.append(bounds)
      }
      if let capped = try row.optionalStatistic(SplitSum.self, prefix: "capped_") {
        tallies[position].classes[id].capped.append(capped)
      }
    }
  }

  private mutating func readWeightedSums() throws {
    try database.forEach(in: .weightedSum) { row in
      let position = try position(row)
      let id = try row.index("class", below: tallies[position].classes.count)
      try row.expect("loss", tallies[position].classes[id].weighted.count)
      tallies[position].classes[id].weighted.append(try statistic(row))
    }
  }

  private mutating func readConfusions() throws {
    var entries: [Int: [Confusion.Entry]] = [:]
    try database.forEach(in: .confusion) { row in
      let truth = try row.index("truth", below: classes + 1)
      let position = try position(row)
      guard let pairs = PairsText.pairs(in: try row.text("predicted")) else {
        try row.refuse("predicted")
      }
      for (predicted, count) in pairs {
        guard (0...classes).contains(predicted) else { try row.refuse("predicted") }
        try add(count)
        entries[position, default: []].append(
          Confusion.Entry(truth: truth, predicted: predicted, count: count))
      }
    }
    for (position, entries) in entries { tallies[position].confusion = Confusion(entries) }
  }

  private mutating func readRepairs() throws {
    try database.forEach(in: .repair) { row in
      let position = try position(row)
      let truth = try row.index("truth", below: classes)
      guard tallies[position].repairs.count == truth * classes else { try row.refuse("truth") }
      tallies[position].repairs += try row.sums("cells", count: classes)
    }
  }

  private mutating func readDistances() throws {
    try database.forEach(in: .distance) { row in
      let image = try row.integer("image")
      guard let position = positions[Place(image: image, tile: wholeImage)] else {
        try row.refuse("image")
      }
      let id = try row.index("class", below: tallies[position].classes.count)
      tallies[position].classes[id].distances = SurfaceDistances(
        predicted: try distances(row, "predicted"), truth: try distances(row, "truth"))
    }
  }

  private mutating func distances(
    _ row: StoredRow, _ boundary: String
  ) throws(Problem) -> DistanceCounts {
    let distances = DistanceCounts(
      steps: try row.counts(boundary), unreached: try row.count("\(boundary)_unreached_px"))
    guard let distances else { try row.refuse(boundary) }
    try add(distances.pixels)
    return distances
  }

  private mutating func readLevels() throws {
    try database.forEach(in: .level) { row in
      let image = try row.integer("image")
      guard let position = positions[Place(image: image, tile: wholeImage)] else {
        try row.refuse("image")
      }
      try row.expect("class", images[position].levels.count)
      let histogram = LevelHistogram(
        own: try row.counts("own", count: 256), other: try row.counts("other", count: 256))
      for count in histogram.own + histogram.other { try add(count) }
      images[position].levels.append(histogram)
    }
  }

  private mutating func readGlances() throws {
    try database.forEach(in: .glance) { row in
      let image = try row.integer("image")
      guard let position = positions[Place(image: image, tile: wholeImage)] else {
        try row.refuse("image")
      }
      let glance: Glance = try value(of: try row.text("seen"), "how an image looks")
      guard glance.fits(classes: classes) else { try row.refuse("seen") }
      images[position].glance = glance
    }
  }
}

extension EvidenceReader {
  private mutating func readRunLevels() throws -> RunLevels? {
    var levels: RunLevels?
    var next = -1
    try database.forEach(in: .runLevel) { row in
      try row.expect("class", next)
      next += 1
      guard let kind = RunLevels.Kind(rawValue: try row.text("kind")),
        levels == nil || levels?.kind == kind, next <= classes
      else { try row.refuse("kind") }
      let count = kind == .bits8 ? 256 : 65536
      let counts = LevelCounts(
        own: try row.counts("own", count: count), other: try row.counts("other", count: count))
      for count in counts.own + counts.other { try add(count) }
      if levels == nil {
        let isEmpty = counts.ownPixels + counts.otherPixels == 0
        levels = RunLevels(kind: kind, classes: [], chosen: isEmpty ? .zero : counts)
      } else {
        levels?.classes.append(counts)
      }
    }
    guard levels == nil || levels?.classes.count == classes else {
      throw Problem.damaged("rows of the table 'run_level' are missing")
    }
    return levels
  }
}

// MARK: Bounds

extension EvidenceReader {
  private mutating func count(_ row: StoredRow, _ column: String) throws(Problem) -> Int {
    let count = try row.count(column)
    try add(count)
    return count
  }

  private mutating func statistic<S: ColumnStatistic>(_ row: StoredRow) throws(Problem) -> S {
    let (statistic, pixels) = try row.statistic(S.self)
    try addCounted(pixels)
    return statistic
  }

  private mutating func add(_ count: Int) throws(Problem) {
    guard count <= StoredRow.mostPixels else { throw .damaged("a count of \(count) pixels") }
    try addCounted(count)
  }

  private mutating func addCounted(_ pixels: Int) throws(Problem) {
    total += pixels
    guard total < Self.mostCounted else {
      throw .damaged("more pixels are counted than there can be")
    }
  }

  /// Gives each image its tallies, which must have the shape of the run.
  private mutating func assemble() throws(Problem) {
    for (place, position) in positions.sorted(by: { $0.value < $1.value }) {
      if place.tile == wholeImage {
        images[position].tally = tallies[position]
      } else if let image = positions[Place(image: place.image, tile: wholeImage)] {
        images[image].tiles.append(tallies[position])
      }
    }
    for image in images where !image.fits(scheme) {
      throw .damaged(
        "rows of the image '\(printable(image.name, most: 60))' are missing, or there are too many")
    }
  }
}
