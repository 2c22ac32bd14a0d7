internal import Core
internal import Tables

/// Applies the headline's formula to the evidence and to what it might have been.
struct Judge {
  let tables: HeadlineTables
  let headline: Headline
  /// The headline as a cost.
  let value: Double?
  /// The cost of the best constants.
  let blind: Double?
  /// The cost of the truth itself.
  let best: Double?

  init(_ tables: HeadlineTables, for headline: Headline) {
    self.tables = tables
    self.headline = headline
    value = tables.value().map(headline.cost)
    // Who knows nothing has a score of 0.
    blind = headline.isScore ? 1 : tables.value(imagining: .constant).map(headline.cost)
    best = tables.value(imagining: .perfect).map(headline.cost)
  }

  var scale: Double? {
    guard let blind, let best else { return nil }
    return blind - best
  }

  /// Only of a headline that is one measure by one chain: in a sum every gauge has its own.
  func voice(of c: Int, ownPixelsOnly: Bool) -> Double? {
    tables.single?.voice(of: c, ownPixelsOnly: ownPixelsOnly)
  }

  /// R − R(class perfect). A selective chain looks at the worst only, and another bad class can
  /// shadow this one; there it is the larger of what repairing it alone gains and what it costs
  /// when it alone is wrong.
  func headroom(of c: Int, ifPerfect printed: Double?) -> Double? {
    guard let value, let printed else { return nil }
    let gain = value - headline.cost(printed)
    guard headline.formula.isSelective, let best, let alone = cost(.perfectExcept(c)) else {
      return gain
    }
    return max(gain, alone - best)
  }

  func printedIfPerfect(_ c: Int) -> Double? { tables.value(imagining: .repaired(c)) }

  /// R(class unknown) − R(class perfect), all other classes perfect.
  func reach(of c: Int) -> Double? {
    guard let best, let unknown = cost(.unknown(c)) else { return nil }
    return unknown - best
  }

  private func cost(_ imagined: Imagined) -> Double? {
    tables.value(imagining: imagined).map(headline.cost)
  }
}

extension MeasureTable {
  func lossMeans(of c: Int) -> ClassDiagnosis.LossMeans? {
    guard case .losses(let losses) = self else { return nil }
    let sum = losses.table.sums.sum(layout.places.indices, class: c)
    func mean(_ total: ExactSum, _ count: Int) -> Double? {
      count == 0 ? nil : Double(total) / Double(count)
    }
    let all = mean(sum.total, sum.terms)
    // Of a soft truth no pixel is the class's own.
    guard !layout.hasShares else { return ClassDiagnosis.LossMeans(mean: all) }
    return ClassDiagnosis.LossMeans(
      mean: all, positive: mean(sum.positive, sum.positives),
      negative: mean(sum.negative, sum.negatives))
  }

  /// The weight that a linear chain gives a class; `nil` for one that selects.
  ///
  /// - Parameters:
  ///   - nothing: the chain's value without any loss, or with nothing predicted.
  ///   - scores: of the table by the chain, where it has them.
  func voice(
    of c: Int, ownPixelsOnly: Bool, in chain: Chain, nothing: Double?, scores: ImageScores? = nil
  ) -> Double? {
    guard !chain.isSelective, let nothing else { return nil }
    let found =
      if let scores {
        // A ratio's own pixels are not told from its others.
        ownPixelsOnly ? nil : scores.value(ofUnit: c)
      } else {
        value(by: chain, imagining: { $0.unit(c, ownPixelsOnly: ownPixelsOnly) })
      }
    guard let alone = found else { return nil }
    // A loss of 1 is more than none; a perfect class of a ratio that is a loss loses 1 less.
    if case .ratios(let ratios) = self, ratios.worst == .largest { return nothing - alone }
    return alone - nothing
  }
}
