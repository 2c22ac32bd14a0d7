internal import Core
internal import Counting
internal import Tables

extension Search {
  /// Today's presets as trainers log them: each call once, by each rule.
  func loggedCandidates() -> [Candidate] {
    calls.flatMap { call in
      let logs = Trainer.byRule(for: call.family).compactMap { rule -> Log? in
        guard let preset = rule.trainers[0].preset(of: call.preset),
          let formula = try? preset.formula(areClassesExclusive: run.areClassesExclusive)
        else { return nil }
        return (rule, formula, preset.dependsOnBatches)
      }
      // Where some rule depends on the batches, their numbers are needed of all batchings.
      return batchings.flatMap { batching -> [Candidate] in
        guard let numbers = try? run.measurements(in: batching).batches(of: call.formula) else {
          return []
        }
        let isOwn = batching == run.batching
        return logs.filter { isOwn || $0.dependsOnBatches && $0.rule.trainers[0].looksAtAll }
          .map { log in
            candidate(call, log, numbers, log.dependsOnBatches ? batching : nil)
          }
      }
    }
  }

  private func candidate(
    _ call: Call, _ log: Log, _ numbers: BatchNumbers, _ batching: Batching?
  ) -> Candidate {
    let measurements = run.measurements(in: batching)
    let value =
      measurements.exception(to: log.formula) == nil ? numbers.made(oneBy: log.rule.step) : nil
    return Candidate(
      way: call.preset.id, isPreset: true, formula: log.formula, batching: batching,
      isRunsOwn: batching == nil || batching == run.batching, value: value,
      nan: value == nil ? measurements.nanCause(of: log.formula) : nil,
      trainers: log.rule.trainers)
  }

  /// A call as the trainers of one rule log it.
  private typealias Log = (rule: Trainer.Rule, formula: Formula, dependsOnBatches: Bool)
  private typealias Call = (preset: Preset, formula: Formula, family: Trainer.Family)

  /// Presets that trainers evaluate batch by batch; of those that are one call, the first.
  private var calls: [Call] {
    var seen: Set<String> = []
    return presets.compactMap { preset, formula in
      guard run.obstacle(to: formula) == nil, !preset.id.prefix(while: { $0 != "." }).contains("-"),
        let family = Trainer.family(of: preset), let ofBatch = formula.ofBatches
      else { return nil }
      let call = ofBatch.terms.map { term in
        ([shortest(term.factor)] + term.gauges.map { "\($0.measure.name)\($0.chain)" })
          .joined(separator: "*")
      }.joined(separator: "+")
      guard seen.insert("\(family) \(call)").inserted else { return nil }
      return (preset, formula, family)
    }
  }

  /// The same of some of the batches, or a multiple of the number: what a log may have where no way of all
  /// batches gives it.
  func partialCandidates() -> [(candidate: Candidate, what: String)] {
    calls.flatMap { call in parts(of: call.preset, call.formula) }
  }

  private func parts(
    of preset: Preset, _ formula: Formula
  ) -> [(candidate: Candidate, what: String)] {
    guard let batches = try? run.measurements.batches(of: formula)?.batches else { return [] }
    func part(_ value: Double?, _ what: String) -> (candidate: Candidate, what: String)? {
      guard let value else { return nil }
      return (
        Candidate(
          way: preset.id, isPreset: true, formula: formula, batching: run.batching,
          isRunsOwn: true, value: value), what
      )
    }
    var found = batches.indices.dropLast().map {
      part(batches[$0].value, "batch \($0 + 1) of \(batches.count) alone")
    }
    for count in batches.indices.dropFirst(2) {
      let first = batches[..<count]
      let limit =
        "the first \(count) of \(batches.count) batches (validation_steps or limit_val_batches of \(count)\(count == batches.count - 1 ? ", drop_last" : ""))"
      found.append(part(meanByImages(first), "\(limit), by images"))
      if Set(first.map(\.images)).count > 1 {
        found.append(part(mean(first), "\(limit), every batch alike"))
      }
    }
    for factor in [2, 4, 8, 16] {
      let times = Double(factor)
      let how =
        "\(factor) times the number: \(factor) batches accumulated to a step, and not divided"
      found.append(part(mean(batches[...]).map { $0 * times }, "\(how), every batch alike"))
      found.append(part(meanByImages(batches[...]).map { $0 * times }, "\(how), by images"))
    }
    return found.compactMap(\.self)
  }

  private func mean(_ batches: ArraySlice<BatchNumbers.Batch>) -> Double? {
    let values = batches.compactMap(\.value)
    return values.count == batches.count && !values.isEmpty
      ? values.reduce(0, +) / Double(values.count) : nil
  }

  private func meanByImages(_ batches: ArraySlice<BatchNumbers.Batch>) -> Double? {
    guard batches.allSatisfy({ $0.value != nil }), !batches.isEmpty else { return nil }
    return batches.reduce(0) { $0 + ($1.value ?? 0) * Double($1.images) }
      / Double(batches.reduce(0) { $0 + $1.images })
  }
}
