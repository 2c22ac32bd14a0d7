package import Core
internal import Counting
internal import Diagnosis
package import Pages
package import Tables

/// What a preset computes, step by step, and for a loss the five questions that people ask of it;
/// with a finished run, in that run's numbers.
package struct PresetExplanation {
  private let preset: Preset
  private let formula: Formula
  private let run: FinishedRun?

  /// - Throws: Problem: the run cannot answer for the preset.
  package init(of preset: Preset, in run: FinishedRun? = nil) throws(Problem) {
    self.preset = preset
    self.run = run
    formula =
      if let run { try run.formula(of: preset) } else {
        try preset.formula(areClassesExclusive: false)
      }
  }

  /// - Throws: Problem: a part of the formula has no value on the run.
  package var page: Page {
    get throws(Problem) {
      var page: Page = [.title("\(code: preset.id): \(code: preset.call)")]
      page += preset.single == nil ? [sum] : []
      page += parts
      if !preset.restText.isEmpty { page.append(.paragraph("At last: \(name: preset.restText)")) }
      page.append(.paragraph(batches))
      if !preset.note.isEmpty {
        page.append(.section("What is particular", [.paragraph(.name(preset.note))]))
      }
      let sources = sources.map(Line.name).joined(separator: "; ")
      page.append(.lines(["Holds for \(name: preset.versions).", "Read in \(sources)."]))
      if let run { page.append(try numbers(in: run)) }
      if formula.gauges.allSatisfy(\.measure.isLoss) {
        page += try FiveQuestions(
          name: preset.id, isKeras: preset.versions.lowercased().contains("keras"),
          formula: formula, run: run
        ).page
      } else if let run {
        page += verdicts(in: run)
      }
      return page
    }
  }
}

extension PresetExplanation {
  /// A preset of several terms.
  private var sum: Block {
    let terms = preset.terms.map { term in
      ([shortest(term.factor)] + term.parts.map(\.measureName)).joined(separator: " · ")
    }
    return .section("The sum of", [.list(terms.map(Line.name))])
  }

  /// Each measure and its way to one number; what stands in several terms is said once.
  private var parts: [Block] {
    zip(preset.parts, formula.gauges).map(sections).reduce(into: [[Block]]()) { said, part in
      if !said.contains(part) { said.append(part) }
    }.flatMap(\.self)
  }

  private func sections(_ part: Preset.Part, _ resolved: Gauge) -> [Block] {
    let definition = resolved.measure.definition
    let parameters = definition.parameters.compactMap { parameter -> Line? in
      (part.parameters[parameter.name] ?? parameter.standard).map { value in
        "\(name: parameter.name) = \(exact: value): \(name: parameter.summary)"
      }
    }
    return [
      .section(
        "What is measured",
        [.paragraph("\(name: definition.title): \(name: definition.formula)")]
          + (parameters.isEmpty ? [] : [.list(parameters)])),
      .section(
        "How it becomes one number: \(code: part.chainText)", [.steps(resolved.chain.words)]),
    ]
  }

  private var batches: Line {
    preset.isOneCall
      ? "One call on all images, which no trainer's log has; a log has what a trainer makes of batches: `unmask explain epoch --from out`."
      : preset.dependsOnBatches
        ? "The number depends on which images make a batch: size, order, and whether the last is full."
        : "The number does not depend on how images of one size are put into batches."
  }

  private var sources: [String] {
    ([preset.source] + formula.gauges.map(\.measure.definition.source)).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// The steps with a run's numbers.
  private func numbers(in run: FinishedRun) throws(Problem) -> Block {
    let measurements = run.measurements
    let outcome = try measurements.outcome(of: formula)
    var table = Table(StepResult.columns, textColumns: 3)
    for step in outcome.steps { table.add(step.cells) }
    var body: [Block] = [.table(table)]
    if formula.single == nil, let value = outcome.scalar {
      body.append(.paragraph("the sum = \(value)"))
    }
    if outcome.scalar == nil, let cause = measurements.nanCause(of: formula) {
      body.append(.paragraph("\(cause.line)."))
    }
    if preset.dependsOnBatches, let spread = measurements.spread(of: formula) {
      body.append(
        .paragraph(
          "A shuffled run gives \(spread.line), over \(spread.batchings) random batchings."))
    }
    return .section("With this run's numbers", body)
  }

  /// What a score says, and does not say, of each class.
  private func verdicts(in run: FinishedRun) -> [Block] {
    guard let diagnosis = run.diagnosis(of: formula, called: preset.id) else { return [] }
    let lines = diagnosis.classes.map { diagnosis.judgement(of: $0) } + [diagnosis.orderSentence]
    return [
      .section("What it says of the classes", lines.compactMap(\.self).map(Block.paragraph))
    ]
  }
}

extension Diagnosis {
  /// The verdict, or why there is none, and what it rests on.
  func judgement(of found: ClassDiagnosis) -> Line {
    "\(text: found.verdict?.rawValue ?? found.state.rawValue): \(sentence(about: found))"
  }
}
