internal import Core
internal import Counting
internal import Diagnosis
internal import Tables

extension Report {
  var waterfall: String {
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

  var reductionTable: String {
    var table = MarkdownTable(["measure", "chain", "value", "order gap"], textColumns: 2)
    for reduced in reductions {
      table.add([
        code(reduced.measure), "\(code(reduced.reduction)) = \(code(reduced.chain))",
        reduced.value.map { bracketed($0, reduced.bounds?.interval) } ?? reduced.obstacle
          ?? reduced.tableText,
        reduced.orderGap.map { Figure.text($0.gap) } ?? "–",
      ])
    }
    let steps = reductions.filter { $0 != reducedHeadline }.map { reduced in
      "\(code(reduced.measure)) by \(code(reduced.reduction))\n\n" + stepTable(reduced)
    }
    let note =
      "The order gap is the largest less the smallest value over every order of plain means; 0 proves that the order cannot be the cause."
    return "## Every measure by every chain\n\n" + table.text + "\n\(note)\n\(intervalNote)\n"
      + (steps.isEmpty ? "" : details("Step by step", steps.joined(separator: "\n")))
  }

  var presetTable: String {
    guard !presets.isEmpty else { return "" }
    var table = MarkdownTable(
      ["preset", "versions", "measure and chain", "what is particular", "value"], textColumns: 4)
    for printed in presets {
      let preset = printed.preset
      table.add([
        "\(code(preset.id)): \(code(preset.call))", markdown(preset.versions),
        code(preset.text),
        [preset.note, printed.batchNote].filter { !$0.isEmpty }.map(markdown)
          .joined(separator: " "),
        printed.value.map { bracketed($0, printed.interval) } ?? printed.obstacle ?? "undefined",
      ])
    }
    let count = presets.count
    return
      "## The same predictions, as \(count == 1 ? "a framework" : "\(count) calls") would print them\n\n"
      + (count <= 12 ? table.text : details("All \(count)", table.text))
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

extension Report.PresetValue {
  /// What other batches of the same images would give.
  fileprivate var batchNote: String {
    guard preset.dependsOnBatches else { return "" }
    let depends = "Depends on which images make a batch"
    guard let spread else { return depends + "." }
    let (lowest, highest) = (Figure.text(spread.lowest), Figure.text(spread.highest))
    return lowest == highest
      ? "\(depends), but not in these digits."
      : "\(depends): shuffled \(lowest) to \(highest)."
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
