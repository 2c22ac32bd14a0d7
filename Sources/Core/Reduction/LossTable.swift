/// One loss of a run, everywhere.
package struct LossTable: Sendable {
  package var sums: PlaceTable<LossSum>
  /// Where a class's term exists.
  package var terms: TermDomain
  /// For 8-bit planes: the loss at each level and how often each level occurs, which is what a
  /// step that selects among pixels needs.
  package var levels: Levels?

  package enum TermDomain: Sendable {
    /// At every counted pixel.
    case everyPixel
    /// At the class's own pixels: categorical cross-entropy says nothing about the others.
    case ownPixels
  }

  package struct Levels: Sendable {
    /// The loss at levels 0…255 on the class's own pixels, and on the others.
    package var own: [Double]
    package var other: [Double]
    package var histograms: PlaceTable<LevelHistogram>

    package init(own: [Double], other: [Double], histograms: PlaceTable<LevelHistogram>) {
      self.own = own
      self.other = other
      self.histograms = histograms
    }
  }

  package init(sums: PlaceTable<LossSum>, terms: TermDomain, levels: Levels? = nil) {
    self.sums = sums
    self.terms = terms
    self.levels = levels
  }

  package var layout: Layout { sums.layout }
}

extension LossTable {
  /// The steps up to the one that takes the pixels, as one: from sums to values.
  ///
  /// `classStep` is the step that took the classes before, at every pixel; `pixelStep` the one that
  /// takes the pixels, alone or with the classes.
  func values(
    classStep: Chain.Reduction?, pixelStep: Chain.Reduction, leaving axes: Set<Axis>
  ) -> (values: Values, divisors: [Double]) {
    let groups = layout.groups(at: axes.innermost)
    var result = Values(axes: axes, groups: groups, classes: 1, cells: [])
    var divisors: [Double] = []
    func add(_ cell: (value: Double?, divisor: Double)) {
      result.cells.append(cell.value)
      divisors.append(cell.divisor)
    }
    if let classStep {
      for group in groups { add(value(of: group, classStep: classStep, pixelStep: pixelStep)) }
    } else if pixelStep.axes.contains(.class) {
      for group in groups { add(value(of: group, jointStep: pixelStep)) }
    } else {
      result.classes = layout.classes
      for group in groups {
        for c in 0..<layout.classes { add(value(of: group, class: c, pixelStep: pixelStep)) }
      }
    }
    return (result, divisors)
  }

  private typealias Cell = (value: Double?, divisor: Double)

  /// One class's pixels.
  private func value(of group: Layout.Group, class c: Int, pixelStep: Chain.Reduction) -> Cell {
    let sum = sums.sum(group.places, class: c)
    if pixelStep.operation.isSelective {
      return (selected(group.places, class: c, by: pixelStep.operation), 0)
    }
    switch pixelStep.weight {
    case .truth: return quotient(Double(sum.positive), Double(sum.positives), pixelStep)
    case .balanced:
      guard sum.positives > 0, sum.negatives > 0 else { return (pixelStep.substitute, 0) }
      let own = Double(sum.positive) / Double(sum.positives)
      let other = Double(sum.negative) / Double(sum.negatives)
      return ((own + other) / 2, 2)
    default: return quotient(Double(sum.total), Double(sum.terms), pixelStep)
    }
  }

  /// Pixels and classes in one step.
  private func value(of group: Layout.Group, jointStep step: Chain.Reduction) -> Cell {
    if step.weight == nil {
      let sum = (0..<layout.classes).reduce(LossSum.zero) { $0 + sums.sum(group.places, class: $1) }
      return quotient(Double(sum.total), Double(sum.terms), step)
    }
    let weights = classWeights(of: step)
    var total = 0.0
    var divisor = 0.0
    for c in 0..<layout.classes {
      let sum = sums.sum(group.places, class: c)
      let isTruth = step.weight == .truth
      total += weights[c] * Double(isTruth ? sum.positive : sum.total)
      divisor += weights[c] * Double(isTruth ? sum.positives : sum.terms)
    }
    return quotient(total, divisor, step)
  }

  /// Classes first, at each pixel; then the pixels.
  private func value(
    of group: Layout.Group, classStep: Chain.Reduction, pixelStep: Chain.Reduction
  ) -> Cell {
    let weights = classWeights(of: classStep)
    let isMean = classStep.operation == .mean
    var total = ExactSum.zero
    var weighted = 0.0
    var terms = 0
    for c in 0..<layout.classes {
      let sum = sums.sum(group.places, class: c)
      total += sum.total
      weighted += weights[c] * Double(sum.total)
      terms += sum.terms
    }
    if isMean, terms == 0 || (classStep.weight != nil && weights.allSatisfy { $0 == 0 }) {
      return (pixelStep.substitute, 0)
    }
    switch (terms: self.terms, isMean) {
    case (.ownPixels, true):
      // At a pixel one term is defined, so its weight cancels; pixels of no class are skipped, or
      // are `else`.
      let own = classStep.substitute == nil ? terms : group.pixels
      let rest = Double(own - terms) * (classStep.substitute ?? 0)
      return quotient(Double(total) + rest, Double(own), pixelStep)
    case (.everyPixel, true):
      let divisor = classStep.weight == nil ? Double(layout.classes) : weights.reduce(0, +)
      let sum = classStep.weight == nil ? Double(total) : weighted
      return quotient(sum / divisor, Double(group.pixels), pixelStep)
    case (_, false):
      let sum = classStep.weight == nil ? Double(total) : weighted
      return quotient(sum, Double(group.pixels), pixelStep)
    }
  }

  private func quotient(_ sum: Double, _ divisor: Double, _ step: Chain.Reduction) -> Cell {
    if step.operation == .sum { return (sum, 1) }
    return divisor > 0 ? (sum / divisor, divisor) : (step.substitute, 0)
  }

  private func selected(
    _ places: Range<Int>, class c: Int, by operation: Chain.Operation
  ) -> Double? {
    guard let levels else { return nil }
    let histogram = levels.histograms.sum(places, class: c)
    let runs =
      zip(levels.own, histogram.own).map { ($0, $1) }
      + zip(levels.other, histogram.other).map { ($0, $1) }
    return Selection(of: runs, worst: .largest).value(by: operation)
  }

  private func classWeights(of step: Chain.Reduction) -> [Double] {
    layout.classWeights(for: step.weight)
  }
}

extension Layout {
  /// What each class counts in a step that combines classes.
  func classWeights(for weight: Chain.Weight?) -> [Double] {
    switch weight {
    case .classWeights: classWeights
    // A class that is nowhere true has no finite weight; it counts nothing.
    case .inversePrevalence: prevalence.map { $0 > 0 ? 1 / $0 : 0 }
    default: .init(repeating: 1, count: classes)
    }
  }
}
