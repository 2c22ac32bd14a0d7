internal import Core
internal import Counting
internal import Pages
internal import Tables

/// The smallest change of the headline's own chain that shows a class which it hides: one step, or
/// two where one is not enough.
extension Examination {
  var smallestEdits: [Finding] {
    guard diagnosis.printed != nil, !unseen.isEmpty else { return [] }
    var trial = Trial(self, cells: Trial.mostCells)
    var (found, missing) = search(
      chain.edits(worst: headline.leading.measure.worst, weights: weights), &trial)
    if !missing.isEmpty {
      let (second, left) = search(twoSteps, for: missing, &trial)
      (found, missing) = (found + second, left)
    }
    var findings = found.map(finding)
    if !missing.isEmpty {
      let cut: Line = trial.isCut ? ", of those that do not take long" : ""
      findings.append(
        Finding(
          .smallestEdit, of: only(missing), about: listed(missing),
          "no change of one or two steps of the chain makes the \(text: kindText) show \(text: pronoun(missing)) (\(count: trial.tried) tried\(cut))",
          remedy: "Take another reduction for it, or read the scores class by class",
          numbers: ["chains_tried": Double(trial.tried)]))
    }
    return findings
  }

  /// Those that mean something on this run.
  private var weights: [Chain.Weight] {
    let layout = table.layout
    return Chain.Weight.allCases.filter { weight in
      switch weight {
      case .classWeights: Set(layout.classWeights).count > 1
      // The same as class-weights, up to a factor.
      case .classShares: false
      case .positiveWeights: Set(layout.positiveWeights).count > 1
      case .sampleWeights: table.hasSampleWeights
      case .images, .pixels, .truth, .balanced, .inversePrevalence: true
      }
    }
  }

  private var twoSteps: some Sequence<Edit> {
    let (worst, weights) = (headline.leading.measure.worst, weights)
    let first = chain.edits(worst: worst, weights: weights)
    var seen = Set([chain.description] + first.map(\.chain.description))
    return first.lazy.flatMap { one in
      one.chain.edits(worst: worst, weights: weights).map { two in
        Edit(chain: two.chain, change: "\(one.change), and \(two.change)")
      }
    }.filter { seen.insert($0.chain.description).inserted }
  }

  /// For each class the first edit that shows it; classes that one edit shows share it.
  private func search(
    _ edits: some Sequence<Edit>, for classes: [Int]? = nil, _ trial: inout Trial
  ) -> (found: [Answer], missing: [Int]) {
    var missing = classes ?? unseen
    var found: [Answer] = []
    for edit in edits where !missing.isEmpty {
      guard table.obstacle(to: edit.chain) == nil else { continue }
      let candidate = Candidate(
        name: edit.change, measure: headline.leading.measure, chain: edit.chain)
      guard let diagnosis = trial.diagnosis(by: candidate) else { continue }
      let shown = missing.filter(diagnosis.exposes)
      guard !shown.isEmpty else { continue }
      missing.removeAll(where: shown.contains)
      found.append(Answer(edit: edit, classes: shown, diagnosis: diagnosis))
    }
    return (found, missing)
  }

  private struct Answer {
    var edit: Edit
    var classes: [Int]
    var diagnosis: Diagnosis
  }

  private func finding(_ answer: Answer) -> Finding {
    Finding(
      .smallestEdit, of: only(answer.classes), about: listed(answer.classes),
      "the \(text: kindText) shows \(text: pronoun(answer.classes)) with \(name: answer.edit.change): it is then \(value(answer.diagnosis, of: answer.classes))",
      remedy: "Add this chain under reduce and take it as the headline",
      snippet: .chain("shows", answer.edit.chain),
      numbers: ["value": answer.diagnosis.printed])
  }
}

extension MeasureTable {
  /// Whether the run's pixels have weights.
  var hasSampleWeights: Bool {
    if case .losses(let losses) = self { losses.table.weighted != nil } else { false }
  }
}
