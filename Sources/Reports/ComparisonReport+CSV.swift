internal import Core
internal import Diagnosis
internal import Resampling

extension ComparisonReport {
  /// One row a class, in the order of the configuration.
  package var csv: String {
    var csv = CSV(
      ["class_id", "class_name", "state", "outcome", "verdict_a", "verdict_b"]
        + Self.columns("score") + ["score_detectable", "p_holm"] + Self.columns("recall")
        + Self.columns("precision") + Self.columns("loss_mean") + Self.columns("loss_positive")
        + Self.columns("loss_negative") + ["headline_part", "images_a", "images_b"])
    for (id, change) in comparison.classes.enumerated() {
      let (before, after) = (comparison.before.classes[id], comparison.after.classes[id])
      csv.add(
        [
          .count(id), .word(change.name), .word(Self.state(before, after).rawValue),
          .word(change.outcome?.rawValue ?? ""), .word(before.verdict?.rawValue ?? ""),
          .word(after.verdict?.rawValue ?? ""),
        ] + Self.cells(change.score)
          + [.number(change.score.detectable), .number(change.pValue)] + Self.cells(change.recall)
          + Self.cells(change.precision) + Self.cells(change.loss?.mean)
          + Self.cells(change.loss?.positive) + Self.cells(change.loss?.negative) + [
            .number(change.part), .count(before.images), .count(after.images),
          ])
    }
    return csv.text
  }

  private static func columns(_ name: String) -> [String] {
    ["a", "b", "diff", "diff_lo", "diff_hi"].map { "\(name)_\($0)" }
  }

  private static func cells(_ change: Change?) -> [CSV.Cell] {
    [
      change?.before, change?.after, change?.difference, change?.interval?.low,
      change?.interval?.high,
    ].map { .number($0) }
  }

  /// Why numbers are missing: of either run, the first that misses some.
  static func state(
    _ before: ClassDiagnosis, _ after: ClassDiagnosis
  ) -> ClassDiagnosis.State {
    before.state == .ok ? after.state : before.state
  }
}
