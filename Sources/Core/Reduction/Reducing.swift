extension LossTable {
  /// Applies a chain for losses.
  ///
  /// - Parameter describing: whether each step is recorded, which takes longer than computing the
  ///   numbers.
  package func reduced(by chain: Chain, describing: Bool = true) -> Outcome {
    let reductions = chain.reductions
    guard let pixelIndex = reductions.firstIndex(where: { $0.axes.contains(.pixel) }) else {
      preconditionFailure("a chain that was parsed takes its pixels")
    }
    var remaining = chain.allAxes
    var steps: [StepResult] = []
    let before = reductions[..<pixelIndex]
    for step in before {
      remaining.subtract(step.axes)
      guard describing else { continue }
      let takesClass = step.axes.contains(.class)
      steps.append(
        StepResult(
          step, divisor: takesClass && step.operation == .mean ? classDivisor(step) : nil,
          left: layout.sizes(of: remaining)))
    }
    remaining.subtract(reductions[pixelIndex].axes)
    let classStep = before.first { $0.axes.contains(.class) }
    let (values, divisors) = values(
      classStep: classStep, pixelStep: reductions[pixelIndex], leaving: remaining)
    if describing {
      steps.append(
        StepResult(
          reductions[pixelIndex], divisors: divisors, values: values, layout: layout))
    }
    return values.reduced(
      by: reductions[(pixelIndex + 1)...], in: layout, worst: .largest, after: steps,
      describing: describing)
  }

  private func classDivisor(_ step: Chain.Reduction) -> Divisor {
    guard terms == .everyPixel else { return .classesOfPixel }
    func sum(_ sum: Double) -> Divisor.Amount { .init(least: sum, most: sum) }
    return step.weight.map { weight in
      .weights(weight, sum(layout.classWeights(for: weight).reduce(0, +)))
    } ?? .terms(sum(Double(layout.averagedClasses.count)), of: [.class])
  }
}

extension PlaceTable where Cell: RatioCell {
  /// Applies a chain for ratios.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == SoftSums)
  package func reduced(
    by chain: Chain, worst: Worst, score: Ratio<Cell>, describing: Bool = true
  ) -> Outcome {
    var remaining = chain.allAxes
    var steps: [StepResult] = []
    var later = chain.reductions[...]
    while let step = later.first, step.operation == .pool {
      remaining.subtract(step.axes)
      if describing {
        steps.append(StepResult(step, left: layout.sizes(of: remaining)))
      }
      later = later.dropFirst()
    }
    let groups = layout.groups(at: remaining.innermost)
    let values = Values(
      axes: remaining, groups: groups, classes: remaining.contains(.class) ? layout.classes : 1,
      cells: scores(score, of: groups, leaving: remaining, where: chain.scoreDomain ?? .union))
    if describing {
      steps.append(StepResult(score: chain.scoreDomain ?? .union, values: values, layout: layout))
    }
    return values.reduced(
      by: later, in: layout, worst: worst, after: steps, describing: describing)
  }

  private func scores(
    _ score: Ratio<Cell>, of groups: [Layout.Group], leaving axes: AxisSet,
    where domain: Chain.ScoreDomain
  ) -> Values.Cells {
    let classes = 0..<layout.classes
    let averaged = layout.averagedClasses
    func isTrue(_ c: Int, _ group: Layout.Group) -> Bool {
      layout.truth(of: c, in: group.places) > 0
    }
    var scores: Values.Cells = []
    switch score {
    case .each(let score) where axes.contains(.class):
      scores.reserveCapacity(groups.count * classes.count)
      for group in groups {
        for c in classes {
          let isWanted = domain == .union || isTrue(c, group)
          scores.append(isWanted ? score(sum(group.places, class: c)) : nil)
        }
      }
    case .joint where axes.contains(.class):
      // One class has none; a chain that asks for it is refused, but its constants may be looked for.
      scores = Values.Cells([Double?](repeating: nil, count: groups.count * classes.count))
    case .each, .joint:
      scores.reserveCapacity(groups.count)
      for group in groups {
        guard domain == .union || averaged.contains(where: { isTrue($0, group) }) else {
          scores.append(nil)
          continue
        }
        let cells = averaged.map { sum(group.places, class: $0) }
        switch score {
        case .each(let score): scores.append(score(cells.reduce(.zero, +)))
        case .joint(let score): scores.append(score(cells))
        }
      }
    }
    return scores
  }
}

extension Values {
  /// The steps after the pixels are gone.
  package func reduced(
    by reductions: ArraySlice<Chain.Reduction>, in layout: Layout, worst: Worst,
    after steps: [StepResult], describing: Bool = true
  ) -> Outcome {
    var outcome = Outcome(steps: steps, values: self)
    for (index, step) in zip(reductions.indices, reductions) {
      let later = reductions[(index + 1)...]
      let (values, divisors) = outcome.values.reduced(
        by: step, in: layout, worst: worst, isHosted: step.isHosted(by: later))
      outcome.values = values
      if describing {
        outcome.steps.append(StepResult(step, divisors: divisors, values: values, layout: layout))
      }
    }
    return outcome
  }

  private func reduced(
    by step: Chain.Reduction, in layout: Layout, worst: Worst, isHosted: Bool
  ) -> (values: Values, divisors: [Double]) {
    let left = axes.subtracting(step.axes)
    let takesClass = step.axes.contains(.class)
    let changesNothing = isHosted || (step.factor == nil && step.substitute == nil)
    if !takesClass, left.innermost == axes.innermost, changesNothing {
      // Every axis that goes has an inner one that stays, so each group holds one value and is that
      // value.
      return (Values(axes: left, groups: groups, classes: classes, cells: cells), [])
    }
    let keptClasses = takesClass ? 1 : classes
    let weights = layout.classWeights(for: step.weight)
    let factors = layout.classWeights(for: step.factor)
    var result = Values(
      axes: left, groups: layout.groups(at: left.innermost), classes: keptClasses, cells: [])
    result.cells.reserveCapacity(result.groups.count * keptClasses)
    var divisors: [Double] = []
    divisors.reserveCapacity(result.groups.count * keptClasses)
    let none = Terms(for: step.operation)
    var terms = [Terms](repeating: none, count: keptClasses)
    var next = 0
    for group in result.groups {
      for c in terms.indices { terms[c] = none }
      while next < groups.count, groups[next].places.upperBound <= group.places.upperBound {
        for c in 0..<classes where !takesClass || layout.isAveraged[c] {
          terms[takesClass ? 0 : c].add(
            cells[next * classes + c],
            weight: size(of: groups[next], class: c, by: step.weight, weights, layout),
            factor: size(of: groups[next], class: c, by: step.factor, factors, layout),
            substitute: step.isUndefinedWithAny ? .nan : step.substitute)
        }
        next += 1
      }
      for terms in terms {
        result.cells.append(terms.combined(by: step.operation, worst: worst))
        divisors.append(step.operation == .mean ? terms.weight : 0)
      }
    }
    return (result, divisors)
  }

  /// What a weight is for one group and class.
  private func size(
    of group: Layout.Group, class c: Int, by weight: Chain.Weight?, _ classWeights: [Double],
    _ layout: Layout
  ) -> Double {
    switch weight {
    case nil, .balanced, .positiveWeights: 1
    case .images: Double(group.images)
    case .pixels: Double(group.pixels)
    case .truth: Double(layout.truth(of: c, in: group.places))
    case .sampleWeights: group.sampleWeight
    case .classWeights, .classShares, .inversePrevalence: classWeights[c]
    }
  }
}

extension Chain.Reduction {
  /// Whether a later step takes an axis inside one of this step's, and does this step's work there.
  fileprivate func isHosted(by later: ArraySlice<Chain.Reduction>) -> Bool {
    axes.contains { outer in later.contains { $0.axes.contains { $0.isInside(outer) } } }
  }
}

extension Chain {
  /// The axes that a run has before the first step; images are cut into tiles only where the chain
  /// names them.
  package var allAxes: AxisSet {
    axes.contains(.tile) ? .all : AxisSet.all.subtracting([.tile])
  }
}
