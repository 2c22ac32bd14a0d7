internal import Core
internal import Counting
internal import Tables

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

  /// Whether everything was counted that repairing a class takes.
  var canRepair: Bool {
    switch self {
    case .losses(let losses): losses.canRepair
    case .ratios: true
    }
  }

  /// Class `c` made perfect by an oracle that tells at every pixel whether it is `c`; `nil` where
  /// the counts for that are missing.
  func repaired(_ c: Int) -> MeasureTable? {
    switch self {
    case .losses(let losses): losses.repaired(c).map(MeasureTable.losses)
    case .ratios(let ratios): .ratios(ratios.repaired(c))
    }
  }

  /// Class `c` known only as far as a constant knows it: the best one for a loss, never predicted
  /// for a ratio.
  func unknown(_ c: Int, guess: BlindGuess) -> MeasureTable {
    switch self {
    case .losses(let losses): .losses(losses.unknown(c, guess.alone[c]))
    case .ratios(let ratios): .ratios(ratios.neverPredicting([c]))
    }
  }

  /// Every class predicted by its constant: the best that a model can do that has never seen an
  /// image.
  func constant(_ guess: BlindGuess) -> MeasureTable {
    switch self {
    case .losses(let losses): .losses(losses.constant(guess.together))
    case .ratios(let ratios): .ratios(ratios.neverPredicting(Array(0..<layout.classes)))
    }
  }

  /// A loss of 1 at the terms of class `c`, or only at its own pixels, and 0 elsewhere; for a ratio
  /// `c` perfect and no other class ever predicted. The difference to the same chain's value where
  /// `c` is `nil` is the class's voice.
  func unit(_ c: Int?, ownPixelsOnly: Bool = false) -> MeasureTable? {
    switch self {
    case .losses(var losses):
      losses.table = losses.table.unit(c, ownPixelsOnly)
      return .losses(losses)
    case .ratios(let ratios):
      let all = Array(0..<layout.classes)
      return ownPixelsOnly
        ? nil : .ratios(ratios.perfect(all).neverPredicting(all.filter { $0 != c }))
    }
  }

  private func changing(toPerfect classes: [Int]) -> MeasureTable {
    switch self {
    case .losses(let losses): .losses(losses.perfect(classes))
    case .ratios(let ratios): .ratios(ratios.perfect(classes))
    }
  }
}

extension Losses {
  fileprivate var canRepair: Bool {
    formula != nil || repairs != nil && (table.weighted == nil || weighsRepairs)
  }

  fileprivate func perfect(_ classes: [Int]) -> Losses {
    var changed = self
    if let formula {
      for c in classes {
        let loss = formula.ofClass(c)
        changed.table = changed.table.predicting(
          (own: loss.constant(1).own, other: loss.constant(0).other), c)
      }
    } else {
      let isPerfect = (0..<layout.classes).map(classes.contains)
      changed.table = table.costing { isPerfect[$0] ? 0 : nil }
    }
    return changed
  }

  fileprivate func repaired(_ c: Int) -> Losses? {
    if formula != nil { return perfect([c]) }
    guard canRepair, let repairs else { return nil }
    // y = c costs nothing any more; y = k ≠ c costs −ln(p_k / (1 − p_c)): c's mass is shared out.
    let classes = layout.classes
    var changed = self
    changed.repairs = nil
    func freed(_ k: Int, _ place: Int) -> ExactSum {
      repairs[place].isEmpty ? .zero : repairs[place][k * classes + c]
    }
    for k in 0..<classes {
      guard weighsRepairs else {
        changed.table.sums.change(k) { cell, place in
          var cell = cell
          cell.positive = cell.positive - freed(k, place)
          return cell
        }
        continue
      }
      changed.table.weighted?.change(k) { cell, place in
        var cell = cell
        cell.positive = cell.positive - freed(k, place)
        return cell
      }
    }
    return changed
  }

  fileprivate func unknown(_ c: Int, _ share: Double) -> Losses {
    var changed = self
    if let formula {
      changed.table = table.predicting(formula.ofClass(c).constant(share), c)
    } else {
      let (own, others) = (share > 0 ? -log(share) : 0, share < 1 ? -log(1 - share) : 0)
      changed.table = table.costing { $0 == c ? own : others }
    }
    return changed
  }

  fileprivate func constant(_ guesses: [Double]) -> Losses {
    var changed = self
    if let formula {
      for (c, q) in guesses.enumerated() {
        changed.table = changed.table.predicting(formula.ofClass(c).constant(q), c)
      }
    } else {
      let costs = guesses.map { $0 > 0 ? -log($0) : 0 }
      changed.table = table.costing { costs[$0] }
    }
    return changed
  }
}

extension Ratios {
  fileprivate func perfect(_ classes: [Int]) -> Self {
    var changed = self
    changed.confusions = nil
    changed.cells.makePerfect(classes)
    return changed
  }

  func neverPredicting(_ classes: [Int]) -> Self {
    var changed = self
    changed.confusions = nil
    changed.cells.neverPredict(classes)
    return changed
  }

  fileprivate func repaired(_ c: Int) -> Self {
    var changed = self
    // Where classes exclude each other, a pixel of c is no longer predicted as another class.
    if let confusions, let decided = cells as? PlaceTable<Overlap>,
      let freed = decided.freed(from: c, confusions) as? PlaceTable<Cell>
    {
      changed.cells = freed
    }
    return changed.perfect([c])
  }
}

extension PlaceTable<Overlap> {
  /// No pixel of class `c` predicted as another class.
  fileprivate func freed(from c: Int, _ confusions: [Confusion]) -> PlaceTable {
    var changed = self
    forEachFreed(from: c, confusions) { changed.cells[$0] = $1 }
    return changed
  }

  /// The cells that this changes, by their places in `cells`.
  func forEachFreed(
    from c: Int, _ confusions: [Confusion], _ body: (_ index: Int, _ cell: Overlap) -> Void
  ) {
    let (confusions, cells, classes) = (confusions.span, cells.span, layout.classes)
    for place in confusions.indices {
      confusions[place].forEachPrediction(ofTruth: c) { predicted, count in
        guard predicted < classes else { return }
        var cell = cells[place * classes + predicted]
        cell.onlyPredicted -= count
        cell.neither += count
        body(place * classes + predicted, cell)
      }
    }
  }
}

extension LossTable {
  /// A class predicted with one loss on its own pixels and one on the others.
  fileprivate func predicting(_ loss: (own: Double, other: Double), _ c: Int) -> LossTable {
    let (own, other) = (exact(loss.own), exact(loss.other))
    var table = self
    table.sums.change(c) { cell, _ in
      LossSum(
        positive: own * cell.positives, negative: other * cell.negatives,
        positives: cell.positives, negatives: cell.negatives)
    }
    table.weighted?.change(c) { cell, _ in
      WeightedSum(
        positive: exact(loss.own * Double(cell.positiveWeight)),
        negative: exact(loss.other * Double(cell.negativeWeight)),
        positiveWeight: cell.positiveWeight, negativeWeight: cell.negativeWeight)
    }
    // Whatever the level was, this is what it costs now.
    table.levels?.own[c] = .init(repeating: loss.own, count: 256)
    table.levels?.other[c] = .init(repeating: loss.other, count: 256)
    return table
  }

  /// A categorical loss with one cost at all own pixels of a class; `nil` leaves it as it is.
  fileprivate func costing(_ cost: (Int) -> Double?) -> LossTable {
    var table = self
    for k in 0..<layout.classes {
      guard let cost = cost(k) else { continue }
      let own = exact(cost)
      table.sums.change(k) { cell, _ in
        LossSum(positive: own * cell.positives, positives: cell.positives)
      }
      table.weighted?.change(k) { cell, _ in
        WeightedSum(
          positive: exact(cost * Double(cell.positiveWeight)), positiveWeight: cell.positiveWeight)
      }
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
