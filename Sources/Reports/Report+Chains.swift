internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Tables

extension Report {
  /// How the headline became its number, step by step.
  var waterfall: [Block] {
    guard let reduced = reducedHeadline else { return [] }
    var body: [Block] = []
    if let headlineNote { body.append(.paragraph(headlineNote)) }
    body += waterfallChart
    body.append(.table(stepTable(reduced)))
    if let savingLine { body.append(.paragraph(savingLine)) }
    body.append(
      .paragraph(
        headline.isOfShares
          ? "The truth is soft, and what the best constants or the truth itself would cost was not counted: there is no scale, and no verdict."
          : headline.headline.isScore
            ? "A score's scale is 1, and a change below \(headline.tolerance) is taken as not seen."
            : "The scale is \(headline.scale): what the best constant prediction would score, less what the truth itself scores. A change below \(headline.tolerance) is taken as not seen."
      ))
    return [.section("How \(code: headline.headline.name) became \(headline.printed)", body)]
  }

  private func stepTable(_ reduced: Reduced) -> Table {
    var table = Table(StepResult.columns, textColumns: 3)
    for step in reduced.steps { table.add(step.cells) }
    return table
  }

  var reductionSection: [Block] {
    var table = Table(["measure", "chain", "value", "order gap"], textColumns: 2)
    for reduced in reductions {
      table.add([
        .code(reduced.measure), "\(code: reduced.reduction) = \(code: reduced.text)",
        reduced.value.map { bracketed($0, reduced.bounds?.interval) }
          ?? reduced.obstacle.map { .text("\($0.what); \($0.remedy)") } ?? reduced.tableLine,
        "\(reduced.orderGap?.gap)",
      ])
    }
    let note: Line =
      "The order gap is the largest less the smallest value over every order of plain means; 0 proves that the order cannot be the cause."
    let steps = reductions.filter { $0 != reducedHeadline }.flatMap { reduced -> [Block] in
      [
        .paragraph("\(code: reduced.measure) by \(code: reduced.reduction)"),
        .table(stepTable(reduced)),
      ]
    }
    return [
      .section(
        "Every measure by every chain",
        [.table(table), .paragraph(note)] + numberCharts
          + (intervalNote.map { [.paragraph($0)] } ?? [])
          + (steps.isEmpty ? [] : [.details("Step by step", steps)]))
    ]
  }

  var presetSection: [Block] {
    guard !presets.isEmpty else { return [] }
    var table = Table(
      ["preset", "value", "measure and chain", "what is particular", "versions"])
    for column in 2..<5 { table.columns[column].alignment = .left }
    for printed in presets {
      let preset = printed.preset
      let notes = [preset.note, printed.batchNote].filter { !$0.isEmpty }
      table.add([
        "\(code: preset.id): \(code: preset.call)",
        printed.value.map { bracketed($0, printed.interval) }
          ?? printed.nan?.line ?? printed.obstacle.map { .text($0.what) } ?? "undefined",
        .code(preset.text), .name(notes.joined(separator: " ")), .name(preset.versions),
      ])
    }
    let count = presets.count
    return [
      .section(
        "The same predictions, as \(text: count == 1 ? "a framework" : "\(count) calls") would print them",
        [count <= 12 ? .table(table) : .details("All \(count)", [.table(table)])])
    ]
  }
}

extension Report.PresetValue {
  /// What other batches of the same images would give.
  fileprivate var batchNote: String {
    guard preset.dependsOnBatches else { return "" }
    let depends = "Depends on which images make a batch"
    guard let spread else { return depends + "." }
    let undefined = spread.nan.map { "NaN in \($0) of \(spread.batchings)" }
    guard spread.lowest != nil else { return "\(depends): shuffled \(undefined ?? "")." }
    let (lowest, highest) = (Figure.text(spread.lowest), Figure.text(spread.highest))
    if lowest == highest, undefined == nil { return "\(depends), but not in these digits." }
    return "\(depends): shuffled \(lowest) to \(highest)\(undefined.map { ", and \($0)" } ?? "")."
  }
}

extension Report.Reduced {
  fileprivate var tableLine: Line {
    guard let last = steps.last, let lowest = last.lowest, let highest = last.highest else {
      return "undefined"
    }
    return "\(text: last.leftText): \(lowest) … \(highest)"
  }
}

extension Report {
  /// What a reader should know of how the headline was chosen, or of what is not looked for in it.
  private var headlineNote: Line? {
    if !isHeadlineNamed {
      return
        "The file names no headline (`diagnose: {headline: …}`), so this is its first measure by the first chain that fits."
    }
    if headline.headline.isSingle { return nil }
    return
      "This headline is a sum, which has no chain of its own: findings about a chain (its weights, its smallest edit, what it can hear of a class) are not made for it."
  }
}
