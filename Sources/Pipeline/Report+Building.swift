package import Configuration
package import Core
internal import Counting
internal import Decoding
package import Diagnosis
internal import Explaining
internal import Pages
package import Reports
internal import Tables
internal import Threads

extension Report {
  /// Everything after the counting: reduce and diagnose, which read the evidence and nothing else.
  ///
  /// - Parameters:
  ///   - jobs: how many threads; the result is the same.
  ///   - baseline: to which checks hold the run.
  package init(
    of evidence: Evidence, by file: PipelineFile, notes: [String], jobs: Int = processors,
    since baseline: Baseline? = nil
  ) {
    let measurements = file.measurements(of: evidence)
    let bootstrap = Bootstrap(
      of: measurements, poor: file.headline.poor, settings: file.diagnose.bootstrap,
      jobs: jobs)
    let setUp = SetUp(of: measurements, accepting: file.accepted).faults
    let diagnosed = Diagnosis(of: measurements, for: file.headline, by: bootstrap)
    let headline = setUp.withholdVerdict ? diagnosed.withoutVerdicts : diagnosed
    let others =
      setUp.withholdVerdict
      ? [] : measurements.diagnoses(by: file, besides: headline, bootstrap, jobs: jobs)
    self.init(
      version: unmaskVersion,
      inputs: Inputs(of: measurements, by: file, notes: notes),
      headline: headline,
      isHeadlineNamed: file.diagnose.isHeadlineNamed,
      reductions: measurements.reductions(by: file, diagnosed: [headline] + others),
      presets: measurements.printed(by: file.presets),
      others: others,
      images: ImageRows(of: measurements, for: headline.headline.leading.measure),
      saving: Saving(of: measurements, by: file, for: headline.headline))
    self.setUp = setUp
    dialect = file.report.dialect
    if headline.printed == nil { headlineNaN = measurements.nanCause(of: file.headline.formula) }
    // Of a wrong set-up nothing is judged, and the run ends without a verdict.
    gates =
      setUp.withholdVerdict
      ? file.gates.map { $0.unjudged(because: "it is not judged: the set-up is wrong") }
      : measurements.images.isEmpty
        ? file.gates.map { $0.unjudged(because: "it is not judged: no image could be used") }
        : measurements.results(of: file.gates, headline, since: baseline, by: bootstrap)
    (gates, staleAcceptances) = gates.accepting(file.acceptances, on: today())
    let examination = Examination(of: measurements, for: headline, measures: file.measures)
    findings = examination.findings
    curves = examination.curves
    if !setUp.withholdVerdict {
      (gradient, gradientObstacle) = (examination.gradient, examination.gradientObstacle)
    }
    if !headline.poorClasses.isEmpty {
      confusion = Confusion.sum(measurements.images.lazy.map(\.tally.confusion))
    }
    weights = WeightAudit(
      of: measurements, sampleWeights: file.sampleWeights,
      in: file.headline.formula)
  }
}

extension Report.Inputs {
  fileprivate init(of measurements: Measurements, by file: PipelineFile, notes: [String]) {
    let evidence = measurements.evidence
    let images = measurements.images
    func sum(_ value: (ImageEvidence) -> Int) -> Int { images.reduce(0) { $0 + value($1) } }
    self.init(
      kind: file.decode.kind.rawValue, activation: file.decode.activation.rawValue,
      classes: evidence.classes, threshold: measurements.scheme.threshold,
      listed: evidence.listed, used: images.count,
      dropped: evidence.images.count - images.count, batchSize: file.batching.size,
      pixels: sum(\.tally.pixels), ignored: sum(\.ignored), unclassed: sum(\.tally.unclassed),
      overlapping: sum(\.tally.overlapping), unlistedPredictions: sum(\.unlistedPredictions),
      problems: evidence.problems,
      notes: notes + measurements.shareNotes + measurements.notes
        + evidence.remarkNotes)
    configuration = file.path
    predictions = file.decode.predictions.text
    truth = file.decode.truth?.text ?? ""
    run = file.report.name
    if case .aboveEach(let each) = measurements.scheme.decision { thresholds = each }
  }
}

extension Evidence {
  /// What was read otherwise than it is written.
  var remarkNotes: [String] {
    images.reduce(Remarks.zero) { $0 + $1.remarks }.notes(resizedBy: scheme.resize)
  }
}

extension Measurements {
  /// What is against the shares of a soft truth, and what against the cut.
  fileprivate var shareNotes: [String] {
    guard scheme.hasShares, let threshold = scheme.truthThreshold else { return [] }
    return [
      "soft truth: losses are against its shares; scores, curves and whatever counts true pixels are against the truth above \(shortest(threshold)) (threshold_truth), and a loss as headline gives no verdict"
    ]
  }

  fileprivate var notes: [String] {
    let dropped =
      dropsImages && evidence.levels != nil
      ? [
        "curves and the finding `threshold` are left out: how often probabilities occur was counted with the images of the dropped batch"
      ] : []
    let leftOut = zip(evidence.classes.names, weighting.isAveraged).filter { !$1 }.map(\.0)
    return leftOut.isEmpty
      ? dropped
      : dropped + [
        "not averaged: \(leftOut.map(printable).joined(separator: ", ")); what is predicted there is a false alarm, and no mean over classes has it, also of presets (as with include_background=False, or labels=[…] of all others)"
      ]
  }
}

extension Report {
  /// How many cells shuffled batches may look at, for all presets together: about a second's work.
  fileprivate static let mostShuffledCells = 5_000_000
  /// How many cells of images and classes a run has at most whose diagnoses are made at the same time.
  fileprivate static let mostAtOnce = 1_000_000
}

extension Report.Saving {
  fileprivate init(
    of measurements: Measurements, by file: PipelineFile, for headline: Headline
  ) {
    let is8Bit = measurements.evidence.levels?.kind == .bits8
    self.init(
      levels: measurements.hasBounds ? is8Bit ? 256 : 65536 : nil,
      quantisation: file.decode.quantised,
      saturated: file.decode.kind == .labels ? [] : measurements.saturated,
      cappedShare: headline.formula.single.flatMap {
        measurements.cappedShare(of: $0.measure, by: $0.chain)
      },
      classes: measurements.classIntervals(of: headline.leading.measure) ?? [])
  }
}

extension Measurements {
  /// Every measure by every chain of its kind.
  ///
  /// - Parameter diagnosed: diagnoses that have already tried all orders of their chain.
  fileprivate func reductions(
    by file: PipelineFile, diagnosed: [Diagnosis]
  ) -> [Report.Reduced] {
    let chains = file.reductions
    func orderGap(_ table: MeasureTable, _ measure: Measure, _ chain: Chain) -> OrderGap? {
      let diagnosis = diagnosed.first {
        $0.headline.name == measure.name && $0.headline.formula.single?.chain == chain
      }
      return diagnosis.map(\.orderGap) ?? table.orderGap(of: chain)
    }
    return preset(of: file.headline)
      + file.combinations.filter { $0.name != file.headline.name }.map {
        reduced($0.formula, called: $0.name, by: "combine")
      }
      + file.measures.flatMap { measure in
        let byTile = chains.contains { $0.chain.axes.contains(.tile) }
        let tables = (
          image: table(of: measure, byTile: false),
          tile: byTile ? table(of: measure, byTile: true) : nil
        )
        return chains.filter { $0.chain.hasScore != measure.isElementwise }.map { named in
          let chain = named.chain
          let table = chain.axes.contains(.tile) ? tables.tile ?? tables.image : tables.image
          let obstacle = table.obstacle(to: chain)
          let outcome = obstacle == nil ? table.reduced(by: chain) : nil
          let (bounds, unbounded) = bounds(of: measure, by: chain, obstacle)
          return Report.Reduced(
            measure: measure.name, reduction: named.name, formula: Formula(measure, chain),
            value: outcome?.scalar, steps: outcome?.steps ?? [],
            orderGap: obstacle == nil ? orderGap(table, measure, chain) : nil,
            obstacle: obstacle, bounds: bounds,
            unbounded: unbounded)
        }
      }
  }

  /// A headline that is a preset, and so not one of the file's measures by one of its chains.
  private func preset(of headline: Headline) -> [Report.Reduced] {
    guard headline.reduction == nil else { return [] }
    return [reduced(headline.formula, called: headline.name, by: headline.reductionName)]
  }

  /// A formula that is no measure by a chain.
  private func reduced(
    _ formula: Formula, called name: String, by reduction: String
  ) -> Report.Reduced {
    do throws(Problem) {
      let outcome = try outcome(of: formula)
      let rounding = formula.single.map { bounds(of: $0.measure, by: $0.chain, nil) }
      return Report.Reduced(
        measure: name, reduction: reduction, formula: formula,
        value: outcome.scalar, steps: outcome.steps,
        orderGap: formula.single.flatMap {
          table(of: $0.measure, byTile: $0.chain.axes.contains(.tile)).orderGap(of: $0.chain)
        },
        obstacle: nil, bounds: rounding?.bounds, unbounded: rounding?.reason)
    } catch {
      return Report.Reduced(
        measure: name, reduction: reduction, formula: formula,
        value: nil, steps: [], orderGap: nil, obstacle: error)
    }
  }

  /// The bounds, or why there are none; neither where there is no value.
  private func bounds(
    of measure: Measure, by chain: Chain, _ obstacle: Problem?
  ) -> (bounds: Bounds?, reason: String?) {
    guard obstacle == nil else { return (nil, nil) }
    do throws(Problem) {
      return (try bounds(of: measure, by: chain), nil)
    } catch {
      return (nil, error.what)
    }
  }

  /// What frameworks would print; the first that depend on batches also shuffled.
  fileprivate func printed(by presets: [Preset]) -> [Report.PresetValue] {
    let cells = 20 * max(1, images.count * evidence.classes.count)
    var spreadsLeft = Report.mostShuffledCells / cells
    return presets.map { preset in
      let printed = printed(by: preset, isShuffled: preset.dependsOnBatches && spreadsLeft > 0)
      if printed.spread != nil { spreadsLeft -= 1 }
      return printed
    }
  }

  private func printed(by preset: Preset, isShuffled: Bool) -> Report.PresetValue {
    if let exception = exception(to: preset) {
      var printed = Report.PresetValue(
        preset: preset, value: nil, perClass: nil, steps: [], obstacle: exception.problem)
      printed.prints = exception.prints
      return printed
    }
    do throws(Problem) {
      let formula = try preset.formula(areClassesExclusive: scheme.areClassesExclusive)
      let outcome = try outcome(of: formula)
      let part = preset.single == nil ? nil : formula.gauges.first
      let interval = part.flatMap { bounds(of: $0.measure, by: $0.chain, nil).bounds?.interval }
      let perClass = outcome.steps.last { $0.classValues != nil }?.classValues
      var printed = Report.PresetValue(
        preset: preset, value: outcome.scalar, perClass: perClass, steps: outcome.steps,
        obstacle: nil, interval: interval, spread: isShuffled ? spread(of: formula) : nil)
      printed.isScore = formula.single.map { $0.measure.worst == .smallest }
      if outcome.scalar == nil, let cause = nanCause(of: formula) {
        printed.nan = cause
        printed.prints = .nan
      }
      return printed
    } catch {
      return Report.PresetValue(
        preset: preset, value: nil, perClass: nil, steps: [], obstacle: error)
    }
  }

  /// The diagnoses by the file's other chains, those first that show a class which the headline
  /// does not.
  fileprivate func diagnoses(
    by file: PipelineFile, besides headline: Diagnosis, _ bootstrap: Bootstrap, jobs: Int
  ) -> [Diagnosis] {
    let unseen = Set(
      headline.classes.filter { $0.verdict == .hidden || $0.verdict == .muted }.map(\.name))
    // The counterfactual of a categorical loss is counted for the headline only.
    let measures = file.measures.filter { measure in
      if case .categorical = measure.form { measure.loss == scheme.repaired } else { true }
    }
    let headlines = measures.flatMap { measure in
      file.reductions
        .filter { $0.chain.hasScore != measure.isElementwise && $0.chain.isScalar }
        .filter {
          $0.name != headline.headline.reduction || measure.name != headline.headline.name
        }
        .map { headline.headline.replacing(measure, by: $0.name, $0.chain) }
    }
    // Each has tables of its own, which of many images take more memory than the time is worth.
    let isLarge = images.count * evidence.classes.count > Report.mostAtOnce
    let others = concurrently(headlines.count, jobs: isLarge ? 1 : jobs) { index in
      Diagnosis(of: self, for: headlines[index], by: bootstrap)
    }
    return others.enumerated().sorted { a, b in
      let (left, right) = (a.element.shown(of: unseen), b.element.shown(of: unseen))
      return left != right ? left > right : a.offset < b.offset
    }.map(\.element)
  }
}

extension Diagnosis {
  /// How many of some classes this headline shows.
  fileprivate func shown(of names: Set<String>) -> Int {
    classes.count { $0.verdict == .exposed && names.contains($0.name) }
  }
}

/// The version of this program, as reports state it.
package let unmaskVersion = "0.1.0"
