internal import Core
internal import Diagnosis
internal import Measures
internal import Reports
internal import Store

/// One line a preset: its name, the versions it holds for, its measure and chain.
package func listPresets() -> String {
  let width = Preset.all.map(\.id.count).max() ?? 0
  return Preset.all.map { preset in
    let name = preset.id + String(repeating: " ", count: width - preset.id.count)
    return "\(name)  \(preset.text)  (\(preset.versions))\n"
  }.joined()
}

/// What a preset computes, step by step; with a finished run, in that run's numbers.
///
/// - Parameter evidence: the run's evidence.sqlite or its directory.
package func explain(_ name: String, evidence: String?) throws(Failure) -> String {
  guard let preset = Preset.named(name) else {
    let ids = Preset.all.map(\.id)
    throw Failure(
      problem: Problem(
        "nothing is called '\(printable(name))'",
        remedy: nearest(to: name, among: ids).map { "did you mean '\($0)'?" }
          ?? "`unmask presets` lists what can be explained"),
      code: .configuration)
  }
  let formula: Formula
  do throws(Problem) {
    formula = try preset.formula(areClassesExclusive: false)
  } catch {
    throw Failure(problem: error, code: .configuration)
  }
  var text = "\(preset.id): \(preset.call)\n"
  text += preset.single == nil ? sumText(preset) : ""
  for (part, resolved) in zip(preset.parts, formula.parts) { text += partText(part, resolved) }
  if !preset.restText.isEmpty { text += "\nAt last: \(preset.restText)\n" }
  text += "\n\(batchText(preset))\n"
  if !preset.note.isEmpty { text += "\nWhat is particular\n  \(preset.note)\n" }
  let sources = formula.parts.map(\.measure.definition.source)
  text += "\nHolds for \(preset.versions).\n"
  text += "Read in \(([preset.source] + sources).joined(separator: "; ")).\n"
  if let evidence { text += try numbers(preset, evidence) }
  return text
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

/// The same with a run's numbers: the steps, the classes, and where a hidden one's loss went.
private func numbers(_ preset: Preset, _ path: String) throws(Failure) -> String {
  let (file, losses, evidence, _) = try readEvidence(path)
  let measurements = Measurements(
    evidence: evidence, measures: file.measures, batching: file.batching,
    areClassesExclusive: file.decode.isExclusive, repaired: file.diagnose.measure.name,
    losses: losses)
  let formula: Formula
  let outcome: Outcome
  do throws(Problem) {
    formula = try preset.formula(areClassesExclusive: file.decode.isExclusive)
    for part in formula.parts
    where part.measure.isElementwise && !losses.contains(part.measure.name) {
      throw Problem(
        "this run did not count '\(part.measure.name)'",
        remedy: "name the preset in the configuration (presets: [\(preset.id)]) and run again")
    }
    outcome = try measurements.outcome(of: formula)
  } catch {
    throw Failure(problem: error, code: .configuration)
  }
  var text = "\nWith this run's numbers\n"
  for step in outcome.steps { text += "  \(step.operation) → \(stepText(step))\n" }
  if preset.single == nil, let value = outcome.scalar {
    text += "  the sum = \(Figure.text(value))\n"
  }
  guard preset.single != nil, let part = formula.parts.first else { return text }
  var headline = file.headline
  headline.measure = part.measure
  headline.reduction = preset.id
  headline.chain = part.chain
  let diagnosis = Diagnosis(of: measurements, for: headline)
  if let order = diagnosis.orderSentence { text += "  \(order)\n" }
  text += "\nWhat it says of the classes\n"
  for found in diagnosis.classes {
    text +=
      "  \(found.verdict?.rawValue ?? found.state.rawValue): \(diagnosis.sentence(about: found))"
    if let loss = found.loss {
      text +=
        " Its loss is \(Figure.text(loss.positive)) on its own pixels (\(Figure.percent(found.pixelShare)) of all) and \(Figure.text(loss.negative)) on the others."
    }
    text += "\n"
  }
  return text
}

private func stepText(_ step: StepResult) -> String {
  let divisor = step.dividesBy.map { ", divided by \($0)" } ?? ""
  let value =
    if let value = step.value {
      " = \(Figure.text(value))"
    } else if let lowest = step.lowest, let highest = step.highest {
      ": \(Figure.text(lowest)) … \(Figure.text(highest))"
    } else {
      ""
    }
  return "\(step.shape)\(value)\(divisor)"
}
