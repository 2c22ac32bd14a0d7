internal import Core
internal import Tables

extension Comparison {
  /// A linear headline is Σ W·L over the classes, weight times mean loss: how much of its change is
  /// due to the losses, and how much to the weights.
  ///
  /// ΔR = Σ W̄·ΔL + Σ L̄·ΔW, the bars being means of both runs (Kitagawa: "Components of a
  /// difference between two rates", J. American Statistical Association 50, 1955). Weights follow
  /// from the truth, so over the same truth the second part is 0.
  package struct Split: Hashable, Sendable {
    package var within: Double
    package var mix: Double
  }
}

/// What each class did to a headline between two runs.
struct HeadlineParts {
  private let before: HeadlineTables
  private let after: HeadlineTables
  private let printed: Double?

  init(_ before: HeadlineTables, _ after: HeadlineTables) {
    (self.before, self.after) = (before, after)
    printed = before.obstacle == nil && after.obstacle == nil ? before.value() : nil
  }

  /// How the headline would have moved if class `c` alone had.
  func part(of c: Int) -> Double? {
    guard let printed, let swapped = before.value(taking: c, from: after) else { return nil }
    return swapped - printed
  }

  /// `nil` where the headline is a sum, the chain selects or the measure is not a loss of pixels.
  var split: Comparison.Split? {
    guard printed != nil, let old = before.single, let new = after.single,
      !old.chain.isSelective, let old = old.merged.linear(in: old.chain),
      let new = new.merged.linear(in: new.chain)
    else { return nil }
    // What the chain substitutes for terms that do not exist belongs to the weights.
    var split = Comparison.Split(within: 0, mix: new.nothing - old.nothing)
    for (a, b) in zip(old.classes, new.classes) {
      guard a.weight != 0, b.weight != 0 else {
        split.mix += b.part - a.part
        continue
      }
      let (from, to) = (a.part / a.weight, b.part / b.weight)
      split.within += (a.weight + b.weight) / 2 * (to - from)
      split.mix += (from + to) / 2 * (b.weight - a.weight)
    }
    return split
  }
}

extension MeasureTable {
  /// The same run, with class `c` as `other` has it.
  fileprivate func taking(_ c: Int, from other: MeasureTable) -> MeasureTable {
    switch (self, other) {
    case (.losses(var losses), .losses(let other)):
      losses.table = losses.table.taking(c, from: other.table)
      losses.repairs = nil
      return .losses(losses)
    case (.ratios(let ratios), .ratios(let other)): return .ratios(ratios.taking(c, from: other))
    default: preconditionFailure("both tables are of one measure")
    }
  }

  /// A linear chain taken apart: each class's part and weight, and the value without any loss.
  fileprivate func linear(
    in chain: Chain
  ) -> (nothing: Double, classes: [(part: Double, weight: Double)])? {
    guard case .losses(let losses) = self, let nothing = unit(nil)?.value(by: chain) else {
      return nil
    }
    var classes: [(part: Double, weight: Double)] = []
    for c in 0..<layout.classes {
      guard let part = losses.table.only(c).reduced(by: chain).scalar,
        let unit = unit(c)?.value(by: chain)
      else { return nil }
      classes.append((part - nothing, unit - nothing))
    }
    return (nothing, classes)
  }
}

extension HeadlineTables {
  /// With one class as it is in another run over the same places.
  fileprivate func value(taking c: Int, from other: HeadlineTables) -> Double? {
    value(
      of: zip(terms, other.terms).map { term, other in
        zip(term.gauges, other.gauges).map { gauge, other -> MeasureTable? in
          let isAlike = gauge.merged.layout.places.count == other.merged.layout.places.count
          return isAlike ? gauge.merged.taking(c, from: other.merged) : nil
        }
      })
  }
}

extension Ratios {
  fileprivate func taking(_ c: Int, from other: any Ratios) -> Self {
    guard let other = other as? Self else { preconditionFailure("both are of one measure") }
    var changed = self
    changed.cells = cells.taking(c, from: other.cells)
    changed.confusions = nil
    return changed
  }
}

extension LossTable {
  fileprivate func taking(_ c: Int, from other: LossTable) -> LossTable {
    var table = self
    table.sums = sums.taking(c, from: other.sums)
    if let new = other.weighted { table.weighted = weighted?.taking(c, from: new) }
    if let levels, let new = other.levels {
      table.levels?.histograms = levels.histograms.taking(c, from: new.histograms)
    }
    return table
  }

  /// The losses of one class, and none of the others.
  fileprivate func only(_ c: Int) -> LossTable {
    var table = self
    table.levels = nil
    table.sums = sums.mapping { cell, _, k in
      k == c ? cell : LossSum(positives: cell.positives, negatives: cell.negatives)
    }
    table.weighted = weighted?.mapping { cell, _, k in
      k == c
        ? cell
        : WeightedSum(positiveWeight: cell.positiveWeight, negativeWeight: cell.negativeWeight)
    }
    return table
  }
}

extension PlaceTable {
  fileprivate func taking(_ c: Int, from other: PlaceTable) -> PlaceTable {
    let classes = layout.classes
    return mapping { cell, place, k in k == c ? other.cells[place * classes + k] : cell }
  }
}
