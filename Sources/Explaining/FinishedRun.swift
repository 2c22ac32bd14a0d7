package import Core
package import Counting
package import Diagnosis
package import Tables

/// A finished run, as explanations read it: what was counted, and what was asked of it.
package struct FinishedRun: Sendable {
  package let measurements: Measurements
  package let headline: Headline
  package let measures: [Measure]
  /// Of the configuration, by name.
  package let combinations: [(name: String, formula: Formula)]
  /// Of the configuration, by name.
  package let chains: [(name: String, chain: Chain)]
  /// What each class's pixels weigh; those of images are in the evidence.
  package let sampleWeights: Scheme.SampleWeights?
  /// The report's own, so that both give the same verdicts.
  package let bootstrap: Bootstrap
  /// Faults of the set-up that the configuration says are meant so.
  package let accepted: Set<SetUpFault.Kind>
  /// How the run would have counted a formula.
  package let counting: @Sendable (Formula) -> Scheme

  package init(
    _ measurements: Measurements, headline: Headline, measures: [Measure],
    combinations: [(name: String, formula: Formula)] = [],
    chains: [(name: String, chain: Chain)], sampleWeights: Scheme.SampleWeights?,
    bootstrap: Bootstrap, accepted: Set<SetUpFault.Kind> = [],
    counting: @escaping @Sendable (Formula) -> Scheme
  ) {
    self.measurements = measurements
    self.headline = headline
    self.measures = measures
    self.combinations = combinations
    self.chains = chains
    self.sampleWeights = sampleWeights
    self.bootstrap = bootstrap
    self.accepted = accepted
    self.counting = counting
  }

  package var evidence: Evidence { measurements.evidence }
}

extension FinishedRun {
  var batching: Batching { measurements.batching }
  var areClassesExclusive: Bool { measurements.scheme.areClassesExclusive }

  func measurements(in batching: Batching?) -> Measurements {
    var measurements = measurements
    if let batching { measurements.batching = batching }
    return measurements
  }

  /// The diagnosis by a formula of one part; `nil` for any other formula.
  func diagnosis(of formula: Formula, called name: String) -> Diagnosis? {
    guard let part = formula.single else { return nil }
    return Diagnosis(
      of: measurements, for: headline.replacing(part.measure, by: name, part.chain),
      by: bootstrap)
  }

  /// The diagnosis by a sum of several parts, as a headline; `nil` where it is not one number.
  func diagnosis(ofSum formula: Formula, called name: String) -> Diagnosis? {
    guard formula.single == nil, formula.leavesOneNumber, !formula.readingGauges.isEmpty else {
      return nil
    }
    return Diagnosis(
      of: measurements,
      for: Headline(formula, called: name, poor: headline.poor, tolerance: headline.tolerance),
      by: bootstrap)
  }

  /// What the report says of its headline; no verdicts where the set-up is wrong.
  package var diagnosis: Diagnosis {
    let diagnosis = Diagnosis(of: measurements, for: headline, by: bootstrap)
    return setUp.withholdVerdict ? diagnosis.withoutVerdicts : diagnosis
  }

  var setUp: [SetUpFault] { SetUp(of: measurements, accepting: accepted).faults }

  func audit(of formula: Formula) -> WeightAudit {
    WeightAudit(of: measurements, sampleWeights: sampleWeights, in: formula)
  }

  /// Why the run does not answer a formula; `nil` where everything that it needs was counted.
  func obstacle(to formula: Formula) -> Problem? { evidence.obstacle(to: counting(formula)) }

  /// Why a framework would not have printed the preset for predictions like these.
  func obstacle(to preset: Preset) -> String? {
    preset.obstacle(
      hasLogits: measurements.scheme.kind == .logits,
      hasLabels: measurements.scheme.kind == .labels, areClassesExclusive: areClassesExclusive,
      hasSampleWeights: sampleWeights != nil, hasShares: measurements.scheme.hasShares)
      ?? measurements.exception(to: preset)?.reason
  }

  /// The preset's formula on this run.
  ///
  /// - Throws: Problem: the run cannot answer for the preset.
  func formula(of preset: Preset) throws(Problem) -> Formula {
    if let obstacle = obstacle(to: preset) {
      throw Problem(
        "'\(preset.id)' does not fit this run's predictions: \(obstacle)",
        remedy: "explain it without --from, or another preset with it")
    }
    let formula = try preset.formula(areClassesExclusive: areClassesExclusive)
    if var obstacle = obstacle(to: formula) {
      obstacle.remedy =
        "name the preset in the configuration (presets: [\(preset.id)]) and run again"
      throw obstacle
    }
    return formula
  }
}
