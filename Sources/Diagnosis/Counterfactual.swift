internal import Core
internal import Measures

/// What the numbers would be if the model knew more or less than it does.
///
/// Each changes the evidence and leaves the reduction alone, so that no counterfactual can disagree
/// with the score it explains.
extension MeasureTable {
  /// Every class predicted as the truth has it.
  var perfect: MeasureTable { changing(toPerfect: Array(0..<layout.classes)) }

  /// Every class but `c` predicted as the truth has it.
  func perfect(except c: Int) -> MeasureTable {
    changing(toPerfect: (0..<layout.classes).filter { $0 != c })
  }

  /// Class `c` made perfect by an oracle that tells at every pixel whether it is `c`; `nil` where
  /// what that takes was not counted.
  func repaired(_ c: Int) -> MeasureTable? {
    switch self {
    case .separable, .softRatio: return changing(toPerfect: [c])
    case .categorical(let table, let repairs, let overlapping):
      guard let repairs, table.weighted == nil else { return nil }
      // y = c costs nothing any more; y = k ≠ c costs −ln(p_k / (1 − p_c)): c's mass is shared out.
      let classes = layout.classes
      let changed = table.sums.mapping { cell, place, k in
        guard !repairs[place].isEmpty else { return cell }
        var cell = cell
        cell.positive = cell.positive - repairs[place][k * classes + c]
        return cell
      }
      return .categorical(
        LossTable(sums: changed, terms: table.terms), repairs: nil, overlapping: overlapping)
    case .score(let table, let confusions, let score):
      guard let confusions else { return changing(toPerfect: [c]) }
      let classes = layout.classes
      let overlaps = confusions.map { $0.repaired(c, classes: classes).overlaps(classes: classes) }
      return .score(
        table.mapping { _, place, k in overlaps[place][k] }, confusions: nil, score)
    }
  }

  /// Class `c` known only as far as a constant knows it: the best one for a loss, never predicted
  /// for a score.
  func unknown(_ c: Int, constants: [Double]) -> MeasureTable {
    switch self {
    case .separable(let table, let loss):
      let value = loss.constant(constants[c])
      return .separable(table.predicting([c: value]), loss)
    case .categorical(let table, let repairs, let overlapping):
      let counts = (0..<layout.classes).map {
        table.sums.sum(layout.places.indices, class: $0).terms
      }
      let all = counts.reduce(0, +)
      let share = all > 0 ? Double(counts[c]) / Double(all) : 0
      let (own, others) = (share > 0 ? -log(share) : 0, share < 1 ? -log(1 - share) : 0)
      return .categorical(
        table.costing { $0 == c ? own : others }, repairs: repairs, overlapping: overlapping)
    case .score, .softRatio: return neverPredicting([c])
    }
  }

  /// Every class predicted by its constant, which together are the best that a model can do that
  /// has never looked at an image.
  func constant(_ constants: [Double]) -> MeasureTable {
    switch self {
    case .separable(let table, let loss):
      var change: [Int: (own: Double, other: Double)] = [:]
      for (c, q) in constants.enumerated() { change[c] = loss.constant(q) }
      return .separable(table.predicting(change), loss)
    case .categorical(let table, let repairs, let overlapping):
      return .categorical(
        table.costing { constants[$0] > 0 ? -log(constants[$0]) : 0 }, repairs: repairs,
        overlapping: overlapping)
    case .score, .softRatio: return neverPredicting(Set(0..<layout.classes))
    }
  }

  /// A loss of 1 at the terms of class `c`, or only at its own pixels, and 0 elsewhere; for a ratio
  /// `c` perfect and no other class ever predicted. What a linear chain makes of it, over what it
  /// makes of nothing at all (`c` is `nil`), is the class's voice.
  func unit(_ c: Int?, ownPixelsOnly: Bool = false) -> MeasureTable? {
    switch self {
    case .separable(let table, let loss): return .separable(table.unit(c, ownPixelsOnly), loss)
    case .categorical(let table, let repairs, let overlapping):
      return .categorical(table.unit(c, ownPixelsOnly), repairs: repairs, overlapping: overlapping)
    case .score, .softRatio:
      return ownPixelsOnly
        ? nil : perfect.neverPredicting(Set((0..<layout.classes).filter { $0 != c }))
    }
  }

  /// Some classes of a ratio predicted nowhere.
  private func neverPredicting(_ classes: Set<Int>) -> MeasureTable {
    switch self {
    case .separable, .categorical: return self
    case .score(let table, _, let score):
      let changed = table.mapping { cell, _, k in
        classes.contains(k)
          ? Overlap(onlyTrue: cell.truth, neither: cell.pixels - cell.truth) : cell
      }
      return .score(changed, confusions: nil, score)
    case .softRatio(let table, let loss):
      let changed = table.mapping { cell, _, k in
        classes.contains(k) ? SoftSums(truth: cell.truth) : cell
      }
      return .softRatio(changed, loss)
    }
  }

  private func changing(toPerfect list: [Int]) -> MeasureTable {
    let classes = Set(list)
    switch self {
    case .separable(let table, let loss):
      let (own, other) = (loss.constant(1).own, loss.constant(0).other)
      var change: [Int: (own: Double, other: Double)] = [:]
      for c in classes { change[c] = (own, other) }
      return .separable(table.predicting(change), loss)
    case .categorical(let table, let repairs, let overlapping):
      return .categorical(
        table.costing { classes.contains($0) ? 0 : nil }, repairs: repairs,
        overlapping: overlapping)
    case .score(let table, _, let score):
      let changed = table.mapping { cell, _, k in
        guard classes.contains(k) else { return cell }
        return Overlap(both: cell.truth, neither: cell.pixels - cell.truth)
      }
      return .score(changed, confusions: nil, score)
    case .softRatio(let table, let loss):
      let changed = table.mapping { cell, _, k in
        guard classes.contains(k) else { return cell }
        let truth = exact(1) * cell.truth
        return SoftSums(predicted: truth, both: truth, predictedSquared: truth, truth: cell.truth)
      }
      return .softRatio(changed, loss)
    }
  }
}

extension LossTable {
  /// Some classes predicted with one loss on their own pixels and one on the others.
  fileprivate func predicting(_ change: [Int: (own: Double, other: Double)]) -> LossTable {
    var table = self
    table.sums = sums.mapping { cell, _, c in
      guard let change = change[c] else { return cell }
      return LossSum(
        positive: exact(change.own) * cell.positives,
        negative: exact(change.other) * cell.negatives,
        positives: cell.positives, negatives: cell.negatives)
    }
    table.weighted = weighted?.mapping { cell, _, c in
      guard let change = change[c] else { return cell }
      return WeightedSum(
        positive: exact(change.own * Double(cell.positiveWeight)),
        negative: exact(change.other * Double(cell.negativeWeight)),
        positiveWeight: cell.positiveWeight, negativeWeight: cell.negativeWeight)
    }
    for (c, change) in change {
      // Whatever the level was, this is what it costs now.
      table.levels?.own[c] = .init(repeating: change.own, count: 256)
      table.levels?.other[c] = .init(repeating: change.other, count: 256)
    }
    return table
  }

  /// A categorical loss with one cost at all own pixels of a class; `nil` leaves it as it is.
  fileprivate func costing(_ cost: (Int) -> Double?) -> LossTable {
    var table = self
    table.sums = sums.mapping { cell, _, k in
      cost(k).map { LossSum(positive: exact($0) * cell.positives, positives: cell.positives) }
        ?? cell
    }
    table.weighted = weighted?.mapping { cell, _, k in
      cost(k).map {
        WeightedSum(
          positive: exact($0 * Double(cell.positiveWeight)), positiveWeight: cell.positiveWeight)
      } ?? cell
    }
    return table
  }

  fileprivate func unit(_ c: Int?, _ ownPixelsOnly: Bool) -> LossTable {
    var table = self
    table.levels = nil
    table.sums = sums.mapping { cell, _, k in
      var unit = LossSum(positives: cell.positives, negatives: cell.negatives)
      if k == c {
        unit.positive = exact(1) * cell.positives
        if !ownPixelsOnly { unit.negative = exact(1) * cell.negatives }
      }
      return unit
    }
    table.weighted = weighted?.mapping { cell, _, k in
      WeightedSum(
        positive: k == c ? cell.positiveWeight : .zero,
        negative: k == c && !ownPixelsOnly ? cell.negativeWeight : .zero,
        positiveWeight: cell.positiveWeight, negativeWeight: cell.negativeWeight)
    }
    return table
  }
}

/// A constant's loss at one pixel, which every loss keeps far below the limit of `ExactSum`.
private func exact(_ value: Double) -> ExactSum { ExactSum(value) ?? .zero }

private func log(_ x: Double) -> Double { naturalLogarithm(x) }
