internal import Core
internal import Measures
internal import Pages

/// One line a preset: its name, the versions it holds for, its measure and chain.
package func listPresets() -> String {
  let width = Preset.all.map(\.id.count).max() ?? 0
  return Preset.all.map { preset in
    let name = preset.id + String(repeating: " ", count: width - preset.id.count)
    return "\(name)  \(preset.text)  (\(preset.versions))\n"
  }.joined()
}

/// What a preset computes, step by step, and for a loss the five questions that people ask of it;
/// or what a verdict or a finding means; with a finished run, in that run's numbers.
///
/// - Parameter evidence: the run's evidence.sqlite or its directory.
package func explain(_ name: String, evidence: String?) throws(Failure) -> String {
  if let topic = Topic(named: name) { return try explain(topic, evidence: evidence) }
  let preset = try preset(named: name)
  let run: ExplainedRun? = if let evidence { try ExplainedRun(reading: evidence) } else { nil }
  return try explaining { () throws(Problem) in
    let formula = try formula(of: preset, run)
    var text = "\(preset.id): \(preset.call)\n"
    text += preset.single == nil ? sumText(preset) : ""
    for (part, resolved) in zip(preset.parts, formula.parts) {
      // What stands in several terms is said once.
      let part = partText(part, resolved)
      if !text.contains(part) { text += part }
    }
    if !preset.restText.isEmpty { text += "\nAt last: \(preset.restText)\n" }
    text += "\n\(batchText(preset))\n"
    if !preset.note.isEmpty { text += "\nWhat is particular\n  \(preset.note)\n" }
    text += "\nHolds for \(preset.versions).\n"
    text += "Read in \(sources(of: preset, formula).joined(separator: "; ")).\n"
    if let run {
      text += try numbers(of: formula, in: run)
      if preset.dependsOnBatches { text += spreadText(of: formula, in: run) }
    }
    if formula.parts.allSatisfy(\.measure.isLoss) {
      text += try FiveQuestions(
        name: preset.id, isKeras: preset.versions.lowercased().contains("keras"), formula: formula,
        run: run
      ).text
    } else if let run {
      text += verdicts(of: formula, called: preset.id, in: run)
    }
    return text
  }
}

/// The preset of a name, or which one was probably meant.
func preset(named name: String) throws(Failure) -> Preset {
  guard let preset = Preset.named(name) else {
    throw Failure(
      problem: Problem(
        "nothing is called '\(printable(name))'",
        remedy: nearest(to: name, among: Preset.all.map(\.id) + Topic.names).map {
          "did you mean '\($0)'?"
        }
          ?? "`unmask presets` lists what can be explained"),
      code: .configuration)
  }
  return preset
}

private func formula(of preset: Preset, _ run: ExplainedRun?) throws(Problem) -> Formula {
  guard let run else { return try preset.formula(areClassesExclusive: false) }
  return try run.formula(of: preset)
}

/// What is wrong with the question ends the command as a wrong configuration does.
func explaining(_ body: () throws(Problem) -> String) throws(Failure) -> String {
  do throws(Problem) {
    return try body()
  } catch {
    throw Failure(problem: error, code: .configuration)
  }
}

private func sources(of preset: Preset, _ formula: Formula) -> [String] {
  ([preset.source] + formula.parts.map(\.measure.definition.source)).reduce(into: []) {
    if !$0.contains($1) { $0.append($1) }
  }
}

/// A measure and its way to one number, in words.
private func partText(_ part: Preset.Part, _ resolved: Formula.Part) -> String {
  let definition = resolved.measure.definition
  var text = "\nWhat is measured\n  \(definition.title): \(definition.formula)\n"
  for parameter in definition.parameters {
    guard let value = part.parameters[parameter.name] ?? parameter.standard else { continue }
    text += "  \(parameter.name) = \(shortest(value)): \(parameter.summary)\n"
  }
  text += "\nHow it becomes one number: \(part.chainText)\n"
  for (index, words) in resolved.chain.words.enumerated() { text += "  \(index + 1). \(words)\n" }
  return text
}

/// A preset of several terms as a sum.
private func sumText(_ preset: Preset) -> String {
  let terms = preset.terms.map { term in
    ([shortest(term.factor)] + term.parts.map(\.measureName)).joined(separator: " · ")
  }
  return "\nThe sum of\n" + terms.map { "  \($0)\n" }.joined()
}

private func batchText(_ preset: Preset) -> String {
  preset.dependsOnBatches
    ? "The number depends on which images make a batch: size, order, and whether the last is full."
    : "The number does not depend on how images of one size are put into batches."
}

/// The steps with a run's numbers.
private func numbers(of formula: Formula, in run: ExplainedRun) throws(Problem) -> String {
  let measurements = run.measurements
  let outcome = try measurements.outcome(of: formula)
  var table = TextTable(["step", "divides by", "left", "value"], textColumns: 3)
  for step in outcome.steps {
    table.add([step.step.description, step.divisor?.text, step.leftText, step.valueLine?.plain])
  }
  var text = "\nWith this run's numbers\n" + table.text()
  if formula.single == nil, let value = outcome.scalar {
    text += indented("the sum = \(Figure.text(value))")
  }
  return text
}

private func spreadText(of formula: Formula, in run: ExplainedRun) -> String {
  run.measurements.spread(of: formula).map {
    indented("A shuffled run gives \($0.text), over \($0.batchings) random batchings.")
  } ?? ""
}

/// What a score says, and does not say, of each class.
private func verdicts(of formula: Formula, called name: String, in run: ExplainedRun) -> String {
  guard let diagnosis = run.diagnosis(of: formula, called: name) else { return "" }
  var text = "\nWhat it says of the classes\n"
  for found in diagnosis.classes {
    text += indented(
      "\(found.verdict?.rawValue ?? found.state.rawValue): \(diagnosis.sentence(about: found).plain)"
    )
  }
  return text + (diagnosis.orderSentence.map { indented($0.plain) } ?? "")
}

extension BatchSpread {
  /// `between 0.00959 and 0.0106`
  var text: String {
    let ends = apart([lowest, highest])
    return "between \(ends[0]) and \(ends[1])"
  }
}

func rangeText(_ range: ClosedRange<Double>) -> String {
  range.lowerBound == range.upperBound
    ? Figure.text(range.lowerBound)
    : "\(Figure.text(range.lowerBound)) … \(Figure.text(range.upperBound))"
}
