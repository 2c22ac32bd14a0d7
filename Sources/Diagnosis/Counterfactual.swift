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
    if case .categorical(let table, let repairs, _) = self {
      repairs != nil && table.weighted == nil
    } else {
      true
    }
  }

  /// Class `c` made perfect by an oracle that tells at every pixel whether it is `c`; `nil` where
  /// the counts for that are missing.
  func repaired(_ c: Int) -> MeasureTable? {
    switch self {
    case .separable, .softRatio: return changing(toPerfect: [c])
    case .categorical(var table, let repairs, let overlapping):
      guard canRepair, let repairs else { return nil }
      // y = c costs nothing any more; y = k ≠ c costs −ln(p_k / (1 − p_c)): c's mass is shared out.
      let classes = layout.classes
      for k in 0..<classes {
        table.sums.change(k) { cell, place in
          guard !repairs[place].isEmpty else { return cell }
          var cell = cell
          cell.positive = cell.positive - repairs[place][k * classes + c]
          return cell
        }
      }
      return .categorical(table, repairs: nil, overlapping: overlapping)
    case .score(var table, let confusions, let score):
      // Where classes exclude each other, a pixel of c is no longer predicted as another class.
      let classes = layout.classes
      for (place, confusion) in (confusions ?? []).enumerated() {
        confusion.forEachPrediction(ofTruth: c) { predicted, count in
          guard predicted < classes else { return }
          table.cells[place * classes + predicted].onlyPredicted -= count
          table.cells[place * classes + predicted].neither += count
        }
      }
      return .score(table, confusions: nil, score).changing(toPerfect: [c])
    }
  }

  /// Class `c` predicted by a constant: the best one for a loss, never predicted for a score.
  func unknown(_ c: Int, guess: BlindGuess) -> MeasureTable {
    switch self {
    case .separable(let table, let loss):
      return .separable(table.predicting(loss.constant(guess.alone[c]), [c]), loss)
    case .categorical(let table, let repairs, let overlapping):
      let share = guess.alone[c]
      let (own, others) = (share > 0 ? -log(share) : 0, share < 1 ? -log(1 - share) : 0)
      return .categorical(
        table.costing { $0 == c ? own : others }, repairs: repairs, overlapping: overlapping)
    case .score, .softRatio: return neverPredicting([c])
    }
  }

  /// Every class predicted by its constant: the best that a model can do that has never seen an
  /// image.
  func constant(_ guess: BlindGuess) -> MeasureTable {
    switch self {
    case .separable(var table, let loss):
      for (c, q) in guess.together.enumerated() {
        table = table.predicting(loss.constant(q), [c])
      }
      return .separable(table, loss)
    case .categorical(let table, let repairs, let overlapping):
      let costs = guess.together.map { $0 > 0 ? -log($0) : 0 }
      return .categorical(
        table.costing { costs[$0] }, repairs: repairs, overlapping: overlapping)
    case .score, .softRatio: return neverPredicting(Array(0..<layout.classes))
    }
  }

  /// A loss of 1 at the terms of class `c`, or only at its own pixels, and 0 elsewhere; for a ratio
  /// `c` perfect and no other class ever predicted. The difference to the same chain's value where
  /// `c` is `nil` is the class's voice.
  func unit(_ c: Int?, ownPixelsOnly: Bool = false) -> MeasureTable? {
    switch self {
    case .separable(let table, let loss): return .separable(table.unit(c, ownPixelsOnly), loss)
    case .categorical(let table, let repairs, let overlapping):
      return .categorical(table.unit(c, ownPixelsOnly), repairs: repairs, overlapping: overlapping)
    case .score, .softRatio:
      return ownPixelsOnly
        ? nil : perfect.neverPredicting((0..<layout.classes).filter { $0 != c })
    }
  }

  /// Some classes of a ratio predicted nowhere.
  private func neverPredicting(_ classes: [Int]) -> MeasureTable {
    switch self {
    case .separable, .categorical: return self
    case .score(var table, _, let score):
      for c in classes {
        table.change(c) { cell, _ in
          Overlap(onlyTrue: cell.truth, neither: cell.pixels - cell.truth)
        }
      }
      return .score(table, confusions: nil, score)
    case .softRatio(var table, let loss):
      for c in classes { table.change(c) { cell, _ in SoftSums(truth: cell.truth) } }
      return .softRatio(table, loss)
    }
  }

  private func changing(toPerfect classes: [Int]) -> MeasureTable {
    switch self {
    case .separable(let table, let loss):
      let perfect = (own: loss.constant(1).own, other: loss.constant(0).other)
      return .separable(table.predicting(perfect, classes), loss)
    case .categorical(let table, let repairs, let overlapping):
      let isPerfect = (0..<layout.classes).map(classes.contains)
      return .categorical(
        table.costing { isPerfect[$0] ? 0 : nil }, repairs: repairs, overlapping: overlapping)
    case .score(var table, _, let score):
      for c in classes {
        table.change(c) { cell, _ in
          Overlap(both: cell.truth, neither: cell.pixels - cell.truth)
        }
      }
      return .score(table, confusions: nil, score)
    case .softRatio(var table, let loss):
      for c in classes {
        table.change(c) { cell, _ in
          let truth = exact(1) * cell.truth
          return SoftSums(predicted: truth, both: truth, predictedSquared: truth, truth: cell.truth)
        }
      }
      return .softRatio(table, loss)
    }
  }
}

extension LossTable {
  /// Some classes predicted with one loss on their own pixels and one on the others.
  fileprivate func predicting(
    _ loss: (own: Double, other: Double), _ classes: [Int]
  ) -> LossTable {
    let (own, other) = (exact(loss.own), exact(loss.other))
    var table = self
    for c in classes {
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
    }
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
