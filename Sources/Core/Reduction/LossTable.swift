/// One loss of a run, everywhere.
package struct LossTable: Sendable {
  package var sums: PlaceTable<LossSum>
  /// Where a class's term exists.
  package var terms: TermDomain
  /// For 8-bit planes: the loss at each level and how often each level occurs, which is what a
  /// step that selects among pixels needs.
  package var levels: Levels?
  /// The same with each pixel's sample weight, where there are any.
  package var weighted: PlaceTable<WeightedSum>?

  package enum TermDomain: Sendable {
    /// At every counted pixel.
    case everyPixel
    /// At the class's own pixels: categorical cross-entropy says nothing about the others.
    case ownPixels
  }

  package struct Levels: Sendable {
    /// For each class the 256 losses at levels 0…255, on its own pixels and on the others.
    package var own: [[Double]]
    package var other: [[Double]]
    package var histograms: PlaceTable<LevelHistogram>

    package init(own: [[Double]], other: [[Double]], histograms: PlaceTable<LevelHistogram>) {
      self.own = own
      self.other = other
      self.histograms = histograms
    }
  }

  package init(
    sums: PlaceTable<LossSum>, terms: TermDomain, levels: Levels? = nil,
    weighted: PlaceTable<WeightedSum>? = nil
  ) {
    self.sums = sums
    self.terms = terms
    self.levels = levels
    self.weighted = weighted
  }

  package var layout: Layout { sums.layout }

  /// Everything as one place.
  package var merged: LossTable {
    var merged = LossTable(sums: sums.merged, terms: terms, levels: levels)
    if let histograms = levels?.histograms { merged.levels?.histograms = histograms.merged }
    merged.weighted = weighted?.merged
    return merged
  }

  /// Neighbouring places alone.
  package subscript(places: Range<Int>) -> LossTable {
    var some = LossTable(sums: sums[places], terms: terms, levels: levels)
    if let histograms = levels?.histograms { some.levels?.histograms = histograms[places] }
    some.weighted = weighted?[places]
    return some
  }
}

extension LossTable {
  /// The steps up to the one that takes the pixels, as one: from sums to values.
  ///
  /// `classStep` is the step that took the classes before, at every pixel; `pixelStep` the one that
  /// takes the pixels, alone or with the classes.
  func values(
    classStep: Chain.Reduction?, pixelStep: Chain.Reduction, leaving axes: AxisSet
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
  private func value(of group: Layout.Group, class c: Int, pixelStep step: Chain.Reduction) -> Cell
  {
    if step.operation.isSelective {
      return (selected(group.places, class: c, by: step.operation), 0)
    }
    let sum = sums.sum(group.places, class: c)
    guard step.weight == .balanced else {
      return quotient(terms(of: c, in: group, step), step)
    }
    guard sum.positives > 0, sum.negatives > 0 else { return (nil, 0) }
    let own = Double(sum.positive) / Double(sum.positives)
    let other = Double(sum.negative) / Double(sum.negatives)
    return ((own + other) / 2, 2)
  }

  /// Pixels and classes in one step.
  private func value(of group: Layout.Group, jointStep step: Chain.Reduction) -> Cell {
    let weights = layout.classWeights(for: step.weight)
    let factors = layout.classWeights(for: step.factor)
    var all = Terms(total: 0, count: 0)
    for c in 0..<layout.classes {
      let terms = terms(of: c, in: group, step)
      all.total += weights[c] * factors[c] * terms.total
      all.count += weights[c] * terms.count
    }
    return quotient(all, step)
  }

  /// Classes first, at each pixel; then the pixels at which the classes have a value.
  private func value(
    of group: Layout.Group, classStep: Chain.Reduction, pixelStep: Chain.Reduction
  ) -> Cell {
    let weights = layout.classWeights(for: classStep.weight)
    let factors = layout.classWeights(for: classStep.factor)
    // A weighted mean over pixels is divided by their weights.
    let isWeighed = pixelStep.weight == .sampleWeights
    let pixels = Double(group.pixels) * (isWeighed ? group.sampleWeight : 1)
    var inner = pixelStep
    inner.substitute = classStep.substitute
    inner.countsIgnored = false
    var atPixels = Terms(total: 0, count: pixels)
    var own = 0.0
    for c in 0..<layout.classes where weights[c] > 0 {
      let terms = terms(of: c, in: group, inner)
      own += terms.count
      // Where a pixel has one term only, the mean is that term and its weight cancels.
      let weight = hasOneTerm(classStep) ? 1 : weights[c]
      atPixels.total += weight * factors[c] * terms.total
    }
    if hasOneTerm(classStep) {
      atPixels.count = own
    } else if classStep.operation == .mean {
      let weight = weights.reduce(0, +)
      atPixels =
        weight > 0
        ? Terms(total: atPixels.total / weight, count: pixels) : .init(total: 0, count: 0)
    }
    if let substitute = pixelStep.substitute {
      atPixels.total += substitute * (pixels - atPixels.count)
      atPixels.count = pixels
    }
    if pixelStep.countsIgnored { atPixels.count += Double(group.ignored) }
    return quotient(atPixels, pixelStep)
  }

  /// Whether at most one class of a pixel has a term in this mean over its classes.
  private func hasOneTerm(_ classStep: Chain.Reduction) -> Bool {
    terms == .ownPixels && classStep.operation == .mean && classStep.substitute == nil
  }

  /// What a sum or mean over pixels adds, and what the mean divides it by.
  private struct Terms {
    var total: Double
    var count: Double
  }

  /// One class's terms; the step's substitute stands at the pixels where the class has none.
  private func terms(of c: Int, in group: Layout.Group, _ step: Chain.Reduction) -> Terms {
    let sum = sums.sum(group.places, class: c)
    let weights = [step.weight, step.factor]
    let isPlain = !weights.contains { [.sampleWeights, .positiveWeights, .truth].contains($0) }
    let ignored = step.countsIgnored ? Double(group.ignored) : 0
    if isPlain {
      var terms = plainTerms(sum, in: group, step)
      terms.count += ignored
      return terms
    }
    var own = Terms(total: Double(sum.positive), count: Double(sum.positives))
    var other = Terms(total: Double(sum.negative), count: Double(sum.negatives))
    if weights.contains(.sampleWeights) {
      let weighted = weighted?.sum(group.places, class: c) ?? .zero
      own.total = Double(weighted.positive)
      other.total = Double(weighted.negative)
      if step.weight == .sampleWeights {
        own.count = Double(weighted.positiveWeight)
        other.count = Double(weighted.negativeWeight)
      }
    }
    if weights.contains(.positiveWeights) {
      own.total *= layout.positiveWeights[c]
      if step.weight == .positiveWeights { own.count *= layout.positiveWeights[c] }
    }
    if step.weight == .truth { return own }
    if step.factor == .truth { other.total = 0 }
    return Terms(total: own.total + other.total, count: own.count + other.count + ignored)
  }

  private func plainTerms(
    _ sum: LossSum, in group: Layout.Group, _ step: Chain.Reduction
  ) -> Terms {
    guard let substitute = step.substitute else {
      return Terms(total: Double(sum.total), count: Double(sum.terms))
    }
    let missing = Double(group.pixels - sum.terms)
    return Terms(total: Double(sum.total) + substitute * missing, count: Double(group.pixels))
  }

  /// A sum of nothing is 0, a mean of nothing does not exist.
  private func quotient(_ terms: Terms, _ step: Chain.Reduction) -> Cell {
    if step.operation == .sum { return (terms.total, 1) }
    return terms.count > 0 ? (terms.total / terms.count, terms.count) : (nil, 0)
  }

  private func selected(
    _ places: Range<Int>, class c: Int, by operation: Chain.Operation
  ) -> Double? {
    guard let levels else { return nil }
    let histogram = levels.histograms.sum(places, class: c)
    let runs =
      zip(levels.own[c], histogram.own).map { ($0, $1) }
      + zip(levels.other[c], histogram.other).map { ($0, $1) }
    return Selection(of: runs, worst: .largest).value(by: operation)
  }
}

extension Layout {
  /// What each class counts in a step that combines classes; one that is not averaged counts nothing.
  func classWeights(for weight: Chain.Weight?) -> [Double] {
    let averaged = isAveraged.map { $0 ? 1.0 : 0 }
    func only(_ weights: [Double]) -> [Double] { zip(weights, averaged).map(*) }
    switch weight {
    case .classWeights: return only(classWeights)
    case .classShares:
      let weights = only(classWeights)
      return weights.map { $0 / max(weights.reduce(0, +), .leastNormalMagnitude) }
    // A class that is nowhere true has no finite weight; it counts nothing.
    case .inversePrevalence: return only(prevalence.map { $0 > 0 ? 1 / $0 : 0 })
    default: return averaged
    }
  }
}
