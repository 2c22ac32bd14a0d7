package import Core

/// Which weights the pixels and classes of a run really got, and what became of them in one number.
///
/// A weight that is looked up by arg max of the truth goes to the first class of the list that is
/// true at a pixel. Where masks overlap it is another class's weight, and where nothing is true it
/// is the first class's.
package struct WeightAudit: Hashable, Sendable {
  package var classes: [ClassWeights]
  /// Counted pixels, and those of no class.
  package var pixels: Int
  package var unclassed: Int
  /// What a pixel of no class counts, where weights are looked up by class.
  package var noClass: Double?
  /// The mean of the pixels' sample weights, where they have any.
  package var meanWeight: Double?
  /// What became of each kind of weight that was given.
  package var uses: [Chain.Weight: Use]
  /// Whether a pixel's weight multiplies what all its classes are combined to.
  package var weighsWholePixels: Bool
  /// What the terms add up to that are taken away; `nil` where there is none.
  package var negativeTerms: Double?

  package struct ClassWeights: Hashable, Sendable {
    package var name: String
    /// `weights`
    package var classWeight: Double
    /// `positive_weights`
    package var positiveWeight: Double
    /// `sample_weight: {first_class: …}`
    package var sampleWeight: Double?
    /// The class's own pixels.
    package var pixels: Int
    /// Of these, those that a lookup by arg max of the truth gives the class's weight.
    package var reached: Int

    /// The own pixels that got another class's weight.
    package var missed: Int { pixels - reached }
    package var reachedShare: Double? { pixels == 0 ? nil : Double(reached) / Double(pixels) }
  }

  package enum Use: String, Hashable, Sendable {
    /// No step names them.
    case none = "unused"
    /// `by:`, the mean divides by them.
    case dividedOut = "divided out"
    /// `times:`, they make the number larger.
    case multiplied = "not divided out"
  }

  /// Whether there is any weight to speak of.
  package var hasWeights: Bool { !uses.isEmpty }
}

extension WeightAudit {
  /// - Parameter sampleWeights: as the configuration gives them; `nil` where it gives none.
  package init(
    of run: Measurements, sampleWeights: Scheme.SampleWeights?, in formula: Formula
  ) {
    let images = run.images
    var own = [(pixels: Int, reached: Int)](repeating: (0, 0), count: run.evidence.classes.count)
    run.forEachTally(byTile: false) { _, tally in
      let classes = tally.classes.span
      for c in classes.indices {
        own[c].pixels += classes[c].overlap.truth
        own[c].reached += classes[c].first
      }
    }
    classes = run.evidence.classes.names.enumerated().map { c, name in
      ClassWeights(
        name: name, classWeight: run.weighting.averaging[c],
        positiveWeight: run.weighting.positive[c],
        sampleWeight: sampleWeights?.firstClass?[c],
        pixels: own[c].pixels, reached: own[c].reached)
    }
    pixels = images.reduce(0) { $0 + $1.tally.pixels }
    unclassed = images.reduce(0) { $0 + $1.tally.unclassed }
    noClass = sampleWeights?.firstClass == nil ? nil : sampleWeights?.noClass
    if sampleWeights != nil, pixels > 0 {
      let sum = images.reduce(ExactSum.zero) { $0 + $1.tally.weight }
      meanWeight = Double(sum) / Double(pixels)
    }
    let chains = formula.gauges.map(\.chain.reductions) + [formula.rest]
    uses = [:]
    if sampleWeights != nil { uses[.sampleWeights] = Use(of: [.sampleWeights], in: chains) }
    if classes.contains(where: { $0.classWeight != 1 }) {
      uses[.classWeights] = Use(of: [.classWeights, .classShares], in: chains)
    }
    if classes.contains(where: { $0.positiveWeight != 1 }) {
      uses[.positiveWeights] = Use(of: [.positiveWeights], in: chains)
    }
    weighsWholePixels = chains.contains { steps in
      let pixels = steps.firstIndex { $0.axes.contains(.pixel) } ?? steps.endIndex
      return steps.indices.contains(pixels) && steps[pixels].names(.sampleWeights)
        && steps[..<pixels].contains { $0.axes.contains(.class) }
    }
    negativeTerms = run.negativeTerms(of: formula)
  }
}

extension WeightAudit.Use {
  fileprivate init(of weights: Set<Chain.Weight>, in chains: [[Chain.Reduction]]) {
    let steps = chains.flatMap(\.self)
    self =
      if steps.contains(where: { $0.factor.map(weights.contains) ?? false }) {
        .multiplied
      } else if steps.contains(where: { $0.weight.map(weights.contains) ?? false }) {
        .dividedOut
      } else {
        .none
      }
  }
}

extension Chain.Reduction {
  fileprivate func names(_ weight: Chain.Weight) -> Bool {
    self.weight == weight || factor == weight
  }
}

extension Measurements {
  /// The sum of the terms with a factor below 0.
  fileprivate func negativeTerms(of formula: Formula) -> Double? {
    let negative = formula.terms.filter { $0.factor < 0 }
    guard !negative.isEmpty else { return nil }
    let numbers = negative.filter(\.gauges.isEmpty).reduce(0) { $0 + $1.factor }
    let rest = Formula(terms: negative.filter { !$0.gauges.isEmpty }, rest: formula.rest)
    guard !rest.terms.isEmpty else { return numbers }
    return (try? outcome(of: rest))?.scalar.map { $0 + numbers }
  }
}
