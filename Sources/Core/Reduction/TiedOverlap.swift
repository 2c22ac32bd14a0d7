/// Decisions where a probability exactly at the threshold counts as predicted.
package struct TiedOverlap: ColumnStatistic {
  package var overlap: Overlap

  package init(_ overlap: Overlap = .zero) { self.overlap = overlap }

  package mutating func forEachColumn(_ column: inout some ColumnVisitor) {
    overlap.forEachColumn(&column)
  }

  package static let zero = TiedOverlap()

  package static func + (a: TiedOverlap, b: TiedOverlap) -> TiedOverlap {
    TiedOverlap(a.overlap + b.overlap)
  }
}

extension TiedOverlap: RatioCell {
  package init(_ tally: ClassTally) {
    let (found, ties) = (tally.overlap, tally.ties)
    self.init(
      Overlap(
        both: found.both + ties.own, onlyTrue: found.onlyTrue - ties.own,
        onlyPredicted: found.onlyPredicted + ties.other, neither: found.neither - ties.other))
  }

  package static let worst = Worst.smallest
  package static let countsDecisions = true
  package var perfect: TiedOverlap { TiedOverlap(overlap.perfect) }
  package var neverPredicted: TiedOverlap { TiedOverlap(overlap.neverPredicted) }
  package var extent: ExactSum { overlap.extent }
}

extension Ratio<Overlap> {
  /// The same of decisions that take what is exactly at the threshold.
  package var takingTies: Ratio<TiedOverlap> {
    switch self {
    case .each(let score): .each { score($0.overlap) }
    case .joint(let score): .joint { score($0.map(\.overlap)) }
    }
  }
}
