internal import Core
internal import Counting
internal import Diagnosis
internal import Resampling

extension Report {
  var classTable: String {
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

  /// The IoU, with the interval of the score by which classes count as poor where that is it.
  private func scoreText(_ found: ClassDiagnosis) -> String {
    let iou = Figure.text(found.overlap.iou)
    guard headline.headline.poor.measure.name == "iou", let interval = found.certainty?.score
    else { return iou }
    return "\(iou) [\(Figure.text(interval.low)), \(Figure.text(interval.high))]"
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
