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
    for found in headline.classes {
      let verdict = found.verdict.map(\.marked) ?? found.state.rawValue
      table.add(
        [
          .name(found.name),
          "\(text: verdict)\(found.tendency.map { " (would be \(text: $0.rawValue))" })",
          scoreLine(found), "\(found.overlap.recall)", "\(percent: found.pixelShare)",
        ]
          + (hasLoss
            ? ["\(found.loss?.positive)", "\(found.loss?.negative)"]
            : ["\(found.overlap.precision)"])
          + ["\(percent: found.share)", "\(percent: found.badnessShare)", "\(found.skill)"])
    }
    return [.section("Classes", [.table(table)] + certainty)]
  }

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
