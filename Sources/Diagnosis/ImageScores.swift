internal import Core
internal import Tables

/// The scores of every image and class, as they are and as they might be, for chains that take a score of each image
/// by itself: `pool(pixel) > score > …`.
///
/// What is imagined of one class leaves the scores of the others alone, so they are taken once and not for each class
/// again. The steps after the score are the chain's own.
struct ImageScores: Sendable {
  private let layout: Layout
  private let worst: Worst
  private let later: ArraySlice<Chain.Reduction>
  private let asItIs: Values
  private let perfect: Values
  /// With no class ever predicted.
  private let none: Values
  /// What other scores become when no pixel of a class is predicted as another class.
  private let freed: @Sendable (_ class: Int, _ values: inout Values) -> Void

  /// `nil` where the chain pools more than the pixels of an image.
  init?(of table: MeasureTable, by chain: Chain) {
    guard case .ratios(let ratios) = table, table.layout.places.count > 1,
      let score = chain.steps.firstIndex(where: { $0.isScore }),
      chain.steps[..<score] == [.reduce(Chain.Reduction(.pool, [.pixel]))],
      !chain.axes.contains(.tile), let freed = ratios.freed(by: chain.scoreDomain ?? .union)
    else { return nil }
    let scoring = Chain(steps: Array(chain.steps[...score]))
    // An imagined table is as large as the run's own; of a few images at a time nothing stays but their scores.
    guard let asItIs = table.values(by: scoring, imagining: { $0 }),
      var perfect = table.values(by: scoring, imagining: { $0.perfect }),
      var none = table.values(by: scoring, imagining: { $0.unit(nil) })
    else { return nil }
    (perfect.groups, none.groups) = (asItIs.groups, asItIs.groups)
    layout = table.layout
    worst = table.worst
    later = chain.reductions.dropFirst()
    (self.asItIs, self.perfect, self.none) = (asItIs, perfect, none)
    self.freed = freed
  }

  func value(imagining imagined: Imagined) -> Double? {
    switch imagined {
    case .asItIs: value(of: asItIs)
    case .perfect: value(of: perfect)
    case .perfectExcept(let c): value(of: perfect.with(c, of: asItIs))
    case .repaired(let c): value(of: repaired(c))
    case .unknown(let c): value(of: perfect.with(c, of: none))
    case .constant: value(of: none)
    }
  }

  /// With one class perfect and no other ever predicted; with none where there is no class.
  func value(ofUnit c: Int?) -> Double? {
    value(of: c.map { none.with($0, of: perfect) } ?? none)
  }

  private func repaired(_ c: Int) -> Values {
    var values = asItIs
    freed(c, &values)
    return values.with(c, of: perfect)
  }

  private func value(of values: Values) -> Double? {
    values.reduced(by: later, in: layout, worst: worst, after: [], describing: false).scalar
  }
}

extension Values {
  /// One class as other values have it.
  fileprivate func with(_ c: Int, of others: Values) -> Values {
    var values = self
    for place in stride(from: c, to: cells.count, by: classes) {
      values.cells.replace(place, by: others.cells[place])
    }
    return values
  }
}

extension Chain.Step {
  fileprivate var isScore: Bool { if case .score = self { true } else { false } }
}

extension Ratios {
  /// `nil` for a ratio of all classes together.
  fileprivate func freed(
    by domain: Chain.ScoreDomain
  ) -> (@Sendable (Int, inout Values) -> Void)? {
    guard case .each = ratio else { return nil }
    guard let confusions, let decided = cells as? PlaceTable<Overlap>,
      let ratio = ratio as? Ratio<Overlap>, case .each(let score) = ratio
    else { return { _, _ in } }
    return { c, values in
      let layout = decided.layout
      decided.forEachFreed(from: c, confusions) { index, cell in
        let isWanted = domain == .union || layout.truth[index] > 0
        values.cells.replace(index, by: isWanted ? score(cell) : nil)
      }
    }
  }
}
