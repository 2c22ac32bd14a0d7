internal import Core
internal import Diagnosis
internal import Resampling

extension ComparisonReport {
  private struct ClassRow: Sendable {
    var id: Int
    var change: ClassChange
    var before: ClassDiagnosis
    var after: ClassDiagnosis
  }

  /// One row a class, in the order of the configuration.
  var table: DataTable {
    let rows = comparison.classes.enumerated().map { id, change in
      ClassRow(
        id: id, change: change, before: comparison.before.classes[id],
        after: comparison.after.classes[id])
    }
    var columns: [Column<ClassRow>] = [
      .name("class_name") { $0.change.name },
      .word("outcome") { $0.change.outcome?.rawValue },
    ]
    columns += Self.columns("score") { $0.change.score }
    columns += [
      .score("p_holm") { $0.change.pValue },
      .word("verdict_a") { $0.before.verdict?.rawValue },
      .word("verdict_b") { $0.after.verdict?.rawValue },
      .score("score_detectable") { $0.change.score.detectable },
    ]
    columns += Self.columns("recall") { $0.change.recall }
    columns += Self.columns("precision") { $0.change.precision }
    columns += Self.columns("loss_mean") { $0.change.loss?.mean }
    columns += Self.columns("loss_positive") { $0.change.loss?.positive }
    columns += Self.columns("loss_negative") { $0.change.loss?.negative }
    columns += [
      .number("headline_part") { $0.change.part },
      .count("images_a") { $0.before.images },
      .count("images_b") { $0.after.images },
      .count("class_id") { $0.id },
      .word("state") { Self.state($0.before, $0.after).rawValue },
    ]
    return DataTable("compare", of: rows, columns)
  }

  private static func columns(
    _ name: String, _ change: @escaping @Sendable (ClassRow) -> Change?
  ) -> [Column<ClassRow>] {
    [
      .number("\(name)_a") { change($0)?.before },
      .number("\(name)_b") { change($0)?.after },
      .number("\(name)_diff") { change($0)?.difference },
      .number("\(name)_diff_lo") { change($0)?.interval?.low },
      .number("\(name)_diff_hi") { change($0)?.interval?.high },
    ]
  }

  /// Why numbers are missing: of either run, the first that misses some.
  static func state(
    _ before: ClassDiagnosis, _ after: ClassDiagnosis
  ) -> ClassDiagnosis.State {
    before.state == .ok ? after.state : before.state
  }
}
