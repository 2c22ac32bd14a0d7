internal import Configuration
internal import Core
internal import Counting
internal import Decoding
internal import Diagnosis
internal import Pages
package import Reports
internal import Tables

/// Which two runs are compared, and how.
package struct CompareRequest: Sendable {
  /// A run's directory, or its evidence.sqlite.
  package var before: String
  package var after: String
  /// Instead of the first run's own.
  package var configuration: String?
  /// Where documents go; `nil` writes none.
  package var output: String?
  /// A smaller difference of a class's score counts as none.
  package var floor: Double
  /// Of intervals and proofs, instead of the configuration's.
  package var level: Double?
  /// Whether the newer run is held to its checks, with the older as baseline.
  package var checks = false
  package var jobs: Int

  package init(
    before: String, after: String, configuration: String? = nil, output: String? = nil,
    floor: Double = 0.01, level: Double? = nil, jobs: Int
  ) {
    self.before = before
    self.after = after
    self.configuration = configuration
    self.output = output
    self.floor = floor
    self.level = level
    self.jobs = jobs
  }
}

/// What changed between two runs over the same images, from their evidence.
package func compare(_ request: CompareRequest) throws(Failure) -> ComparisonReport {
  let before = try ComparedRun(request.before, called: "A")
  let after = try ComparedRun(request.after, called: "B")
  do throws(Problem) {
    let file = try request.configuration.map { path throws(Problem) in
      try PipelineFile(parsing: readText(path), path: path)
    }
    let plan = ComparePlan(file ?? before.file, isOwn: file == nil)
    for run in [before, after] {
      try plan.expectCounted(by: run, weighing: before.evidence.scheme.sampleWeights)
    }
    let paired = try PairedRuns(before, after, classes: plan.classes)
    let runs = [paired.before, paired.after].map { plan.file.measurements(of: $0) }
    let comparison = Comparison(
      of: runs[0], and: runs[1], for: plan.file.headline,
      settings: plan.settings(request), jobs: request.jobs)
    var report = ComparisonReport(
      version: unmaskVersion, runs: (request.before, request.after), comparison: comparison,
      pairing: paired.pairing,
      notes: plan.setUpNotes(of: [("A", runs[0]), ("B", runs[1])])
        + plan.nanNotes(of: [("A", runs[0]), ("B", runs[1])], in: comparison)
        + plan.notes(before, after))
    if request.checks {
      report.gates = try gates(of: file ?? after.file, runs, comparison, jobs: request.jobs)
    }
    return report
  } catch {
    throw Failure(problem: error, code: error.isNothingInCommon ? .noVerdict : .configuration)
  }
}

/// What comes of a configuration's checks for the newer run.
private func gates(
  of file: PipelineFile, _ runs: [Measurements], _ comparison: Comparison, jobs: Int
) throws(Problem) -> [GateResult] {
  guard !file.gates.isEmpty else {
    throw Problem(
      "has no check", at: .file(file.path),
      remedy: "write check: [{measure: iou, baseline: {worse: 0.01}}], or leave --check out")
  }
  let bootstraps = runs.map {
    Bootstrap(
      of: $0, poor: comparison.headline.poor, settings: comparison.settings.bootstrap, jobs: jobs)
  }
  let baseline = runs[0].baseline(for: file.gates, by: bootstraps[0])
  return runs[1].results(of: file.gates, comparison.after, since: baseline, by: bootstraps[1])
    .accepting(file.acceptances, on: today()).results
}

/// Writes the comparison's documents, all of them or none.
package func write(
  _ report: ComparisonReport, to directory: String, mayOverwrite: Bool = false
) throws(Failure) {
  do throws(Problem) {
    var output = try StagedOutput(to: directory, mayOverwrite: mayOverwrite)
    do throws(Problem) {
      let files = Format.allCases.comparisonFiles
      try output.write(report, as: files)
      try output.publish(replacing: files.map(\.name))
    } catch {
      throw output.unstaged(error)
    }
  } catch {
    throw Failure(problem: error, code: .cannotWrite)
  }
}

/// One of the two runs, as it was saved.
struct ComparedRun {
  var file: PipelineFile
  var evidence: Evidence
  /// `A` or `B`.
  var letter: String
  var path: String

  init(_ path: String, called letter: String) throws(Failure) {
    (file, evidence, _) = try readEvidence(path)
    (self.letter, self.path) = (letter, path)
  }
}

/// The configuration by which both runs are read.
private struct ComparePlan {
  let file: PipelineFile
  /// Whether it is that of the first run.
  let isOwn: Bool

  init(_ file: PipelineFile, isOwn: Bool) {
    self.file = file
    self.isOwn = isOwn
  }

  var classes: ClassList { file.decode.classes }

  func settings(_ request: CompareRequest) -> Comparison.Settings {
    var settings = Comparison.Settings(floor: request.floor, bootstrap: file.diagnose.bootstrap)
    if let level = request.level { settings.bootstrap.level = level }
    return settings
  }

  /// - Parameter weights: of pixels, in the older run.
  func expectCounted(
    by run: ComparedRun, weighing weights: Scheme.SampleWeights?
  ) throws(Problem) {
    try expectClasses(of: run)
    let (letter, place) = (run.letter, Problem.Place.file(run.path))
    guard run.file.decode.isExclusive == file.decode.isExclusive else {
      throw Problem(
        "the classes of \(letter) \(run.file.decode.isExclusive ? "exclude each other" : "are independent"), and those of the configuration do not",
        at: place, remedy: "compare runs that decide alike")
    }
    guard
      !file.headline.formula.readsShares
        || !run.evidence.scheme.hasShares && !file.decode.hasShares
    else {
      throw Problem(
        "the headline '\(file.headline.name)' is against a soft truth in \(letter), and its parts are not compared",
        at: place,
        remedy: "name a score as headline, in a configuration of its own with --config")
    }
    // The files may have other labels and other decisions; what is added up must have been counted.
    var headline = file.scheme(for: [file.headline.formula])
    // Losses that are weighed otherwise cannot be told from losses that changed.
    if file.headline.formula.weighsSamples { headline.sampleWeights = weights }
    if var obstacle = run.evidence.obstacle(to: run.evidence.scheme.adding(headline)) {
      obstacle.what =
        "\(letter) does not answer the headline '\(file.headline.name)': \(obstacle.what)"
      obstacle.remedy =
        "run it again with that among its measures and chains, or name another headline with --config"
      throw obstacle.inFile(run.path)
    }
  }

  private func expectClasses(of run: ComparedRun) throws(Problem) {
    let (own, theirs) = (Set(classes.names), Set(run.evidence.classes.names))
    guard own != theirs else { return }
    let owner = isOwn ? "A" : "the configuration"
    func only(_ who: String, _ names: Set<String>) -> String? {
      let list = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(printable)
      return list.isEmpty ? nil : "only \(who) has \(list.joined(separator: ", "))"
    }
    let differences = [
      only(owner, own.subtracting(theirs)), only(run.letter, theirs.subtracting(own)),
    ]
    throw Problem(
      "the classes are not the same: \(differences.compactMap(\.self).joined(separator: "; "))",
      at: .file(run.path), remedy: "compare runs of the same classes; their order may differ")
  }

  func setUpNotes(
    of runs: [(letter: String, measurements: Measurements)]
  ) -> [ComparisonReport.Note] {
    runs.flatMap { run in
      SetUp(of: run.measurements, accepting: file.accepted).faults
        .filter { $0.severity == .error }
        .map { .wrongSetUp(run: run.letter, title: $0.title) }
    }
  }

  func nanNotes(
    of runs: [(letter: String, measurements: Measurements)], in comparison: Comparison
  ) -> [ComparisonReport.Note] {
    zip(runs, [comparison.before, comparison.after]).compactMap { run, diagnosis in
      guard diagnosis.printed == nil else { return nil }
      return run.measurements.nanCause(of: file.headline.formula)
        .map { .nan(run: run.letter, cause: $0) }
    }
  }

  func notes(_ before: ComparedRun, _ after: ComparedRun) -> [ComparisonReport.Note] {
    var notes: [ComparisonReport.Note] = []
    let others = [before, after].filter { $0.file.headlineText != file.headlineText }
    if !others.isEmpty {
      notes.append(
        .headline(
          of: isOwn ? "A" : "--config", others: others.map(\.letter),
          theirs: Set(others.map { $0.file.headlineText(besides: file) }).sorted()))
    }
    let decode = (before.file.decode, after.file.decode)
    if decode.0.kind != decode.1.kind {
      notes.append(.kinds(before: decode.0.kind.rawValue, after: decode.1.kind.rawValue))
    } else if decode.0.thresholdText != decode.1.thresholdText {
      notes.append(
        .thresholds(before: decode.0.thresholdText, after: decode.1.thresholdText))
    }
    return notes
  }
}

extension PipelineFile.Decode {
  fileprivate var thresholdText: String {
    thresholds.map { "[\($0.map(shortest).joined(separator: ", "))]" } ?? shortest(threshold)
  }
}

extension PipelineFile {
  /// Everything that decides what the headline prints.
  fileprivate var headlineText: String {
    "\(headline.name) by \(headline.formula.text) in batches of \(batching.size ?? 0)\(orderText)"
  }

  /// As short as it can be and still differ from the other's.
  fileprivate func headlineText(besides other: PipelineFile) -> String {
    guard headline.title == other.headline.title else { return headline.title }
    let size = batching.size.map { ", batches of \($0)" } ?? ""
    return "\(headline.name) by \(headline.formula.text)\(size)\(orderText)"
  }

  private var orderText: String { order.map { " in the order of \($0.rawValue)s" } ?? "" }
}
