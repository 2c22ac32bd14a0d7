package import Core
internal import Counting
internal import Diagnosis
package import Pages
package import Tables

/// Where the loss of one class went: its pixels, its part after every step of one number, what the
/// number could be, and the images in which it fails.
package struct ClassAccount {
  private let c: Int
  private let run: FinishedRun
  private let name: Line
  /// The name without markup, as a headline is called.
  private let title: String
  private let formula: Formula

  /// - Parameters:
  ///   - c: the place of a class of the run.
  ///   - preset: instead of the run's headline.
  /// - Throws: Problem: the run cannot answer for the preset.
  package init(of c: Int, by preset: Preset?, in run: FinishedRun) throws(Problem) {
    self.c = c
    self.run = run
    if let preset {
      (title, name) = (preset.id, .name(preset.id))
      formula = try run.formula(of: preset)
    } else {
      let headline = run.headline
      title = headline.title
      name = headline.words
      formula = headline.formula
    }
  }

  /// - Throws: Problem: a part of the formula has no value on the run.
  package var page: Page {
    get throws(Problem) {
      let measurements = run.measurements
      let value = try measurements.outcome(of: formula).scalar
      let nan = value == nil ? measurements.nanCause(of: formula) : nil
      let diagnosis =
        run.diagnosis(of: formula, called: title) ?? run.diagnosis(ofSum: formula, called: title)
      let isLoss = formula.gauges.allSatisfy(\.measure.isLoss)
      var opening: Page = [
        .title(
          "\(className): \(text: isLoss ? "where its loss went" : "what it has") in \(name) = \(value)"
        )
      ]
      if let nan { opening.append(.paragraph("\(name) is \(nan.line).")) }
      return opening + [
        .section("Its pixels", pixels(measurements).map(Block.paragraph))
      ]
        + formula.readingGauges.map { steps($0, measurements) } + [
          .section(
            "What \(name) would be",
            [.table(ends(value, diagnosis, measurements))] + asides(value, diagnosis))
        ] + images(measurements) + [.section("Its weights", weights.map(Block.paragraph))]
        + (diagnosis.map(verdict) ?? [])
    }
  }

  private var className: Line { .name(run.evidence.classes.names[c]) }
}

// MARK: - Pixels and steps

extension ClassAccount {
  private func pixels(_ measurements: Measurements) -> [Line] {
    let images = measurements.overlaps(of: c)
    let overlap = images.reduce(.zero, +)
    let (having, found) = (images.count { $0.truth > 0 }, images.count { $0.both > 0 })
    let share = Double(overlap.truth) / Double(max(1, overlap.pixels))
    return [
      "\(count: overlap.truth) of \(count: overlap.pixels, "counted pixel") (\(percent: share)), in \(count: having) of \(count: images.count, "image"); some of it found in \(count: found)"
    ]
      + losses.map { measure in
        let index = measurements.lossIndex(of: measure)
        let sum = measurements.images.reduce(LossSum.zero) {
          $0 + $1.tally.classes[c].losses[index]
        }
        func mean(_ total: ExactSum, _ count: Int) -> Double? {
          count == 0 ? nil : Double(total) / Double(count)
        }
        guard !measurements.scheme.hasShares else {
          return
            "\(name: measure.name): \(mean(sum.total, sum.terms)) on all, against the soft truth"
        }
        return
          "\(name: measure.name): \(mean(sum.positive, sum.positives)) on its own pixels, \(mean(sum.negative, sum.negatives)) on all others, \(mean(sum.total, sum.terms)) on all"
      }
  }

  /// The elementwise losses, each once.
  private var losses: [Measure] {
    formula.gauges.map(\.measure).filter { $0.isElementwise && $0.readsPredictions }
      .reduce(into: []) { losses, measure in
        if !losses.contains(where: { $0.name == measure.name }) { losses.append(measure) }
      }
  }

  /// The value after each step, and the class's part in it.
  private func steps(_ part: Gauge, _ measurements: Measurements) -> Block {
    let table = measurements.table(of: part.measure, byTile: part.chain.axes.contains(.tile))
    let steps = table.reduced(by: part.chain).steps
    let own = measurements.part(of: c, in: part.measure, by: part.chain)
    var lines = Table(["step", "divides by", "value", className], textColumns: 2)
    for (step, range) in zip(steps, own.steps) {
      lines.add([
        .code(step.step.description), step.divisor.map { .text($0.text) }, step.valueLine,
        range.map { Line(from: $0.lowerBound, to: $0.upperBound) },
      ])
    }
    var body: [Block] = [
      .table(lines),
      .paragraph(
        own.part != nil
          ? "The last column is the class's own value while the classes are apart, then its part in theirs."
          : own.steps.contains { $0 != nil }
            ? "The last column is the class's own value while the classes are apart."
            : "The classes are pooled before there is a value, so none is the class's own."),
    ]
    if let value = steps.last?.value, let share = share(own.part, of: value) {
      body.append(.paragraph("\(className) has \(own.part) of the \(value): \(share)."))
    }
    return .section("Step by step: \(code: part.measure.name)", body)
  }
}

// MARK: - What it could be

extension ClassAccount {
  private func ends(
    _ value: Double?, _ diagnosis: Diagnosis?, _ measurements: Measurements
  ) -> Table {
    func imagined(_ imagined: Measurements.Imagined) -> Double? {
      let measures = formula.gauges.map(\.measure)
      let changed = measurements.imagining(c, imagined, for: measures)
      return (try? changed?.outcome(of: formula))?.scalar
    }
    let ends = diagnosis.map { $0.ends($0.classes[c]) }
    var table = Table(["", ""])
    table.hasHeading = false
    table.add(["as it is", "\(value)"])
    let cases: [(Line, Double?)] = [
      ("perfect", ends?.perfect ?? imagined(.perfect)),
      ("unknown (its best constant)", losses.isEmpty ? nil : ends?.unknown),
      ("never predicted", imagined(.neverPredicted)),
    ]
    for (what, value) in cases where value != nil {
      table.add(["with \(className) \(what)", "\(value)"])
    }
    return table
  }

  /// What in the table may surprise.
  private func asides(_ value: Double?, _ diagnosis: Diagnosis?) -> [Block] {
    guard let value, let diagnosis, formula.gauges.allSatisfy(\.measure.isLoss) else { return [] }
    var lines: [Line] = []
    if formula.readingGauges.contains(where: { $0.measure.isOfSeveralClasses }) {
      lines.append(
        "Perfect: pixels of other classes that were taken for it are right then too, so more can be saved than its own part."
      )
    }
    if let unknown = diagnosis.ends(diagnosis.classes[c]).unknown, unknown < value {
      lines.append(
        "Unknown is less than as it is: a constant would do better than what is predicted.")
    }
    return lines.map(Block.paragraph)
  }

  private func verdict(_ diagnosis: Diagnosis) -> [Block] {
    let found = diagnosis.classes[c]
    let lines = [diagnosis.judgement(of: found), diagnosis.orderSentence].compactMap(\.self)
    let verdict = Block.section("Verdict", lines.map(Block.paragraph))
    guard found.verdict == .hidden || found.verdict == .muted else { return [verdict] }
    return [verdict, .section("What shows it", [revealing])]
  }

  private var revealing: Block {
    let showing = showing
    guard !showing.isEmpty else {
      return .paragraph(
        "No chain of this file. Add one that gives every class the same weight: measure iou, per-class: pool(batch, image, pixel) > score > mean(class)."
      )
    }
    var table = Table(["chain", "is", "with \(className) perfect"])
    for other in showing {
      table.add([
        other.headline.words, "\(other.printed)", "\(other.ends(other.classes[c]).perfect)",
      ])
    }
    return .table(table)
  }

  /// The diagnoses by the file's other measures and chains that show the class.
  private var showing: [Diagnosis] {
    run.measures.flatMap { measure -> [Diagnosis] in
      // The counterfactual of a categorical loss is counted for the headline only.
      if case .categorical = measure.form, measure.loss != run.measurements.scheme.repaired {
        return []
      }
      return run.chains
        .filter { $0.chain.hasScore != measure.isElementwise && $0.chain.isScalar }
        .compactMap { run.diagnosis(of: Formula(measure, $0.chain), called: $0.name) }
    }.filter { $0.classes[c].verdict == .exposed }
  }
}

// MARK: - Images and weights

extension ClassAccount {
  private static let shownImages = 5

  private func images(_ measurements: Measurements) -> [Block] {
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
    guard !rows.isEmpty else { return [] }
    var table = Table(["image", "IoU", "loss", "true pixels", "found"])
    for (image, iou, loss) in rows.prefix(Self.shownImages) {
      let overlap = image.tally.classes[c].overlap
      table.add([
        .name(image.name), "\(iou)", number(loss), "\(count: overlap.truth)",
        "\(count: overlap.both)",
      ])
    }
    return [.section("Its worst images", [.table(table)])]
  }

  private var weights: [Line] {
    let audit = run.audit(of: formula)
    let findings = audit.findings.filter {
      $0.className == nil || $0.className == run.evidence.classes.names[c]
    }
    guard audit.hasWeights || !findings.isEmpty else {
      return ["None are given; it weighs 1, as every class does."]
    }
    let own = audit.classes[c]
    var lines: [Line] = []
    if let weight = own.sampleWeight {
      lines.append(
        "sample weight \(exact: weight): \(count: own.reached) of its \(count: own.pixels, "pixel") got it, \(count: own.missed) another class's"
      )
    }
    if let use = audit.uses[.classWeights] {
      lines.append("class weight \(exact: own.classWeight): \(text: use.rawValue)")
    }
    if let use = audit.uses[.positiveWeights] {
      lines.append("positive weight \(exact: own.positiveWeight): \(text: use.rawValue)")
    }
    return lines + findings.map(\.text)
  }
}

func number(_ x: Double?) -> Line? { x.map { "\($0)" } }

func share(_ part: Double?, of whole: Double?) -> Line? {
  guard let part, let whole, whole != 0 else { return nil }
  return "\(percent: part / whole)"
}

extension Measure {
  /// Whether a pixel's loss is made of the predictions for all its classes.
  fileprivate var isOfSeveralClasses: Bool { if case .categorical = form { true } else { false } }
}
