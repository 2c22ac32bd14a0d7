internal import Core
internal import Diagnosis
internal import Measures
internal import Pages

/// Where the loss of one class went, under a run's headline or a preset.
///
/// - Parameter preset: instead of the headline.
/// - Parameter evidence: the run's evidence.sqlite or its directory.
package func explain(
  class name: String, of preset: String?, evidence: String
) throws(Failure) -> String {
  let run = try ExplainedRun(reading: evidence)
  let preset: Preset? = if let preset { try Pipeline.preset(named: preset) } else { nil }
  return try explaining { () throws(Problem) in
    let c = try run.place(ofClass: name)
    let account =
      if let preset {
        ClassAccount(c: c, run: run, name: preset.id, formula: try run.formula(of: preset))
      } else {
        ClassAccount(c: c, run: run, headline: run.file.headline)
      }
    return try account.text
  }
}

extension ExplainedRun {
  fileprivate func place(ofClass name: String) throws(Problem) -> Int {
    let names = evidence.classes.names
    guard let place = names.firstIndex(of: name) else {
      throw Problem(
        "the run has no class '\(printable(name))'",
        remedy: suggestion(for: name, among: names.map(printable), called: "its classes are"))
    }
    return place
  }
}

/// One class in one number: its pixels, its part after every step, what the number could be, and
/// the images in which it fails.
private struct ClassAccount {
  var c: Int
  var run: ExplainedRun
  var name: String
  var formula: Formula

  init(c: Int, run: ExplainedRun, name: String, formula: Formula) {
    self.c = c
    self.run = run
    self.name = name
    self.formula = formula
  }

  init(c: Int, run: ExplainedRun, headline: Headline) {
    self.init(
      c: c, run: run, name: "\(headline.measure.name) by \(headline.reduction)",
      formula: Formula(headline.measure, headline.chain))
  }

  private var measurements: Measurements { run.measurements }
  private var className: String { printable(run.evidence.classes.names[c]) }

  var text: String {
    get throws(Problem) {
      let measurements = measurements
      let outcome = try measurements.outcome(of: formula)
      let diagnosis = run.diagnosis(of: formula, called: name)
      let isLoss = formula.parts.allSatisfy(\.measure.isLoss)
      var text =
        "\(className): \(isLoss ? "where its loss went" : "what it has") in \(name) = \(Figure.text(outcome.scalar))\n"
      text += "\nIts pixels\n" + pixelText(measurements)
      for part in formula.readingParts {
        text += "\n" + stepText(part, measurements)
      }
      text += "\nWhat \(name) would be\n" + endsText(outcome.scalar, diagnosis, measurements)
      text += imageText(measurements) + weightText
      if let diagnosis { text += verdictText(diagnosis) }
      return text
    }
  }
}

// MARK: - Pixels and steps

extension ClassAccount {
  private func pixelText(_ measurements: Measurements) -> String {
    let images = measurements.overlaps(of: c)
    let overlap = images.reduce(.zero, +)
    let (having, found) = (images.count { $0.truth > 0 }, images.count { $0.both > 0 })
    let share = Double(overlap.truth) / Double(max(1, overlap.pixels))
    var text = indented(
      "\(Figure.count(overlap.truth)) of \(Figure.count(overlap.pixels, "counted pixel")) (\(Figure.percent(share))), in \(Figure.count(having)) of \(Figure.count(images.count, "image")); some of it found in \(Figure.count(found))"
    )
    for measure in losses {
      let index = measurements.lossIndex(of: measure)
      let sum = measurements.images.reduce(LossSum.zero) { $0 + $1.tally.classes[c].losses[index] }
      func mean(_ total: ExactSum, _ count: Int) -> String {
        Figure.text(count == 0 ? nil : Double(total) / Double(count))
      }
      text += indented(
        "\(measure.name): \(mean(sum.positive, sum.positives)) on its own pixels, \(mean(sum.negative, sum.negatives)) on all others, \(mean(sum.total, sum.terms)) on all"
      )
    }
    return text
  }

  /// The elementwise losses, each once.
  private var losses: [Measure] {
    formula.parts.map(\.measure).filter { $0.isElementwise && $0.readsPredictions }
      .reduce(into: []) { losses, measure in
        if !losses.contains(where: { $0.name == measure.name }) { losses.append(measure) }
      }
  }

  /// The value after each step, and what the class has in it.
  private func stepText(_ part: Formula.Part, _ measurements: Measurements) -> String {
    let table = measurements.table(of: part.measure, byTile: part.chain.axes.contains(.tile))
    let steps = table.reduced(by: part.chain).steps
    let own = measurements.part(of: c, in: part.measure, by: part.chain)
    var lines = TextTable(["step", "divides by", "value", className], textColumns: 2)
    for (step, range) in zip(steps, own.steps) {
      lines.add([
        step.step.description, step.divisor?.text, step.valueLine?.plain, range.map(rangeText),
      ])
    }
    var text = "Step by step: \(part.measure.name)\n" + lines.text()
    text += indented(
      own.part != nil
        ? "The last column is the class's own value while the classes are apart, then its part in theirs."
        : own.steps.contains { $0 != nil }
          ? "The last column is the class's own value while the classes are apart."
          : "The classes are pooled before there is a value, so none is the class's own.")
    if let value = steps.last?.value, let share = share(own.part, of: value) {
      text += indented(
        "\(className) has \(Figure.text(own.part)) of the \(Figure.text(value)): \(share).")
    }
    return text
  }
}

// MARK: - What it could be

extension ClassAccount {
  private func endsText(
    _ value: Double?, _ diagnosis: Diagnosis?, _ measurements: Measurements
  ) -> String {
    func imagined(_ imagined: Measurements.Imagined) -> Double? {
      let measures = formula.parts.map(\.measure)
      let changed = measurements.imagining(c, imagined, for: measures)
      return (try? changed?.outcome(of: formula))?.scalar
    }
    let ends = diagnosis.map { $0.ends($0.classes[c]) }
    var table = TextTable(["", ""])
    table.add(["as it is", Figure.text(value)])
    for (what, value) in [
      ("perfect", ends?.perfect ?? imagined(.perfect)),
      ("unknown (its best constant)", losses.isEmpty ? nil : ends?.unknown),
      ("never predicted", imagined(.neverPredicted)),
    ] {
      if let value { table.add(["with \(className) \(what)", Figure.text(value)]) }
    }
    return table.text(hasHeading: false)
  }

  private func verdictText(_ diagnosis: Diagnosis) -> String {
    let found = diagnosis.classes[c]
    var text =
      "\nVerdict\n"
      + indented(
        "\(found.verdict?.rawValue ?? found.state.rawValue): \(diagnosis.sentence(about: found).plain)"
      )
    text += diagnosis.orderSentence.map { indented($0.plain) } ?? ""
    guard found.verdict == .hidden || found.verdict == .muted else { return text }
    return text + "\nWhat shows it\n" + revealingText
  }

  private var revealingText: String {
    let showing = revealing
    guard !showing.isEmpty else {
      return indented(
        "No chain of this file. Add one that gives every class the same weight: measure iou, per-class: pool(batch, image, pixel) > score > mean(class)."
      )
    }
    var table = TextTable(["chain", "is", "with \(className) perfect"])
    for other in showing {
      table.add([
        "\(other.headline.measure.name) by \(other.headline.reduction)", Figure.text(other.printed),
        Figure.text(other.ends(other.classes[c]).perfect),
      ])
    }
    return table.text()
  }

  /// What the file's other measures and chains say, where they show the class.
  private var revealing: [Diagnosis] {
    run.file.measures.flatMap { measure -> [Diagnosis] in
      // The counterfactual of a categorical loss is counted for the headline only.
      if case .categorical = measure.form, measure.name != run.file.diagnose.measure.name {
        return []
      }
      return run.file.reductions
        .filter { $0.chain.hasScore != measure.isElementwise && $0.chain.isScalar }
        .compactMap { run.diagnosis(of: Formula(measure, $0.chain), called: $0.name) }
    }.filter { $0.classes[c].verdict == .exposed }
  }
}

// MARK: - Images and weights

extension ClassAccount {
  private static let shownImages = 5

  private func imageText(_ measurements: Measurements) -> String {
    let index = losses.first.map(measurements.lossIndex)
    let rows = measurements.images.compactMap {
      image -> (ImageEvidence, iou: Double, loss: Double?)? in
      let tally = image.tally.classes[c]
      guard tally.overlap.truth > 0 else { return nil }
      let loss = index.flatMap { index in
        let sum = tally.losses[index]
        return sum.terms == 0 ? nil : Double(sum.total) / Double(sum.terms)
      }
      return (image, Double(tally.overlap.both) / Double(tally.overlap.union), loss)
    }.sorted { a, b in
      (a.iou, -(a.loss ?? 0), a.0.name) < (b.iou, -(b.loss ?? 0), b.0.name)
    }
    guard !rows.isEmpty else { return "" }
    var table = TextTable(["image", "IoU", "loss", "true pixels", "found"])
    for (image, iou, loss) in rows.prefix(Self.shownImages) {
      let overlap = image.tally.classes[c].overlap
      table.add([
        printable(image.name), Figure.text(iou), number(loss), Figure.count(overlap.truth),
        Figure.count(overlap.both),
      ])
    }
    return "\nIts worst images\n" + table.text()
  }

  private var weightText: String {
    let audit = run.audit(of: formula)
    let findings = audit.findings.filter {
      $0.className == nil || $0.className == run.evidence.classes.names[c]
    }
    guard audit.hasWeights || !findings.isEmpty else {
      return "\nIts weights\n" + indented("None are given; it weighs 1, as every class does.")
    }
    let own = audit.classes[c]
    var text = "\nIts weights\n"
    if let weight = own.sampleWeight {
      text += indented(
        "sample weight \(shortest(weight)): \(Figure.count(own.reached)) of its \(Figure.count(own.pixels, "pixel")) got it, \(Figure.count(own.missed)) another class's"
      )
    }
    if let use = audit.uses[.classWeights] {
      text += indented("class weight \(shortest(own.classWeight)): \(use.rawValue)")
    }
    if let use = audit.uses[.positiveWeights] {
      text += indented("positive weight \(shortest(own.positiveWeight)): \(use.rawValue)")
    }
    for finding in findings { text += indented(finding.text.plain) }
    return text
  }
}
