internal import Core
internal import Counting
internal import Diagnosis
internal import Tables

extension PipelineFile.Diagnose {
  init?(
    _ file: Section<Keys.Pipeline>, measures: [Measure]?,
    combinations: [PipelineFile.Combination], areClassesExclusive: Bool,
    noting mistakes: inout Mistakes
  ) {
    guard let keys = file.diagnose else { return nil }
    let formula = keys.formula(
      in: file, measures: measures, combinations: combinations,
      areClassesExclusive: areClassesExclusive, noting: &mistakes)
    guard let formula, let bound = keys.poor, let tolerance = keys.tolerance,
      let countsLevels = keys.curves, let border = keys.border,
      let bootstrap = keys.bootstrap?.settings,
      let poor = mistakes.noting({ () throws(Problem) in
        try bound.definition.measure(given: [:], areClassesExclusive: areClassesExclusive)
      })
    else { return nil }
    headline = Headline(
      formula.formula, called: formula.name, by: formula.reduction,
      poor: PoorRule(measure: poor, limit: bound.limit), tolerance: tolerance)
    isHeadlineNamed = keys.setting(of: \.headline) != nil
    self.countsLevels = countsLevels
    self.border = border
    self.bootstrap = bootstrap
  }
}

/// A formula, and what it and its chain are called.
private typealias NamedFormula = (formula: Formula, name: String, reduction: String?)

extension Section<Keys.Diagnose> {
  /// What the headline is made of; each of its losses must have an exact counterfactual.
  fileprivate func formula(
    in file: Section<Keys.Pipeline>, measures: [Measure]?,
    combinations: [PipelineFile.Combination], areClassesExclusive: Bool,
    noting mistakes: inout Mistakes
  ) -> NamedFormula? {
    switch self.headline {
    case nil: return nil
    case .chain(let keys):
      if let found = combinations.first(where: { .some($0.name) == (keys.measure ?? nil) }) {
        return mistakes.noting { () throws(Problem) in
          try keys.setting.expectOneNumber(found.formula, of: found.name)
          try keys.setting.expectLoss(found.formula, of: found.name)
          try keys.setting.expectCounterfactual(of: found.formula)
          return (found.formula, found.name, nil)
        }
      }
      guard
        let (measure, chain) = keys.resolved(among: measures, by: file.reduce, noting: &mistakes)
      else { return nil }
      let formula = Formula(measure, chain.chain)
      return mistakes.noting { () throws(Problem) in
        try keys.setting.expectCounterfactual(of: formula)
        return (formula, measure.name, chain.name)
      }
    case .preset(let preset):
      guard let obstacle = file.obstacle else { return nil }
      return mistakes.noting { () throws(Problem) in
        if let reason = obstacle(preset.value) {
          throw preset.setting.problem(
            "'\(preset.value.id)' does not fit these predictions: \(reason)",
            remedy: "take another preset, or a measure and a chain")
        }
        let formula = try preset.value.formula(areClassesExclusive: areClassesExclusive)
        try preset.setting.expectOneNumber(formula, of: preset.value.id)
        try preset.setting.expectLoss(formula, of: preset.value.id)
        try preset.setting.expectCounterfactual(of: formula)
        return (formula, preset.value.id, nil)
      }
    }
  }
}

extension Setting {
  fileprivate func expectCounterfactual(of formula: Formula) throws(Problem) {
    for part in formula.gauges {
      guard case .categorical(let loss) = part.measure.form, !loss.isRepairable else { continue }
      throw problem(
        "the headline '\(part.measure.name)' has no exact counterfactual, so nothing can be said of its classes",
        remedy: "make 'ce' the headline and keep this one among the measures")
    }
  }

  fileprivate func expectOneNumber(_ formula: Formula, of name: String) throws(Problem) {
    guard formula.readingGauges.isEmpty || !formula.leavesOneNumber else { return }
    throw problem(
      formula.readingGauges.isEmpty
        ? "'\(name)' looks at no prediction" : "'\(name)' is not one number",
      remedy: "take a preset of a loss or a score that is one number")
  }

  /// Of a sum the larger number is the worse one.
  fileprivate func expectLoss(_ formula: Formula, of name: String) throws(Problem) {
    let takesLossesAway = formula.terms.allSatisfy { term in
      term.gauges.isEmpty
        || term.factor < 0 && term.gauges.allSatisfy { $0.measure.worst == .largest }
    }
    guard takesLossesAway else { return }
    throw problem(
      "'\(name)' is a loss taken from 1, and of a sum the larger number is the worse one",
      remedy: "take the preset of the loss")
  }
}

extension Section<Keys.Headline> {
  /// The measure and the chain of the headline; without names the first measure, and the first chain
  /// that makes one number of it.
  fileprivate func resolved(
    among measures: [Measure]?, by chains: [PipelineFile.NamedChain]?,
    noting mistakes: inout Mistakes
  ) -> (Measure, PipelineFile.NamedChain)? {
    let measure = measure(among: measures, noting: &mistakes)
    guard let chains, let name = self.reduce else { return nil }
    let named = name.flatMap { name in
      mistakes.noting { () throws(Problem) in try setting.chain(named: name, among: chains) }
    }
    if name != nil, named == nil { return nil }
    guard let measure else { return nil }
    // Without any chain of its kind the measure itself was complained about.
    let ofKind = chains.filter { $0.chain.hasScore != measure.isElementwise }
    guard !ofKind.isEmpty else { return nil }
    return mistakes.noting { () throws(Problem) in
      (measure, try scalar(named, for: measure, among: ofKind))
    }
  }

  private func measure(
    among measures: [Measure]?, noting mistakes: inout Mistakes
  ) -> Measure? {
    guard let measures, let name = self.measure else { return nil }
    guard let name else { return measures.first }
    let place = place(of: \.measure)
    return mistakes.noting { () throws(Problem) in try place.measure(named: name, among: measures) }
  }

  /// The chain that was named, or the first of those for such measures; it must leave one number.
  private func scalar(
    _ named: PipelineFile.NamedChain?, for measure: Measure,
    among ofKind: [PipelineFile.NamedChain]
  ) throws(Problem) -> PipelineFile.NamedChain {
    let fitting = ofKind.filter(\.chain.isScalar)
    guard let chain = named ?? fitting.first else {
      let left = ofKind.map { "'\($0.name)' leaves \($0.left.joined(separator: " and "))" }
      throw setting.problem(
        "no chain gives the headline '\(measure.name)' as one number: \(left.joined(separator: ", "))",
        remedy: "add one under reduce that takes every axis")
    }
    try setting.expect(chain, toFit: measure, or: fitting)
    guard chain.chain.isScalar else {
      throw setting.problem(
        "the chain '\(chain.name)' leaves \(chain.left.joined(separator: " and ")), and a headline is one number",
        remedy: measure.isCategorical && chain.left == ["class"]
          ? "write mean(class) > in front: a pixel has the loss of its true class alone; behind it, > mean(class) gives each class the same part, which no framework's mean does"
          : "add > mean(\(chain.left.joined(separator: ", ")))")
    }
    return chain
  }
}

extension PipelineFile.NamedChain {
  /// The axes that it leaves.
  fileprivate var left: [String] { chain.remainingAxes.outsideIn.map(\.rawValue) }
}

extension Section<Keys.Bootstrap> {
  fileprivate var settings: Bootstrap.Settings? {
    guard let replicates = self.replicates, let seed = self.seed, let level = self.level else {
      return nil
    }
    return Bootstrap.Settings(
      replicates: replicates, seed: UInt64(bitPattern: Int64(seed)), level: level)
  }
}
