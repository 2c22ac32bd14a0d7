import Core

extension PackWriter {
  /// - Parameter distances: whether it can have any, as images have and tiles do not.
  mutating func add(_ tally: Tally, distances: Bool) {
    for count in [tally.pixels, tally.unclassed, tally.overlapping] { add(count) }
    add(tally.weight)
    add(tally.classes.count)
    for part in tally.classes { add(part, of: tally.pixels, distances: distances) }
    add(tally.confusion)
    add(tally.repairs.count)
    for sum in tally.repairs { add(sum) }
  }

  private mutating func add(_ part: ClassTally, of pixels: Int, distances: Bool) {
    let overlap = part.overlap
    let counted = overlap.both + overlap.onlyTrue + overlap.onlyPredicted + overlap.neither
    for count in [overlap.both, overlap.onlyTrue, overlap.onlyPredicted] { add(count) }
    // These two are mostly 0: what is neither is the rest, and few pixels are several classes.
    add(signed: pixels - counted)
    add(signed: overlap.truth - part.first)
    add(part.onIgnored)
    let kinds = Kinds(of: part, distances: distances)
    add(kinds.rawValue)
    if kinds.contains(.soft) { add(part.soft) }
    if kinds.contains(.losses) { add(part.losses) }
    if kinds.contains(.weighted) { add(part.weighted) }
    if kinds.contains(.saturated) { add(part.saturated) }
    if kinds.contains(.ties) { add(part.ties) }
    if kinds.contains(.border) { add(part.border) }
    if kinds.contains(.distances) { add(part.distances) }
    if kinds.contains(.bounds) { add(part.bounds) }
    if kinds.contains(.capped) { add(part.capped) }
  }

  /// In the order of their cells, so that the difference to the last one is small.
  private mutating func add(_ confusion: Confusion) {
    add(confusion.entries.count)
    var last = 0
    for entry in confusion.entries {
      add(entry.truth - last)
      add(entry.predicted)
      add(entry.count)
      last = entry.truth
    }
  }

  private mutating func add(_ distances: SurfaceDistances) {
    for counts in [distances.predicted, distances.truth] {
      add(counts.steps)
      add(counts.unreached)
    }
  }
}

extension PackReader {
  mutating func tally(distances: Bool) -> Tally {
    var tally = Tally()
    tally.pixels = pixels()
    tally.unclassed = pixels()
    tally.overlapping = pixels()
    tally.weight = sum()
    tally.classes = list { $0.part(of: tally.pixels) }
    tally.confusion = confusion()
    tally.repairs = list { $0.sum() }
    return tally
  }

  private mutating func part(of pixels: Int) -> ClassTally {
    var overlap = Overlap(
      both: self.pixels(), onlyTrue: self.pixels(), onlyPredicted: self.pixels(), neither: 0)
    overlap.neither =
      pixels - overlap.both - overlap.onlyTrue - overlap.onlyPredicted - difference()
    let first = overlap.truth - difference()
    let onIgnored = self.pixels()
    guard overlap.neither >= 0, first >= 0 else { return damaged(.zero) }
    let kinds = Kinds(rawValue: count())
    // In the order in which they were written.
    return ClassTally(
      overlap: overlap,
      soft: kinds.contains(.soft) ? statistic() : .zero,
      losses: kinds.contains(.losses) ? list { $0.statistic() } : [],
      weighted: kinds.contains(.weighted) ? list { $0.statistic() } : [],
      first: first, onIgnored: onIgnored,
      saturated: kinds.contains(.saturated) ? statistic() : .zero,
      ties: kinds.contains(.ties) ? statistic() : .zero,
      border: kinds.contains(.border) ? statistic() : .zero,
      distances: kinds.contains(.distances) ? distances() : .zero,
      bounds: kinds.contains(.bounds) ? list { $0.statistic() } : [],
      capped: kinds.contains(.capped) ? list { $0.statistic() } : [])
  }

  /// One that no sum can make overflow.
  private mutating func difference() -> Int {
    let difference = signed()
    return difference.magnitude <= UInt(StoredRow.mostPixels) ? difference : damaged(0)
  }

  private mutating func confusion() -> Confusion {
    var last = 0
    return Confusion(
      list { reader in
        last += reader.pixels()
        guard last <= StoredRow.mostPixels else {
          return reader.damaged(Confusion.Entry(truth: 0, predicted: 0, count: 0))
        }
        return Confusion.Entry(truth: last, predicted: reader.pixels(), count: reader.pixels())
      })
  }

  private mutating func distances() -> SurfaceDistances {
    SurfaceDistances(predicted: distanceCounts(), truth: distanceCounts())
  }

  private mutating func distanceCounts() -> DistanceCounts {
    let steps = list { $0.pixels() }
    let unreached = pixels()
    return DistanceCounts(steps: steps, unreached: unreached) ?? damaged(.zero)
  }
}

/// Which statistics of a class are there; most are not counted in most runs.
private struct Kinds: OptionSet {
  let rawValue: Int

  static let soft = Kinds(rawValue: 1)
  static let saturated = Kinds(rawValue: 2)
  static let ties = Kinds(rawValue: 4)
  static let border = Kinds(rawValue: 8)
  static let distances = Kinds(rawValue: 16)
  static let losses = Kinds(rawValue: 32)
  static let weighted = Kinds(rawValue: 64)
  static let bounds = Kinds(rawValue: 128)
  static let capped = Kinds(rawValue: 256)
}

extension Kinds {
  init(of part: ClassTally, distances: Bool) {
    self = []
    if part.soft != .zero { insert(.soft) }
    if part.saturated != .zero { insert(.saturated) }
    if part.ties != .zero { insert(.ties) }
    if part.border != .zero { insert(.border) }
    if distances, part.distances != .zero { insert(.distances) }
    if !part.losses.isEmpty { insert(.losses) }
    if !part.weighted.isEmpty { insert(.weighted) }
    if !part.bounds.isEmpty { insert(.bounds) }
    if !part.capped.isEmpty { insert(.capped) }
  }
}
