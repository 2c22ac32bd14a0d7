internal import Core
internal import Counting
internal import Pages
internal import Resampling
package import Tables

extension Measurements {
  /// Judges each gate, in their order; of a gate for each class, class by class.
  ///
  /// A number that keeps its limit passes. One that breaks it fails where its whole interval does, and is
  /// no sufficient evidence where other images of the same kind may keep it, or where one image has so much
  /// of it that nothing says how much others differ. Of a single image the number alone decides.
  ///
  /// - Parameters:
  ///   - diagnosis: of the headline, by whose verdicts gates may go.
  ///   - baseline: to which some gates hold the run; `nil` where there is none yet.
  package func results(
    of gates: [Gate], _ diagnosis: Diagnosis, since baseline: Baseline? = nil,
    by bootstrap: Bootstrap
  ) -> [GateResult] {
    gates.flatMap { gate in
      switch gate.subject {
      case .verdict(let unwanted, let only):
        return classes(only).map { verdict(of: diagnosis.classes[$0], gate, unwanted) }
      case .score(let measure, let only, let limits):
        let scores = certainties(of: measure, diagnosis, by: bootstrap)
        return classes(only).map { c in
          score(
            of: diagnosis.classes[c], at: c, scores[c], gate, measure, limits, baseline, bootstrap)
        }
      case .number(let formula, let name, let limits):
        return [number(formula, name, gate, limits, baseline, by: bootstrap)]
      }
    }
  }

  /// Those that a gate for each class is about.
  private func classes(_ only: Int?) -> [Int] {
    only.map { [$0] } ?? overlaps.indices.filter { weighting.isAveraged[$0] }
  }

  private func verdict(
    of found: ClassDiagnosis, _ gate: Gate, _ unwanted: Set<Verdict>
  ) -> GateResult {
    var result = GateResult(gate: gate, className: found.name, outcome: .passed, reason: "")
    result.areGroups = found.groups != nil
    guard found.support >= gate.fewestImages, let verdict = found.verdict else {
      result.outcome = .missing
      result.reason =
        found.support < gate.fewestImages
        ? found.lacks(gate)
        : "there is no verdict on it (\(code: found.state.rawValue))"
      return result
    }
    result.reason = "it is \(text: verdict.rawValue)"
    if unwanted.contains(verdict) {
      result.outcome = .failed
    } else if verdict == .undetermined {
      result.outcome = .insufficient
    }
    return result
  }

  /// A class's score with its interval, as the rule of what is poor has it.
  private func certainties(
    of measure: Measure, _ diagnosis: Diagnosis, by bootstrap: Bootstrap
  ) -> [ClassCertainty] {
    if measure.name == diagnosis.headline.poor.measure.name { return bootstrap.classes }
    // Of the draws only as many as there must be: the interval needs none.
    var settings = bootstrap.settings
    settings.replicates = 1
    return Bootstrap(
      of: self, poor: PoorRule(measure: measure, limit: 0), settings: settings,
      jobs: bootstrap.jobs
    ).classes
  }

  private func score(
    of found: ClassDiagnosis, at c: Int, _ certainty: ClassCertainty, _ gate: Gate,
    _ measure: Measure, _ limits: Gate.Limits, _ baseline: Baseline?, _ bootstrap: Bootstrap
  ) -> GateResult {
    guard found.support >= gate.fewestImages, let value = measure.scoreOfClass?(found.overlap)
    else {
      return GateResult(
        gate: gate, className: found.name, outcome: .missing,
        reason: found.support < gate.fewestImages
          ? found.lacks(gate) : "it has no \(name: measure.name)")
    }
    let result = judged(
      value, certainty.score, gate, found.name, "\(name: measure.name)", limits,
      images: found.support)
    return result.held(to: baseline, "\(name: measure.name)", isScore: true) { baseline in
      change(
        of: found, at: c, by: measure, since: baseline, own: certainty.score, bootstrap)
    }
  }

  private func number(
    _ formula: Formula, _ name: String, _ gate: Gate, _ limits: Gate.Limits,
    _ baseline: Baseline?, by bootstrap: Bootstrap
  ) -> GateResult {
    let (found, jackknife) = jackknifed(formula, bootstrap)
    guard let value = found else {
      let obstacle = HeadlineTables(of: formula, on: self).obstacle
      let reason: Line = obstacle.map { ": \(name: $0.what)" } ?? ", it is NaN"
      return GateResult(
        gate: gate, outcome: .missing, reason: "there is no \(name: name)\(reason)")
    }
    let interval = jackknife?.interval(
      level: bootstrap.settings.level, on: value < 0 ? .unbounded : formula.scale)
    let result = judged(
      value, interval, gate, nil, "\(name: name)", limits, images: bootstrap.clustering.names.count)
    return result.held(to: baseline, "\(name: name)", isScore: formula.isScore) { baseline in
      change(
        of: formula, called: name, to: value, jackknife, since: baseline, bootstrap)
    }
  }

  private func judged(
    _ value: Double, _ interval: Interval?, _ gate: Gate, _ className: String?, _ what: Line,
    _ limits: Gate.Limits, images: Int
  ) -> GateResult {
    var result = GateResult(
      gate: gate, className: className, value: value, interval: interval, outcome: .passed,
      reason: "\(what) is \(value)")
    result.areGroups = evidence.images.contains { $0.group != nil }
    guard let limit = limits.broken(by: value) else { return result }
    let isLow = value < limit
    let band: Line = interval.map { $0.low < $0.high ? " (\($0.low) to \($0.high))" : "" } ?? ""
    result.reason =
      "\(what) is \(distinct(value, from: limit))\(band), \(text: isLow ? "below" : "above") \(exact: limit)"
    guard let interval else {
      result.outcome = images > 1 ? .insufficient : .failed
      if images > 1 {
        let one = result.areGroups ? "group" : "image"
        result.reason +=
          ", but there is no interval, as where one \(text: one) has most of it: nothing says how much others differ"
      }
      return result
    }
    guard isLow ? interval.high >= limit : interval.low <= limit else {
      result.outcome = .failed
      return result
    }
    result.outcome = .insufficient
    let reach = isLow ? interval.high - value : value - interval.low
    let needed = numberNeeded(
      have: Double(images), error: reach, distance: (limit - value).magnitude)
    // A number that lies just at its limit would take any number of images.
    if needed < 1e12 { result.imagesNeeded = max(needed, Double(images) + 1) }
    result.reason += ", but other images of the same kind may keep it"
    return result
  }

  /// With more digits where three would not tell it from the limit.
  private func distinct(_ value: Double, from limit: Double) -> Line {
    Figure.text(value) == Figure.text(limit)
      ? Line([.number(value, .written(shortest(Double("\(Float(value))") ?? value)))])
      : "\(value)"
  }
}

extension ClassDiagnosis {
  /// The images, or groups, that have the class.
  fileprivate var support: Int { groups ?? images }

  fileprivate func lacks(_ gate: Gate) -> Line {
    let what = groups == nil ? "image" : "group"
    return "it is in \(count: support, what), and support asks for \(gate.fewestImages)"
  }
}

extension GateResult {
  /// The worse of what its limits and its baseline say.
  fileprivate func held(
    to baseline: Baseline?, _ what: Line, isScore: Bool,
    _ change: (Baseline) -> Result<BaselineChange, BaselineGap>
  ) -> GateResult {
    guard let decline = gate.decline else { return self }
    var result = self
    func worse(_ outcome: Outcome, _ reason: Line) -> GateResult {
      guard outcome.rank > result.outcome.rank else { return result }
      (result.outcome, result.reason, result.imagesNeeded) = (outcome, reason, nil)
      return result
    }
    guard let baseline else {
      return worse(
        .missing, "there is no baseline yet: \(code: "unmask baseline accept RUN") writes one")
    }
    let found: BaselineChange
    switch change(baseline) {
    case .success(let its): found = its
    case .failure(let gap):
      return worse(.missing, "\(gap.line); \(code: "unmask baseline accept RUN") writes another")
    }
    result.baseline = found.before
    let difference = found.after - found.before
    let allowance = decline.allowance(from: found.before)
    let loss = isScore ? -difference : difference
    let band: Line =
      found.interval.map { $0.low < $0.high ? " (\(signed: $0.low) to \(signed: $0.high))" : "" }
      ?? ""
    let word = isScore ? "fall" : "rise"
    let truth: Line =
      found.changedTruth > 0
      ? "; the truth of \(count: found.changedTruth, "image") has changed" : ""
    let unpaired: Line =
      found.isUnpaired
      ? "; the baseline has no images, so the interval is that of two runs apart" : ""
    var reason: Line =
      "\(what) was \(found.before) in the baseline and is \(found.after): \(signed: difference)\(band), and may \(text: word) by \(allowance)"
    guard loss > allowance else {
      if result.outcome == .passed { result.reason = "\(reason)\(truth)" }
      return result
    }
    let surely: Bool? = found.interval.map { isScore ? $0.high < -allowance : $0.low > allowance }
    if surely == false {
      reason += ", but other images of the same kind may keep that"
      return worse(.insufficient, "\(reason)\(truth)\(unpaired)")
    }
    if surely == nil, found.images > 1 {
      return worse(.insufficient, "\(reason), but nothing says how much images differ\(truth)")
    }
    return worse(.failed, "\(reason)\(truth)\(unpaired)")
  }
}

extension GateResult.Outcome {
  /// Which of two holds.
  fileprivate var rank: Int {
    switch self {
    case .passed, .accepted, .unjudged: 0
    case .insufficient: 1
    case .missing: 2
    case .failed: 3
    }
  }
}

extension Formula {
  /// Between which bounds its numbers lie.
  fileprivate var scale: Jackknife.Scale {
    if let single { return single.measure.worst == .smallest ? .unit : .positive }
    return isScore ? .unit : terms.contains { $0.factor < 0 } ? .unbounded : .positive
  }

  /// Whether more is better.
  fileprivate var isScore: Bool {
    if let single { return single.measure.worst == .smallest }
    // 1 less a loss is a score.
    return
      terms.contains { $0.gauges.isEmpty && $0.factor == 1 }
      && terms.count { !$0.gauges.isEmpty } == 1 && terms.contains { $0.factor == -1 }
  }
}
