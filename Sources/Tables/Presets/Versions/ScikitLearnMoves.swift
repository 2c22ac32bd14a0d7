extension Preset {
  /// What scikit-learn's log_loss printed otherwise.
  static let scikitLearnMoves: [Move] = [
    .withheld(
      "sklearn.log_loss", "log_loss(t[:, c], p[:, c], labels=[0, 1]), averaged over c",
      since: Version(1, 2),
      "of a probability that is exactly 1 it was NaN in float32 and 34.5 in float64, and what was counted does not say which it is",
      why:
        "Clipped at 1e-15 whatever the type of the array, which float32 cannot hold below 1; since 1.2 at the ε of the type.",
      source: logLossRun("1.1.3 and 1.2.2")),
    .row(
      "sklearn.log_loss.multiclass", since: Version(1, 2), last: "1.1",
      held: "scikit-learn 1.1 (1.1.3 was run)",
      why:
        "Clipped at 1e-15 whatever the type of the array: a saturated wrong pixel cost 34.5, in float32 too, where it costs 15.9 since.",
      source: logLossRun("1.1.3 and 1.2.2")
    ) { $0.replaceParameters { _ in ["normalised": 1, "epsilon": 1e-15] } },
    .row(
      "sklearn.log_loss.multiclass", since: Version(1, 5), last: "1.4",
      held: "scikit-learn 1.2 to 1.4 (1.2.2 and 1.4.2 were run)",
      why: "Rows that do not sum to 1 were made to, with a warning.",
      source: logLossRun("1.4.2 and 1.5.2")
    ) { $0.replaceParameters { _ in ["normalised": 1] } },
    .withheld(
      "sklearn.log_loss.float16", "log_loss of probabilities in float16", since: Version(1, 9),
      "scikit-learn computes float16 arrays in half precision",
      why: "Sums of half precision: of the small set that was run 0.72359, and 0.72363 since 1.9.",
      source: logLossRun("1.8.0 and 1.9.1")),
  ].compactMap(\.self)

  private static func logLossRun(_ versions: String) -> String {
    "scikit-learn \(versions): metrics/_classification.py, log_loss; both were run"
  }
}
