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
    return "\(name)  \(preset.measureName): \(preset.chainText)  (\(preset.versions))\n"
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
  let chain: Chain
  let measure: Measure
  do throws(Problem) {
    chain = try preset.chain
    measure = try preset.measure(areClassesExclusive: false)
  } catch {
    throw Failure(problem: error, code: .configuration)
  }
  var text = "\(preset.id): \(preset.call)\n\n"
  text += "What is measured\n  \(measure.definition.title): \(measure.definition.formula)\n"
  for parameter in measure.definition.parameters {
    let value = preset.parameters[parameter.name] ?? parameter.standard
    guard let value else { continue }
    text += "  \(parameter.name) = \(shortest(value)): \(parameter.summary)\n"
  }
  text += "\nHow it becomes one number: \(preset.chainText)\n"
  for (index, words) in chain.words.enumerated() { text += "  \(index + 1). \(words)\n" }
  text += "  \(batchText(preset))\n"
  if !preset.note.isEmpty { text += "\nWhat is particular\n  \(preset.note)\n" }
  text +=
    "\nHolds for \(preset.versions).\nRead in \(preset.source); \(measure.definition.source).\n"
  if let evidence { text += try numbers(preset, chain, evidence) }
  return text
}

private func batchText(_ preset: Preset) -> String {
  preset.dependsOnBatches
    ? "The number depends on which images make a batch: size, order, and whether the last is full."
    : "The number does not depend on how images of one size are put into batches."
}

/// The same with a run's numbers: the steps, the classes, and where a hidden one's loss went.
private func numbers(_ preset: Preset, _ chain: Chain, _ path: String) throws(Failure) -> String {
  let (file, losses, evidence, _) = try readEvidence(path)
  let measurements = Measurements(
    evidence: evidence, measures: file.measures, batching: file.batching,
    areClassesExclusive: file.decode.isExclusive, repaired: file.diagnose.measure.name,
    losses: losses)
  let measure: Measure
  do throws(Problem) {
    measure = try preset.measure(areClassesExclusive: file.decode.isExclusive)
    guard !measure.isElementwise || losses.contains(measure.name) else {
      throw Problem(
        "this run did not count '\(measure.name)'",
        remedy: "name the preset in the configuration (presets: [\(preset.id)]) and run again")
    }
  } catch {
    throw Failure(problem: error, code: .configuration)
  }
  var headline = file.headline
  headline.measure = measure
  headline.reduction = preset.id
  headline.chain = chain
  let diagnosis = Diagnosis(of: measurements, for: headline)
  let outcome = measurements.table(of: measure, byTile: false).reduced(by: chain)
  var text = "\nWith this run's numbers\n"
  for step in outcome.steps { text += "  \(step.operation) → \(stepText(step))\n" }
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
