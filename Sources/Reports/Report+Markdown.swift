internal import Core
internal import Diagnosis
internal import Measures

extension Report {
  /// For a reviewer with ten seconds: the verdict, why, what to do; then the tables.
  package var markdownText: String {
    [
      title, incompleteText, verdictText, whyText, actionText, classTable, findingText, curveText,
      waterfall,
      reductionTable, presetTable, imageText, inputText,
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var poor: [ClassDiagnosis] { headline.poorClasses }

  private var title: String {
    let measure = "\(code(headline.headline.measure.name)) by \(code(headline.headline.reduction))"
    func names(_ classes: [ClassDiagnosis]) -> String {
      classes.prefix(5).map { "**\(markdown($0.name))**" }.joined(separator: ", ")
        + (classes.count > 5 ? " and \(classes.count - 5) more" : "")
    }
    func named(_ verdict: Verdict) -> String { names(poor.filter { $0.verdict == verdict }) }
    return switch headline.verdict {
    case .hidden: "# ❌ HIDDEN: \(measure) does not show that \(named(.hidden)) fails\n"
    case .muted: "# ⚠️ MUTED: \(measure) hardly shows that \(named(.muted)) fails\n"
    case .exposed: "# ⚠️ EXPOSED: \(named(.exposed)) fails, and \(measure) shows it\n"
    case .undetermined where !poor.isEmpty:
      "# ❔ UNDETERMINED: \(named(.undetermined)) may fail; the images do not tell\n"
    case .ok: "# ✅ OK: no class is hidden by \(measure)\n"
    case .undetermined, nil: "# ❔ No verdict: \(measure) says nothing of any class\n"
    }
  }

  private var incompleteText: String {
    guard !inputs.isComplete else { return "" }
    let total = inputs.used + inputs.problems.count
    var text =
      "> [!WARNING]\n> **Incomplete:** \(inputs.problems.count) of \(Figure.count(total, "image")) could not be used; every number below is without them.\n"
    for fault in inputs.problems.prefix(Report.shownImages) {
      text += ">\n> * \(code(fault.image)): \(faultText(fault.problem))\n"
    }
    if inputs.problems.count > Report.shownImages {
      text +=
        ">\n> and \(inputs.problems.count - Report.shownImages) more: see `\(FileName.json)`\n"
    }
    return text
  }

  private func faultText(_ problem: Problem) -> String {
    let what = markdown(problem.what)
    let place =
      switch problem.place {
      case nil: what
      case .file(let file), .line(_, let file): "\(code(file)) \(what)"
      case .byte(let byte, let file): "\(code(file)) \(what) (byte \(byte))"
      }
    return problem.remedy.isEmpty ? place : "\(place). To do: \(markdown(problem.remedy))"
  }

  private var verdictText: String {
    let sentences = poor.prefix(5).map { markdown(headline.sentence(about: $0)) }
    if sentences.isEmpty {
      return
        "\(code(headline.headline.measure.name)) is \(Figure.text(headline.printed)) (skill \(Figure.text(headline.skill))).\n"
    }
    return sentences.joined(separator: "\n\n") + "\n"
  }

  private var whyText: String {
    var lines: [String] = []
    if let found = poor.first(where: { $0.verdict == .hidden || $0.verdict == .muted }) {
      lines.append(coverText(found))
    }
    if let order = headline.orderSentence { lines.append(order) }
    return lines.isEmpty ? "" : "**Why.** " + lines.joined(separator: " ") + "\n"
  }

  /// How the class's own pixels drown.
  private func coverText(_ found: ClassDiagnosis) -> String {
    let name = markdown(found.name)
    var text =
      "The pixels of \(name) are \(Figure.percent(found.pixelShare)) of all counted pixels"
    if let voice = found.voice, let own = found.ownVoice {
      text +=
        " and weigh \(Figure.percent(own)) in this headline; the class as a whole weighs \(Figure.percent(voice))"
    }
    text += "."
    if let loss = found.loss, let own = loss.positive, let other = loss.negative {
      text +=
        " Its loss is \(Figure.text(own)) on its own pixels and \(Figure.text(other)) on all others, which cover it: its mean is \(Figure.text(loss.mean))."
    }
    return text
  }

  private var actionText: String {
    let hidden = poor.filter { $0.verdict == .hidden || $0.verdict == .muted }
    guard let found = hidden.first else {
      return poor.isEmpty
        ? ""
        : "**What to do.** Work on \(poor.prefix(3).map { markdown($0.name) }.joined(separator: ", ")); the table below says where it stands.\n"
    }
    let name = markdown(found.name)
    let showing = others.filter { other in
      other.classes.first { $0.name == found.name }?.verdict == .exposed
    }
    var text = "**What to do.** Do not judge \(name) by this headline. "
    if let best = showing.first {
      let chain = best.headline
      text +=
        "Watch \(code(chain.measure.name)) by \(code(chain.reduction)) as well: it is \(Figure.text(best.printed)) and shows \(name)"
      if let ends = best.classes.first(where: { $0.name == found.name }).map(best.ends) {
        text += " (it would be \(Figure.text(ends.perfect)) if \(name) were perfect)"
      }
      text += ": `\(chain.chain)`. "
      if showing.count > 1 {
        text +=
          "So do \(showing.dropFirst().prefix(4).map { "\(code($0.headline.measure.name)) by \(code($0.headline.reduction))" }.joined(separator: ", ")). "
      }
    } else {
      text +=
        "No chain of this file shows it; add one that gives every class the same weight, for example `per-class: pool(batch, image, pixel) > score > mean(class)` with the measure `iou`. "
    }
    text +=
      "Then look at the images below: \(name) was found in \(found.imagesFound) of the \(Figure.count(found.images, "image")) that have it.\n"
    return text
  }

  private var classTable: String {
    let hasLoss = headline.classes.contains { $0.loss != nil }
    var table = MarkdownTable(
      ["class", "verdict", "IoU", "recall", "pixels"]
        + (hasLoss ? ["loss on its own pixels", "on all others"] : ["precision"])
        + ["share of what the headline could gain", "share of what is wrong", "skill"],
      textColumns: 2)
    for found in headline.classes {
      let verdict = found.verdict.map(\.marked) ?? found.state.rawValue
      table.add(
        [
          markdown(found.name),
          verdict + (found.tendency.map { " (would be \($0.rawValue))" } ?? ""),
          scoreText(found), Figure.text(found.overlap.recall),
          Figure.percent(found.pixelShare),
        ]
          + (hasLoss
            ? [Figure.text(found.loss?.positive), Figure.text(found.loss?.negative)]
            : [Figure.text(found.overlap.precision)])
          + [
            Figure.percent(found.share), Figure.percent(found.badnessShare),
            Figure.text(found.skill),
          ])
    }
    return "## Classes\n\n" + table.text + certaintyText
  }

  /// How sure all this is.
  private var certaintyText: String {
    guard let bootstrap = headline.bootstrap else { return "" }
    let level = Figure.percent(bootstrap.level)
    var text =
      "\nIn brackets: \(level) of what other images of the kind would give (cluster bootstrap over images, seed \(bootstrap.seed))."
    if let interval = headline.printedInterval {
      text +=
        " The headline would lie between \(Figure.text(interval.low)) and \(Figure.text(interval.high))."
    }
    for found in poor {
      guard let chance = found.certainty?.poorProbability else { continue }
      text += " \(markdown(found.name)) is poor with probability \(Figure.text(chance))"
      if let pValue = found.certainty?.pValue {
        text += " (p \(Figure.text(pValue)), adjusted to the number of poor classes)"
      }
      if let room = found.headroomInterval, let reach = found.reachInterval {
        text +=
          "; its headroom is \(Figure.text(found.headroom)) [\(Figure.text(room.low)), \(Figure.text(room.high))], its reach \(Figure.text(found.reach)) [\(Figure.text(reach.low)), \(Figure.text(reach.high))]"
      }
      text += headline.isBorderline(found) ? ", which is borderline." : "."
    }
    return text + "\n"
  }

  /// The IoU, with the interval of the score by which classes count as poor where that is it.
  private func scoreText(_ found: ClassDiagnosis) -> String {
    let iou = Figure.text(found.overlap.iou)
    guard headline.headline.poor.measure.name == "iou", let interval = found.certainty?.score
    else { return iou }
    return "\(iou) [\(Figure.text(interval.low)), \(Figure.text(interval.high))]"
  }

  private var waterfall: String {
    guard let reduced = reducedHeadline else { return "" }
    let value = bracketed(headline.printed, reduced.bounds?.interval)
    var text = "## How \(code(headline.headline.measure.name)) became \(value)\n\n"
    if let headlineNote { text += headlineNote + "\n\n" }
    text += stepTable(reduced)
    if !savingText.isEmpty { text += "\n\(savingText)" }
    let size = headline.scale.map { Figure.text($0) } ?? "–"
    text +=
      "\nThe scale is \(size): what the best constant prediction would score, less what the truth itself scores. A change below \(Figure.text(headline.tolerance)) is taken as not seen.\n"
    return text
  }

  private func stepTable(_ reduced: Reduced) -> String {
    var table = MarkdownTable(["step", "divides by", "left", "value"], textColumns: 3)
    for step in reduced.steps {
      table.add([code(step.operation), step.dividesBy ?? "", step.shape, step.valueText])
    }
    return table.text
  }

  private var reductionTable: String {
    var table = MarkdownTable(["measure", "chain", "value", "order gap"], textColumns: 2)
    for reduced in reductions {
      table.add([
        code(reduced.measure), "\(code(reduced.reduction)) = \(code(reduced.chain))",
        reduced.value.map { bracketed($0, reduced.bounds?.interval) } ?? reduced.obstacle
          ?? reduced.tableText,
        reduced.orderGap.map { Figure.text($0.gap) } ?? "–",
      ])
    }
    let steps = reductions.map { reduced in
      "\(code(reduced.measure)) by \(code(reduced.reduction))\n\n" + stepTable(reduced)
    }
    let note =
      "The order gap is the largest less the smallest value over every order of plain means; 0 proves that the order cannot be the cause."
    return "## Every measure by every chain\n\n" + table.text + "\n\(note)\n\(intervalNote)\n"
      + details("Step by step", steps.joined(separator: "\n"))
  }

  private var presetTable: String {
    guard !presets.isEmpty else { return "" }
    var table = MarkdownTable(
      ["preset", "versions", "measure and chain", "what is particular", "value"], textColumns: 4)
    for printed in presets {
      let preset = printed.preset
      table.add([
        "\(code(preset.id)): \(code(preset.call))", markdown(preset.versions),
        code(preset.text),
        [preset.note, preset.dependsOnBatches ? "Depends on which images make a batch." : ""]
          .filter { !$0.isEmpty }.map(markdown).joined(separator: " "),
        printed.value.map { bracketed($0, printed.interval) } ?? printed.obstacle ?? "undefined",
      ])
    }
    let count = presets.count
    return
      "## The same predictions, as \(count == 1 ? "a framework" : "\(count) calls") would print them\n\n"
      + (count <= 12 ? table.text : details("All \(count)", table.text))
  }

  private var imageText: String {
    guard let found = poor.first else { return "" }
    let rows = images.filter { $0.className == found.name && $0.overlap.truth > 0 }
    let worst = rows.sorted { a, b in
      (a.overlap.iou ?? 0, a.image) < (b.overlap.iou ?? 0, b.image)
    }
    var table = MarkdownTable(
      ["image", "IoU", "true pixels", "found", "predicted elsewhere"], textColumns: 1)
    for row in worst.prefix(Report.shownImages) {
      table.add([
        code(row.image), Figure.text(row.overlap.iou), Figure.count(row.overlap.truth),
        Figure.count(row.overlap.both), Figure.count(row.overlap.onlyPredicted),
      ])
    }
    let rest =
      worst.count > Report.shownImages ? "\nAll \(worst.count) are in `\(FileName.images)`.\n" : ""
    return "## Where \(markdown(found.name)) fails\n\n" + table.text + rest
  }

  private var inputText: String {
    var facts = [
      "\(Figure.count(inputs.used, "image")) used of \(Figure.count(inputs.listed))",
      "\(Figure.count(inputs.pixels, "counted pixel"))",
      "predictions are \(inputs.kind)\(inputs.threshold.map { ", positive above \(shortest($0))" } ?? "")",
      inputs.batchSize.map { "batches of \($0)" } ?? "one batch",
    ]
    func add(_ count: Int, _ text: String) {
      if count > 0 { facts.append("\(Figure.count(count)) \(text)") }
    }
    add(inputs.dropped, "images left out with the last batch (drop_last)")
    add(inputs.ignored, "pixels ignored")
    add(inputs.unclassed, "counted pixels that are no class")
    add(inputs.overlapping, "pixels that are several classes")
    add(
      inputs.unlistedPredictions, "pixels predicted as a label outside the class list, each a miss")
    facts += [saturationFact].compactMap(\.self) + inputs.notes.map(markdown)
    return "## Inputs\n\n" + facts.map { "* \($0)\n" }.joined()
      + "\nunmask \(version). Every digit is in `\(FileName.json)`, `\(FileName.classes)`, `\(FileName.images)` and `\(FileName.reductions)`.\n"
  }
}

extension Verdict {
  /// With a sign for the eye and a word for everyone.
  fileprivate var marked: String {
    switch self {
    case .hidden: "❌ HIDDEN"
    case .muted: "⚠️ MUTED"
    case .exposed: "⚠️ EXPOSED"
    case .ok: "✅ OK"
    case .undetermined: "❔ UNDETERMINED"
    }
  }
}

extension StepResult {
  fileprivate var valueText: String {
    if let value { return Figure.text(value) }
    guard let lowest, let highest else { return "" }
    return lowest == highest
      ? Figure.text(lowest) : "\(Figure.text(lowest)) … \(Figure.text(highest))"
  }
}

extension Report.Reduced {
  fileprivate var tableText: String {
    guard let last = steps.last, let lowest = last.lowest, let highest = last.highest else {
      return "undefined"
    }
    return "\(last.shape): \(Figure.text(lowest)) … \(Figure.text(highest))"
  }
}
