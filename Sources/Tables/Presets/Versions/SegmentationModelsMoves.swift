extension Preset {
  /// What segmentation_models_pytorch printed otherwise before 0.6.
  static let smpMoves: [Move] = (smpWeightedMoves + smpLossMoves).compactMap(\.self)

  private static let smpWeightedMoves: [Move?] = [
    "iou_score", "f1_score", "precision", "recall", "accuracy", "balanced_accuracy",
  ].map { metric in
    .row(
      "smp.\(metric).weighted", since: Version(0, 3, 2), last: "0.3.1",
      held: "smp 0.3.1 and before (0.3.1 was run)",
      why:
        "The weights, which sum to 1, were averaged over the classes once more: the number was as many times too small as there are classes, and a perfect score was 1 / classes.",
      source: "segmentation_models_pytorch 0.3.1 and 0.3.2: metrics/functional.py; both were run"
    ) {
      $0.replaceChain(
        "pool(batch, image, pixel) > score > mean(class, times: class-shares else 1)")
    }
  }

  private static let smpLossMoves: [Move?] = [
    .row(
      "smp.DiceLoss.smooth", since: Version(0, 4), last: "0.3",
      held: "smp 0.3.4 and before (0.3.1 to 0.3.4 were run)",
      why:
        "smooth was added to 2·Σpt and to Σp + Σt; since 0.4 it is added to Σpt and to half of Σp + Σt, and so counts twice.",
      source:
        "segmentation_models_pytorch 0.3.4 and 0.4.0: losses/_functional.py, soft_dice_score; both were run"
    ) { $0.replaceParameters { $0.merging(["smooth_nr": 1, "smooth_dr": 1]) { $1 } } },
    .row(
      "smp.FocalLoss.multiclass", since: Version(0, 6), last: "0.5",
      held: "smp 0.5 and before (0.5.0 was run)",
      why: "The classes' losses were added up; since 0.6 they are averaged.",
      source: "segmentation_models_pytorch 0.5.0 and 0.6.0: losses/focal.py; both were run"
    ) { $0.replaceChain("sum(class) > mean(pixel, image, batch)") },
    .row(
      "smp.FocalLoss.alpha.sum", since: Version(0, 6), last: "0.5",
      held: "smp 0.5 and before (0.5.0 was run)",
      why:
        "The sum was over all elements; since 0.6 it is taken of each class, and the classes are averaged.",
      source: "segmentation_models_pytorch 0.5.0 and 0.6.0: losses/focal.py; both were run"
    ) { $0.replaceChain("sum(class, pixel, image, batch)") },
  ]
}
