internal import Core
internal import Counting
internal import Diagnosis
package import Pages
internal import Tables

extension ComparisonReport {
  /// For a reviewer: what moved, what the headline does not tell, then the tables.
  package var page: Page {
    opening + missed + GateAccount(gates: gates).section + classSection + lossSection + splitSection
      + inputs
  }

  private var measure: Line {
    comparison.headline.code
  }

  private var opening: [Block] {
    let printed = comparison.printed
    let title: Line = "\(measure): \(printed.before) → \(printed.after), \(text: headlineOutcome)"
    var text: Line =
      "From \(code: runs.before) (A) to \(code: runs.after) (B) over the \(count: pairing.paired, "image") that both have: \(Self.differenceLine(printed))."
    if let scaleLine, comparison.direction != 0 { text += " That is \(scaleLine)." }
    return [.title(title), .paragraph(text)]
      + (pairing.isComplete
        ? []
        : [
          .warning(
            "\(strong: "Not all images could be paired:")", points: unpairedLines, rest: nil)
        ])
  }

  private var missed: [Block] {
    let missed = comparison.missed
    let title: Line = "\(strong: missedTitle)"
    return missed.isEmpty
      ? [.paragraph("\(title)\(nothingLine)")]
      : [.paragraph(title), .list(missed.map(\.sentence))]
  }

  private var classSection: [Block] {
    let name = comparison.headline.poor.measure.definition.title
    var table = Table(
      [
        "class", "", "verdict", "\(text: name) A", "\(text: name) B", "difference", "p (Holm)",
        "recall A", "recall B", "moves the headline by",
      ], textColumns: 3)
    for (change, before, after) in rows {
      table.add([
        .name(change.name), .text(change.outcome?.rawValue ?? "–"),
        .text(Self.verdictText(before, after)), "\(change.score.before)",
        "\(change.score.after)", Self.differenceLine(change.score), "\(change.pValue)",
        "\(change.recall.before)", "\(change.recall.after)", "\(signed: change.part)",
      ])
    }
    let bootstrap = comparison.settings.bootstrap
    let none: Line =
      comparison.headline.formula.keepsTiles
      ? "; the headline has none, because its chain keeps tiles" : ""
    let chart = Chart(
      "\(text: name) of each class, before and after.", about: "", unit: "class",
      rows: rows.map { change, _, _ in
        Chart.Row(
          .name(change.name), isFlagged: change.outcome == .worse,
          points: [change.score.before, change.score.after])
      }, scale: .unit, series: ["A", "B"])
    return [
      .section(
        "Classes",
        [
          .chart(chart), .table(table),
          .paragraph(
            "\(emphasis: "better") and \(emphasis: "worse"): by more than \(exact: comparison.settings.floor), and proven at \(percent: bootstrap.level) over all classes (Holm). \(emphasis: "same"): the interval lies within that. In brackets: \(percent: bootstrap.level) intervals of the difference over the images that both runs see\(none); p by draws of them (seed \(text: "\(bootstrap.seed)")). The last column is what the headline would have moved by if only this class had changed."
          ),
        ])
    ]
  }

  private var lossSection: [Block] {
    guard comparison.classes.contains(where: { $0.loss != nil }) else { return [] }
    var table = Table(["class", "mean loss", "on its own pixels", "on all others"])
    for (change, _, _) in rows {
      guard let loss = change.loss else { continue }
      table.add(
        [.name(change.name)] + [loss.mean, loss.positive, loss.negative].map(Self.line))
    }
    return [
      .section("\(code: comparison.headline.leading.measure.name), class by class", [.table(table)])
    ]
  }

  private var splitSection: [Block] {
    guard let splitLine else { return [] }
    return [
      .section(
        "What the truth did",
        [
          .paragraph(
            "It is not the same in \(Self.line(pairing.changedTruth)). The headline moved by \(splitLine)."
          )
        ])
    ]
  }

  private var inputs: [Block] {
    let chain: Line = "chain \(code: comparison.headline.formula.text)"
    return [
      .section(
        "Inputs",
        [
          .list([chain] + notes.map { Line.name($0.text) }),
          .paragraph(
            "unmask \(text: version). Every digit is in \(code: ReportFile<ComparisonReport>.record.name) and \(code: ReportFile<ComparisonReport>.classes.name)."
          ),
        ])
    ]
  }
}
