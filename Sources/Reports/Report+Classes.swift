internal import Core
internal import Counting
internal import Diagnosis
internal import Pages
internal import Resampling

extension Report {
  var classSection: [Block] {
    let hasLoss = headline.classes.contains { $0.loss != nil }
    var table = Table(
      ["class", "verdict", "IoU", "recall", "pixels"]
        + (hasLoss ? ["loss on its own pixels", "on all others"] : ["precision"])
        + ["share of what the headline could gain", "share of what is wrong", "skill"],
      textColumns: 2)
    // Of many classes those that fail, and the others folded away.
    let isLong = headline.classes.count > Report.shownRows
    let shown = max(Report.shownRows, poor.count)
    var rest = table
    for (place, found) in failingFirst.enumerated() {
      let verdict = found.verdict.map(\.marked) ?? found.state.rawValue
      let cells: [Line?] =
        [
          .name(found.name),
          "\(text: verdict)\(found.tendency.map { " (would be \(text: $0.rawValue))" })",
          scoreLine(found), "\(found.overlap.recall)", "\(percent: found.pixelShare)",
        ]
        + (hasLoss
          ? ["\(found.loss?.positive)", "\(found.loss?.negative)"]
          : ["\(found.overlap.precision)"])
        + ["\(percent: found.share)", "\(percent: found.badnessShare)", "\(found.skill)"]
      if isLong, place >= shown { rest.add(cells) } else { table.add(cells) }
    }
    let folded: [Block] =
      rest.rows.isEmpty
      ? [] : [.details("The other \(count: rest.rows.count, "class", "classes")", [.table(rest)])]
    return [.section("Classes", shareChart + scoreChart + [.table(table)] + folded + certainty)]
  }

  static let shownRows = 20

  /// The IoU, with the interval of the score by which classes count as poor where that is it.
  private func scoreLine(_ found: ClassDiagnosis) -> Line {
    guard headline.headline.poor.measure.name == "iou", let interval = found.certainty?.score
    else { return "\(found.overlap.iou)" }
    return "\(found.overlap.iou) [\(interval.low), \(interval.high)]"
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
