import Core

/// An image's evidence in few bytes, as the state keeps it: all but its name, its place in a run and its group, which are
/// the run's.
///
/// Rows of a database, as evidence.sqlite has them for people to ask, take ten times the room and the time.
extension ImageEvidence {
  var packed: [UInt8] {
    var writer = PackWriter()
    for count in [width, height, slices, ignored, unlistedPredictions] { writer.add(count) }
    writer.add(remarks)
    writer.add(tally, distances: true)
    writer.add(tiles.count)
    for tile in tiles { writer.add(tile, distances: false) }
    writer.add(levels.count)
    for level in levels {
      writer.add(level.own.withoutZerosAtEnd)
      writer.add(level.other.withoutZerosAtEnd)
    }
    // A few images of a run have one.
    writer.add(glance.flatMap { try? text(of: $0) } ?? "")
    return writer.bytes
  }

  /// `nil` where the bytes are not those that were written for this scheme.
  init?(unpacking bytes: [UInt8], by scheme: Scheme, name: String, index: Int, group: String?) {
    var reader = PackReader(bytes)
    self.init(
      name: name, index: index, group: group, width: reader.pixels(), height: reader.pixels(),
      slices: reader.pixels(), ignored: reader.pixels(), unlistedPredictions: reader.pixels(),
      remarks: reader.statistic(), tally: reader.tally(distances: true),
      tiles: reader.list { $0.tally(distances: false) },
      levels: reader.list { LevelHistogram(own: $0.levels(), other: $0.levels()) })
    let seen = reader.text()
    if !seen.isEmpty {
      glance = try? value(of: seen, "how an image looks")
      for view in glance?.views.indices ?? 0..<0 { glance?.views[view].index = index }
    }
    guard reader.isWhole, fits(scheme), glance?.fits(classes: scheme.classes.count) ?? true else {
      return nil
    }
  }
}

extension PackReader {
  fileprivate mutating func levels() -> [Int] {
    let counts = list { $0.pixels() }
    guard counts.count <= 256 else { return damaged([]) }
    return counts + [Int](repeating: 0, count: 256 - counts.count)
  }
}

extension [Int] {
  fileprivate var withoutZerosAtEnd: [Int] {
    Array(self[..<(lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)])
  }
}
