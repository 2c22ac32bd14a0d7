internal import Configuration
internal import Core
internal import Counting
internal import Diagnosis
internal import Tables

/// A finished run, as explanations read it.
struct ExplainedRun {
  var file: PipelineFile
  var evidence: Evidence
  /// The report's own, so that both give the same verdicts.
  private var bootstrap: Bootstrap

  /// - Parameter path: the run's evidence.sqlite or its directory.
  init(reading path: String) throws(Failure) {
    let (file, evidence, _) = try readEvidence(path)
    (self.file, self.evidence) = (file, evidence)
    bootstrap = Bootstrap(
      of: file.measurements(of: evidence),
      poor: file.headline.poor, settings: file.diagnose.bootstrap,
      jobs: processors)
  }
}

extension ExplainedRun {
  var measurements: Measurements { file.measurements(of: evidence) }

  func measurements(in batching: Batching?) -> Measurements {
    var measurements = measurements
    if let batching { measurements.batching = batching }
    return measurements
  }

  func diagnosis(of formula: Formula, called name: String) -> Diagnosis? {
    guard let part = formula.single else { return nil }
    var headline = file.headline
    headline.measure = part.measure
    headline.reduction = name
    headline.chain = part.chain
    return Diagnosis(of: measurements, for: headline, by: bootstrap)
  }

  /// What the report says of its headline.
  var headline: Diagnosis { Diagnosis(of: measurements, for: file.headline, by: bootstrap) }

  func audit(of formula: Formula) -> WeightAudit {
    WeightAudit(
      of: measurements,
      sampleWeights: file.sampleWeights, in: formula)
  }

  /// Why the run does not answer a formula; `nil` where everything was counted that it is made of.
  func obstacle(to formula: Formula) -> Problem? {
    evidence.obstacle(to: file.scheme(for: [formula]))
  }

  /// The preset's formula on this run.
  ///
  /// - Throws: why the run says nothing of the preset.
  func formula(of preset: Preset) throws(Problem) -> Formula {
    if let obstacle = file.decode.obstacle(
      to: preset, hasSampleWeights: file.sampleWeighting != nil)
    {
      throw Problem(
        "'\(preset.id)' does not fit this run's predictions: \(obstacle)",
        remedy: "explain it without --from, or another preset with it")
    }
    let formula = try preset.formula(areClassesExclusive: file.decode.isExclusive)
    if var obstacle = obstacle(to: formula) {
      obstacle.remedy =
        "name the preset in the configuration (presets: [\(preset.id)]) and run again"
      throw obstacle
    }
    return formula
  }
}

extension PipelineFile {
  /// A run's evidence by this file's batches and weights.
  func measurements(of evidence: Evidence) -> Measurements {
    Measurements(evidence: evidence, batching: batching, weighting: weighting)
  }

  /// What each class's pixels weigh; those of images are in the evidence.
  var sampleWeights: Scheme.SampleWeights? {
    sampleWeighting.map { Scheme.SampleWeights(firstClass: $0.firstClass, noClass: $0.noClass) }
  }
}

extension Formula {
  /// One measure by one chain.
  init(_ measure: Measure, _ chain: Chain) {
    self.init(terms: [.init(parts: [.init(measure, chain)])])
  }

  /// The only part, where the formula is nothing else.
  var single: Part? {
    terms.count == 1 && terms[0].factor == 1 && rest.isEmpty && parts.count == 1 ? parts[0] : nil
  }
}

extension Formula {
  /// The parts that look at predictions, each with what follows on its term's value; a part that
  /// others are multiplied by ends where they meet.
  var readingParts: [Part] {
    terms.flatMap { term in
      term.parts.filter(\.measure.readsPredictions).map { part in
        guard term.parts.count == 1, !rest.isEmpty else { return part }
        let whole = ([part.chain.description] + rest.map(\.description)).joined(separator: " > ")
        return (try? Chain(parsing: whole)).map { Part(part.measure, $0) } ?? part
      }
    }
  }
}

extension Measure {
  /// Whether it says anything of predictions; a bare weight does not.
  var readsPredictions: Bool { definition.name != "one" }

  var isLoss: Bool { if case .score = form { false } else { true } }
}
