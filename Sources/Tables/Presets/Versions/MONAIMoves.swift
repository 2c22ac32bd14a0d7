extension Preset {
  /// What MONAI printed otherwise before 1.5.
  static let monaiMoves: [Move] =
    (monaiGeneralizedMoves + monaiScoreMoves + monaiWeightMoves).compactMap(\.self)

  private static let monaiGeneralizedMoves: [Move?] =
    ["", ".simple", ".uniform", ".batch"].flatMap { name -> [Move?] in
      let id = "monai.GeneralizedDiceLoss\(name)"
      return [
        .row(
          id, since: Version(1, 1), last: "1.0", held: "MONAI 1.0 (1.0.1 was run)",
          why:
            "One ratio of all classes, as again since 1.3; 1.1 and 1.2 took a ratio of each class, in which its weight hardly matters, and averaged them.",
          source: generalizedRun("1.0.1 and 1.1.0")
        ) { _ in },
        .row(
          id, since: Version(1, 3), last: "1.2",
          held: "MONAI 1.1 and 1.2 (1.1.0 and 1.2.0 were run)",
          why:
            "The mean of a ratio for each class, in which its weight hardly matters; since 1.3 it is one ratio of all classes again, as in 1.0.",
          source: generalizedRun("1.2.0 and 1.3.0")
        ) { $0.replaceParameters { $0.merging(["apart": 1]) { $1 } } },
      ]
    } + [
      .row(
        "monai.GeneralizedDiceLoss.sum", since: Version(1, 1), last: "1.0",
        held: "MONAI 1.0 (1.0.1 was run)",
        why: "One ratio of all classes, as again since 1.3; in 1.1 and 1.2 one of each class.",
        source: generalizedRun("1.0.1 and 1.1.0")
      ) { _ in },
      .withheld(
        "monai.GeneralizedDiceLoss.sum",
        "monai.losses.GeneralizedDiceLoss(reduction=\"sum\")(p, t)", since: Version(1, 3),
        "the sum of a ratio for each class, whose weight scales its smoothing, is no chain",
        why: "The sum of a ratio for each class; since 1.3 it is one ratio of all classes again.",
        source: generalizedRun("1.2.0 and 1.3.0")),
    ]

  private static func generalizedRun(_ versions: String) -> String {
    "MONAI \(versions): monai/losses/dice.py, GeneralizedDiceLoss; both were run"
  }

  private static let monaiScoreMoves: [Move?] = [
    .row(
      "monai.GeneralizedDiceScore", since: Version(1, 4), last: "1.3",
      held: "MONAI 1.3 and before (1.0.1 to 1.3.0 were run)",
      why:
        "reduction is \"mean_batch\" unless said otherwise, and printed the mean over images of one generalised Dice of all classes, as reduction=\"mean\" does; in 1.4 it is a plain Dice of each class.",
      source: scoreRun("1.3.0 and 1.4.0")
    ) { _ in },
    .row(
      "monai.GeneralizedDiceScore", since: Version(1, 5), last: "1.4",
      held: "MONAI 1.4 (1.4.0 was run)",
      why:
        "reduction is \"mean_batch\" unless said otherwise, a plain Dice of each class, averaged here; since 1.5 it is \"mean\".",
      source: scoreRun("1.4.0 and 1.5.0")
    ) { $0.terms = [plainDice] },
    .row(
      "monai.GeneralizedDiceScore.mean_batch", since: Version(1, 4), last: "1.3",
      held: "MONAI 1.3 and before (1.0.1 to 1.3.0 were run)",
      why:
        "It printed the mean over images of one generalised Dice of all classes; since 1.4 a class's weight cancels and a plain Dice is left.",
      source: scoreRun("1.3.0 and 1.4.0")
    ) { $0.terms = [generalizedDice] },
  ]

  private static func scoreRun(_ versions: String) -> String {
    "MONAI \(versions): monai/metrics/generalized_dice.py; both were run"
  }

  private static let monaiWeightMoves: [Move?] = [
    .row(
      "monai.DiceCELoss.weight", since: Version(1, 3), last: "1.2",
      held: "MONAI 1.2 and before, where the argument is ce_weight (1.0.1 to 1.2.0 were run)",
      why:
        "The weights were those of the cross-entropy alone; since 1.3 the Dice half has them too.",
      source: "MONAI 1.2.0 and 1.3.0: monai/losses/dice.py, DiceCELoss; both were run"
    ) { preset in
      preset.call = preset.call.replacing("weight=", with: "ce_weight=")
      preset.changeParts {
        $0.chainText = $0.chainText.replacing(", times: class-weights", with: "")
      }
    }
  ]
}
