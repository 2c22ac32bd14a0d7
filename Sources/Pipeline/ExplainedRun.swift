internal import Configuration
internal import Core
internal import Counting
internal import Diagnosis
internal import Explaining
internal import Tables
internal import Threads

extension FinishedRun {
  /// Reads a finished run as explanations need it.
  ///
  /// - Parameter path: the run's evidence.sqlite or its directory.
  /// - Throws: Failure: the evidence cannot be used.
  init(reading path: String) throws(Failure) {
    let (file, evidence, _) = try readEvidence(path)
    let measurements = file.measurements(of: evidence)
    self.init(
      measurements, headline: file.headline, measures: file.measures,
      combinations: file.combinations.map { ($0.name, $0.formula) },
      chains: file.reductions.map { ($0.name, $0.chain) }, sampleWeights: file.sampleWeights,
      bootstrap: Bootstrap(
        of: measurements, poor: file.headline.poor, settings: file.diagnose.bootstrap,
        jobs: processors),
      accepted: file.accepted, counting: { file.scheme(for: [$0]) })
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
