extension LossTable {
  /// Applies a chain for losses.
  package func reduced(by chain: Chain) -> Outcome {
    let reductions = chain.reductions
    guard let pixelIndex = reductions.firstIndex(where: { $0.axes.contains(.pixel) }) else {
      preconditionFailure("a chain that was parsed takes its pixels")
    }
    var remaining = chain.allAxes
    var steps: [StepResult] = []
    let before = reductions[..<pixelIndex]
    for step in before {
      remaining.subtract(step.axes)
      let takesClass = step.axes.contains(.class)
      steps.append(
        StepResult(
          step, dividesBy: takesClass && step.operation == .mean ? classDivisor(step) : nil,
          shape: layout.shape(of: remaining)))
    }
    remaining.subtract(reductions[pixelIndex].axes)
    let classStep = before.first { $0.axes.contains(.class) }
    let (values, divisors) = values(
      classStep: classStep, pixelStep: reductions[pixelIndex], leaving: remaining)
    steps.append(
      StepResult(
        reductions[pixelIndex], divisors: divisors, values: values, layout: layout))
    return values.reduced(
      by: reductions[(pixelIndex + 1)...], in: layout, worst: .largest, after: steps)
  }

  private func classDivisor(_ step: Chain.Reduction) -> String {
    switch terms {
    case .ownPixels: "the classes that the pixel has"
    case .everyPixel:
      step.weight == nil
        ? "\(layout.classes) classes"
        : "sum of \(step.weight?.rawValue ?? "") = \(shortest(layout.classWeights(for: step.weight).reduce(0, +)))"
    }
  }
}

extension PlaceTable {
  /// Applies a chain for ratios; `score` is `nil` where the measure is undefined.
  @_specialize(where Cell == Overlap)
  @_specialize(where Cell == SoftSums)
  package func reduced(
    by chain: Chain, worst: Worst, score: (_ cell: Cell, _ truth: Int) -> Double?
  ) -> Outcome {
    var remaining = chain.allAxes
    var steps: [StepResult] = []
    var later = chain.reductions[...]
    while let step = later.first, step.operation == .pool {
      remaining.subtract(step.axes)
      steps.append(StepResult(step, dividesBy: nil, shape: layout.shape(of: remaining)))
      later = later.dropFirst()
    }
    let pooled = pooled(leaving: remaining)
    var values = Values(
      axes: remaining, groups: layout.groups(at: remaining.innermost),
      classes: remaining.contains(.class) ? layout.classes : 1, cells: [])
    values.cells = pooled.map { cell, truth in
      chain.scoreDomain == .truth && truth == 0 ? nil : score(cell, truth)
    }
    steps.append(StepResult(score: chain.scoreDomain ?? .union, values: values, layout: layout))
    return values.reduced(by: later, in: layout, worst: worst, after: steps)
  }

  private func pooled(leaving axes: Set<Axis>) -> [(cell: Cell, truth: Int)] {
    let all = 0..<layout.classes
    return layout.groups(at: axes.innermost).flatMap { group in
      let classes = all.map { (cell: sum(group.places, class: $0), truth: group.truth[$0]) }
      return axes.contains(.class)
        ? classes : [classes.reduce((.zero, 0)) { ($0.cell + $1.cell, $0.truth + $1.truth) }]
    }
  }
}

extension Values {
  /// The steps after the pixels are gone.
  fileprivate func reduced(
    by reductions: ArraySlice<Chain.Reduction>, in layout: Layout, worst: Worst,
    after steps: [StepResult]
  ) -> Outcome {
    reductions.reduce(Outcome(steps: steps, values: self)) { outcome, step in
      let (values, divisors) = outcome.values.reduced(by: step, in: layout, worst: worst)
      let line = StepResult(step, divisors: divisors, values: values, layout: layout)
      return Outcome(steps: outcome.steps + [line], values: values)
    }
  }

  private func reduced(
    by step: Chain.Reduction, in layout: Layout, worst: Worst
  ) -> (values: Values, divisors: [Double]) {
    let left = axes.subtracting(step.axes)
    let takesClass = step.axes.contains(.class)
    if !takesClass, left.innermost == axes.innermost {
      // Every axis that goes has an inner one that stays: groups of one, which are their element.
      return (Values(axes: left, groups: groups, classes: classes, cells: cells), [])
    }
    let keptClasses = takesClass ? 1 : classes
    let weights = layout.classWeights(for: step.weight)
    var result = Values(
      axes: left, groups: layout.groups(at: left.innermost), classes: keptClasses, cells: [])
    var divisors: [Double] = []
    var next = 0
    for group in result.groups {
      var terms = [Terms](repeating: Terms(), count: keptClasses)
      while next < groups.count, groups[next].places.upperBound <= group.places.upperBound {
        for c in 0..<classes {
          let weight = weight(of: groups[next], class: c, in: step, classWeights: weights)
          terms[takesClass ? 0 : c].add(
            cells[next * classes + c], weight: weight, substitute: step.substitute)
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

  private func weight(
    of group: Layout.Group, class c: Int, in step: Chain.Reduction, classWeights: [Double]
  ) -> Double {
    switch step.weight {
    case nil, .balanced: 1
    case .images: Double(group.images)
    case .pixels: Double(group.pixels)
    case .truth: Double(group.truth[c])
    case .classWeights, .inversePrevalence: classWeights[c]
    }
  }
}

extension Chain {
  /// The axes that a run has before the first step; images are cut into tiles only where the chain
  /// names them.
  package var allAxes: Set<Axis> {
    axes.contains(.tile) ? Set(Axis.allCases) : Set(Axis.allCases).subtracting([.tile])
  }
}
