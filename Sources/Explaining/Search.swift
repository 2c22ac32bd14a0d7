internal import Core
internal import Counting
internal import Pages
internal import Tables

/// One way in which a number can come about.
struct Candidate {
  /// A preset, or a measure by a chain of the file.
  var way: String
  var isPreset: Bool
  var formula: Formula
  /// `nil` where batches do not matter.
  var batching: Batching?
  var isRunsOwn: Bool
  var value: Double?
  /// Why there is none, where NaN is what is printed.
  var nan: NaNCause?
  /// Who logs it so, where it is a preset as trainers log it.
  var trainers: [Trainer] = []

  var name: String { batching.map { "\(way), \($0.text)" } ?? way }

  /// The run's own batches before others, presets before what trainers make of them, and the file's chains
  /// last.
  var rank: Int { (isRunsOwn ? 0 : 3) + (isPreset ? (trainers.isEmpty ? 0 : 1) : 2) }
}

/// The ways in which a number can come about: every preset and every measure by every chain of the
/// file, in the batches that were named and in the usual ones.
struct Search {
  let run: FinishedRun

  var presets: [(preset: Preset, formula: Formula)] {
    Preset.all.compactMap { preset in
      guard run.obstacle(to: preset) == nil,
        let formula = try? preset.formula(areClassesExclusive: run.areClassesExclusive)
      else { return nil }
      return (preset, formula)
    }
  }

  var notCounted: [String] {
    presets.filter { run.obstacle(to: $0.formula) != nil }.map(\.preset.id)
  }

  /// Presets whose framework prints NaN for predictions like these, whatever their chain says.
  var alwaysNaN: [(id: String, reason: String)] {
    Preset.all.compactMap { preset in
      run.measurements.exception(to: preset)
        .flatMap { $0.prints == .nan ? (preset.id, $0.reason) : nil }
    }
  }

  func candidates() -> [Candidate] {
    withoutEchoes(presetCandidates() + chainCandidates()) + loggedCandidates()
  }

  private func presetCandidates() -> [Candidate] {
    presets.filter { run.obstacle(to: $0.formula) == nil }.flatMap { preset, formula in
      let ways: [Batching?] = preset.dependsOnBatches ? batchings : [nil]
      return ways.map { candidate(preset.id, isPreset: true, formula, $0) }
    }
  }

  private func chainCandidates() -> [Candidate] {
    run.measures.flatMap { measure in
      run.chains
        .filter { named in
          named.chain.hasScore != measure.isElementwise && named.chain.isScalar
            && !named.chain.axes.contains(.tile)
        }
        .map { named in
          candidate(
            "\(measure.name) by \(named.name)", isPreset: false, Formula(measure, named.chain), nil)
        }
    }
  }

  func candidate(
    _ way: String, isPreset: Bool, _ formula: Formula, _ batching: Batching?
  ) -> Candidate {
    let value = value(of: formula, in: batching)
    return Candidate(
      way: way, isPreset: isPreset, formula: formula, batching: batching,
      isRunsOwn: batching == nil || batching == run.batching, value: value,
      nan: value == nil ? run.measurements(in: batching).nanCause(of: formula) : nil)
  }

  func value(of formula: Formula, in batching: Batching?) -> Double? {
    (try? run.measurements(in: batching).outcome(of: formula))?.scalar
  }

  /// The run's own batches first.
  var batchings: [Batching] {
    let usual = [1, 2, 4, 8, 16, 32, 64].filter { $0 < run.evidence.listed }
      .map { Batching(size: $0) }
    return [run.batching] + (usual + [Batching()]).filter { $0 != run.batching }
  }
}

// MARK: - Other batches

extension Search {
  /// The first of the usual batchings that best separates ways which agree so far, and what each
  /// then gives; `nil` where they agree in all.
  func separation(of group: [Candidate]) -> (batching: Batching, values: [Double])? {
    let formulas = group.map(\.formula)
    var best: (batching: Batching, values: [Double])?
    for batching in batchings {
      let values = formulas.compactMap { value(of: $0, in: batching) }
      guard values.count == formulas.count else { continue }
      let parted = distinct(values)
      if parted > (best.map { distinct($0.values) } ?? 1) { best = (batching, values) }
    }
    return best
  }

  /// How many numbers a reader of three digits would tell apart.
  private func distinct(_ values: [Double]) -> Int { Set(values.map { Figure.text($0) }).count }

  /// What the way gives when images are put at random into batches of the run's own size; `nil`
  /// where batches do not matter.
  func spread(of candidate: Candidate) -> BatchSpread? {
    guard candidate.batching != nil else { return nil }
    return run.measurements.spread(of: candidate.formula)
  }

  /// The presets that depend on batches, in random batches of the run's own size.
  func shuffled() -> [(Candidate, BatchSpread)] {
    presets.filter { $0.preset.dependsOnBatches && run.obstacle(to: $0.formula) == nil }.compactMap
    {
      preset, formula in
      let candidate = Candidate(
        way: preset.id, isPreset: true, formula: formula, batching: run.batching,
        isRunsOwn: true)
      return spread(of: candidate).map { (candidate, $0) }
    }
  }
}

extension Batching {
  var text: String {
    size.map { "batches of \($0)\(dropsLast ? ", the last one dropped" : "")" } ?? "one batch"
  }
}
