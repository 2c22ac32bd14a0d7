package import Core
package import Counting

/// What one class has in a number, step by step.
package struct ClassPart: Sendable {
  /// After each step of the chain. As long as the classes are apart it is the class's own value;
  /// from then on its part in theirs. `nil` where there is neither.
  package var steps: [ClosedRange<Double>?]
  /// Its part in the one number; the parts of all classes add up to it.
  package var part: Double?
}

extension Measurements {
  /// What class `c` has in a measure by a chain.
  ///
  /// A loss is a sum over classes wherever its chain only adds and averages: its part is then what
  /// the chain makes of the run if no other class had any loss. A ratio has no parts, and a chain
  /// that selects has none either.
  package func part(of c: Int, in measure: Measure, by chain: Chain) -> ClassPart {
    let byTile = chain.axes.contains(.tile)
    func steps(_ run: Measurements) -> [StepResult] {
      run.table(of: measure, byTile: byTile).reduced(by: chain).steps
    }
    let own = steps(alone(c))
    let nothing = steps(keepingLosses(of: nil))
    let isSum = measure.isElementwise && !chain.isSelective
    let added = isSum ? steps(keepingLosses(of: c)) : []
    let classStep = own.firstIndex { $0.step.axes.contains(.class) } ?? own.endIndex
    var part = ClassPart(steps: [])
    for index in own.indices {
      if index < classStep {
        part.steps.append(own[index].closedRange)
      } else if isSum, nothing[index].closedRange.map({ $0 == 0...0 }) ?? true {
        part.steps.append(added[index].closedRange)
      } else {
        part.steps.append(nil)
      }
    }
    if isSum, let value = added.last?.value, let rest = nothing.last?.value {
      part.part = value - rest
    }
    return part
  }

  /// What is imagined of one class's predictions.
  package enum Imagined: Sendable {
    /// 1 on its own pixels and 0 on all others.
    case perfect
    /// 0 everywhere.
    case neverPredicted

    fileprivate var own: Double { self == .perfect ? 1 : 0 }
  }

  /// The same run with class `c` predicted as imagined, as far as `measures` read it.
  ///
  /// `nil` where more than the class's own counts would change: for a loss that is made from all
  /// classes of a pixel, and for decisions that exclude each other; and against a soft truth, of which no
  /// pixel is the class's own.
  package func imagining(
    _ c: Int, _ imagined: Imagined, for measures: [Measure]
  ) -> Measurements? {
    if scheme.hasShares, measures.contains(where: \.readsShares) { return nil }
    var losses: [(index: Int, own: Double, other: Double)] = []
    for measure in measures {
      switch measure.form {
      case .separable(let loss):
        losses.append(
          (
            lossIndex(of: measure), loss.ofClass(c).constant(imagined.own).own,
            loss.ofClass(c).constant(0).other
          ))
      case .categorical: return nil
      case .ratio(let ratio):
        if ratio.countsDecisions, scheme.areClassesExclusive { return nil }
      }
    }
    guard losses.allSatisfy({ $0.own.isFinite && $0.other.isFinite }) else { return nil }
    var changed = changingTallies { tally in
      tally.classes[c].predict(own: imagined.own, costing: losses)
    }
    // Steps that select among pixels read the levels.
    for image in changed.evidence.images.indices
    where !changed.evidence.images[image].levels.isEmpty {
      changed.evidence.images[image].levels[c].predict(own: imagined.own)
    }
    return changed
  }

  /// The run as if it had no other class.
  private func alone(_ c: Int) -> Measurements {
    var changed = changingTallies { tally in
      tally.classes = [tally.classes[c]]
      tally.overlapping = 0
      tally.confusion = .zero
      tally.repairs = []
    }
    changed.evidence.scheme.decision = .above(0.5)
    changed.evidence.scheme.classes = ClassList([evidence.classes.entries[c]])
    changed.weighting = ClassWeighting(
      averaging: [weighting.averaging[c]], positive: [weighting.positive[c]])
    for image in changed.evidence.images.indices
    where !changed.evidence.images[image].levels.isEmpty {
      changed.evidence.images[image].levels = [evidence.images[image].levels[c]]
    }
    return changed
  }

  /// The run as if no other class had any loss; with `nil`, none at all.
  private func keepingLosses(of c: Int?) -> Measurements {
    changingTallies { tally in
      for k in tally.classes.indices where k != c {
        for index in tally.classes[k].losses.indices {
          tally.classes[k].losses[index].positive = .zero
          tally.classes[k].losses[index].negative = .zero
        }
        for index in tally.classes[k].weighted.indices {
          tally.classes[k].weighted[index].positive = .zero
          tally.classes[k].weighted[index].negative = .zero
        }
      }
    }
  }

  private func changingTallies(_ change: (inout Tally) -> Void) -> Measurements {
    var changed = self
    for image in changed.evidence.images.indices {
      change(&changed.evidence.images[image].tally)
      for tile in changed.evidence.images[image].tiles.indices {
        change(&changed.evidence.images[image].tiles[tile])
      }
    }
    return changed
  }
}

extension ClassTally {
  /// `own` on the class's own pixels, 1 or 0, and 0 on all others.
  fileprivate mutating func predict(
    own: Double, costing costs: [(index: Int, own: Double, other: Double)]
  ) {
    for cost in costs {
      losses[cost.index].positive = term(cost.own) * losses[cost.index].positives
      losses[cost.index].negative = term(cost.other) * losses[cost.index].negatives
      guard !weighted.isEmpty else { continue }
      let weights = weighted[cost.index]
      weighted[cost.index].positive = term(cost.own * Double(weights.positiveWeight))
      weighted[cost.index].negative = term(cost.other * Double(weights.negativeWeight))
    }
    let truth = overlap.truth
    let found = term(own) * truth
    soft = SoftSums(
      predicted: found, both: found, predictedSquared: found, bothSquared: found, truth: truth)
    distances = own > 0 ? distances.perfect : distances.neverPredicted
    overlap = Overlap(
      both: own > 0 ? truth : 0, onlyTrue: own > 0 ? 0 : truth, neither: overlap.pixels - truth)
  }
}

extension LevelHistogram {
  fileprivate mutating func predict(own probability: Double) {
    let (truth, rest) = (own.reduce(0, +), other.reduce(0, +))
    self = .zero
    own[probability > 0 ? 255 : 0] = truth
    other[0] = rest
  }
}

extension StepResult {
  fileprivate var closedRange: ClosedRange<Double>? {
    range.map { $0.lowest...$0.highest }
  }
}

/// A loss at one pixel, or a probability: far below the limit of `ExactSum`.
private func term(_ value: Double) -> ExactSum { ExactSum(value) ?? .zero }
