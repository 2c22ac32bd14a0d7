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
  /// - Parameter diagnosis: of the headline, by whose verdicts gates may go.
  package func results(
    of gates: [Gate], _ diagnosis: Diagnosis, by bootstrap: Bootstrap
  ) -> [GateResult] {
    gates.flatMap { gate in
      switch gate.subject {
      case .verdict(let unwanted, let only):
        return classes(only).map { verdict(of: diagnosis.classes[$0], gate, unwanted) }
      case .score(let measure, let only, let limits):
        let scores = certainties(of: measure, diagnosis, by: bootstrap)
        return classes(only).map { c in
          score(of: diagnosis.classes[c], scores[c], gate, measure, limits)
        }
      case .number(let formula, let name, let limits):
        return [number(formula, name, gate, limits, by: bootstrap)]
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
    of found: ClassDiagnosis, _ certainty: ClassCertainty, _ gate: Gate, _ measure: Measure,
    _ limits: Gate.Limits
  ) -> GateResult {
    guard found.support >= gate.fewestImages, let value = measure.scoreOfClass?(found.overlap)
    else {
      return GateResult(
        gate: gate, className: found.name, outcome: .missing,
        reason: found.support < gate.fewestImages
          ? found.lacks(gate) : "it has no \(name: measure.name)")
    }
    return judged(
      value, certainty.score, gate, found.name, "\(name: measure.name)", limits,
      images: found.support)
  }

  private func number(
    _ formula: Formula, _ name: String, _ gate: Gate, _ limits: Gate.Limits,
    by bootstrap: Bootstrap
  ) -> GateResult {
    let tables = HeadlineTables(of: formula, on: self)
    guard tables.obstacle == nil, let value = tables.value() else {
      let reason: Line = tables.obstacle.map { ": \(name: $0.what)" } ?? ", it is NaN"
      return GateResult(
        gate: gate, outcome: .missing, reason: "there is no \(name: name)\(reason)")
    }
    let interval = ChainJackknife(tables, [.asItIs], bootstrap)?.interval(
      level: bootstrap.settings.level, on: value < 0 ? .unbounded : formula.scale)
    return judged(
      value, interval, gate, nil, "\(name: name)", limits, images: bootstrap.clustering.names.count)
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

extension Formula {
  /// Between which bounds its numbers lie.
  fileprivate var scale: Jackknife.Scale {
    if let single { return single.measure.worst == .smallest ? .unit : .positive }
    // 1 less a loss is a score.
    let isScore =
      terms.contains { $0.gauges.isEmpty && $0.factor == 1 }
      && terms.count { !$0.gauges.isEmpty } == 1 && terms.contains { $0.factor == -1 }
    return isScore ? .unit : terms.contains { $0.factor < 0 } ? .unbounded : .positive
  }
}
