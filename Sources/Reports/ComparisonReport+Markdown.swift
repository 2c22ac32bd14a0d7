internal import Core
internal import Counting
internal import Diagnosis
internal import Tables

extension ComparisonReport {
  /// For a reviewer: what moved, what the headline does not tell, then the tables.
  package var markdownText: String {
    [title, missedText, classTable, lossTable, splitSection, inputText]
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var measure: String {
    "\(code(comparison.headline.measure.name)) by \(code(comparison.headline.reduction))"
  }

  private var title: String {
    var text =
      "# \(measure): \(Figure.text(comparison.printed.before)) → \(Figure.text(comparison.printed.after)), \(headlineOutcome)\n\n"
    text +=
      "From \(code(runs.before)) (A) to \(code(runs.after)) (B) over the \(Figure.count(pairing.paired, "image")) that both have: \(Self.differenceText(comparison.printed))."
    if let scaleText, comparison.direction != 0 { text += " That is \(scaleText)." }
    text += "\n"
    guard !pairing.isComplete else { return text }
    text += "\n> [!WARNING]\n> **Not all images could be paired:**\n"
    return text + unpairedTexts.map { ">\n> * \(markdown($0))\n" }.joined()
  }

  private var missedText: String {
    let missed = comparison.missed
    let title = "**\(markdown(missedTitle))**"
    if missed.isEmpty { return "\(title)\(nothingText)\n" }
    return "\(title)\n\n" + missed.map { "* \(markdown($0.sentence))\n" }.joined()
  }

  private var classTable: String {
    let name = comparison.headline.poor.measure.definition.title
    var table = MarkdownTable(
      [
        "class", "", "verdict", "\(name) A", "\(name) B", "difference", "p (Holm)", "recall A",
        "recall B", "moves the headline by",
      ], textColumns: 3)
    for (change, before, after) in rows {
      table.add([
        markdown(change.name), change.outcome?.rawValue ?? "–", Self.verdictText(before, after),
        Figure.text(change.score.before), Figure.text(change.score.after),
        Self.differenceText(change.score), Figure.text(change.pValue),
        Figure.text(change.recall.before), Figure.text(change.recall.after), signed(change.part),
      ])
    }
    let bootstrap = comparison.settings.bootstrap
    let drawn =
      comparison.replicates == 0 && comparison.printed.difference != nil
      ? "; the headline has none, because its chain keeps tiles"
      : comparison.replicates < bootstrap.replicates
        ? "; the headline's is of \(Figure.count(comparison.replicates, "replicate"))" : ""
    return "## Classes\n\n" + table.text
      + "\n*better* and *worse*: by more than \(shortest(comparison.settings.floor)), and proven at \(Figure.percent(bootstrap.level)) over all classes (Holm). *same*: the interval lies within that. In brackets: \(Figure.percent(bootstrap.level)) intervals of the difference, from draws of the images that both runs see (seed \(bootstrap.seed))\(drawn). The last column is what the headline would have moved by if only this class had changed.\n"
  }

  private var lossTable: String {
    guard comparison.classes.contains(where: { $0.loss != nil }) else { return "" }
    var table = MarkdownTable(
      ["class", "mean loss", "on its own pixels", "on all others"], textColumns: 1)
    for (change, _, _) in rows {
      guard let loss = change.loss else { continue }
      table.add(
        [markdown(change.name)] + [loss.mean, loss.positive, loss.negative].map(Self.text))
    }
    return "## \(code(comparison.headline.measure.name)), class by class\n\n" + table.text
  }

  private var splitSection: String {
    guard let splitText else { return "" }
    return
      "## What the truth did\n\nIt is not the same in \(markdown(Self.text(of: pairing.changedTruth))). The headline moved by \(splitText).\n"
  }

  private var inputText: String {
    let facts = ["chain \(code(comparison.headline.chain.description))"] + notes.map(markdown)
    return "## Inputs\n\n" + facts.map { "* \($0)\n" }.joined()
      + "\nunmask \(version). Every digit is in `\(FileName.json)` and `\(FileName.csv)`.\n"
  }
}
