extension Preset {
  /// segmentation_models, the Keras package: each a function of a batch, and the mean of the batches.
  static let segmentationModelsKeras: [Preset] = kerasModelsRatios + kerasModelsLosses

  private static let ran = "segmentation_models 1.0 (1.0.1 was run)"
  private static let file = "segmentation_models 1.0.1: base/functional.py"
  private static let smooth: [String: Double] = ["smooth_nr": 1e-5, "smooth_dr": 1e-5]
  private static let perBatch = "pool(pixel, image) > score > mean(class) > mean(batch)"
  private static let soft =
    "Of probabilities and not of decisions, unless threshold is given. A class that a batch lacks has nearly 0 for any trace of it, and a short last batch counts as a full one."

  private static let ofLogits = Exception.logits(
    "it takes probabilities, which are clipped, and Keras may find the logits behind them")

  private static let kerasModelsRatios: [Preset] = [
    ("iou_score", "metrics.iou_score", "soft-jaccard"),
    ("f1-score", "metrics.f1_score", "soft-dice"),
  ].flatMap { name, call, measure in
    [
      ("", "", perBatch),
      (".per_image", ", per_image=True", "pool(pixel) > score > mean(image, class) > mean(batch)"),
    ]
    .map { suffix, argument, chain in
      Preset(
        "segmentation_models.\(name)\(suffix)", "sm.\(call)(gt, pr\(argument))", versions: ran,
        sum: [Term(1), Term(-1, Part(measure, with: smooth, chain))], note: soft, source: file)
    }
  }

  private static let kerasModelsLosses: [Preset] = [
    Preset(
      "segmentation_models.jaccard_loss", "sm.losses.JaccardLoss()", versions: ran,
      "soft-jaccard", with: smooth, perBatch, note: soft, source: file),
    Preset(
      "segmentation_models.dice_loss", "sm.losses.DiceLoss()", versions: ran, "soft-dice",
      with: smooth, perBatch, note: soft, source: file),
    Preset(
      "segmentation_models.dice_loss.class_weights", "sm.losses.DiceLoss(class_weights=w)",
      versions: ran,
      sum: [
        Term(1),
        Term(
          -1, Part("one", "mean(class, pixel, image, batch, times: class-weights)")),
        Term(
          1,
          Part(
            "soft-dice", with: smooth,
            "pool(pixel, image) > score > mean(class, times: class-weights) > mean(batch)")),
      ],
      note:
        "The scores are multiplied by the weights and averaged, and taken from 1: where the weights do not average 1 a perfect prediction has a loss, or one below 0.",
      source: file),
    Preset(
      "segmentation_models.bce_jaccard_loss", "sm.losses.bce_jaccard_loss", versions: ran,
      sum: [
        Term(1, Part("tf-keras-bce", "mean(class, pixel, image) > mean(batch)")),
        Term(1, Part("soft-jaccard", with: smooth, perBatch)),
      ], note: soft, source: file
    ).except(ofSoftmax, ofLogits),
    Preset(
      "segmentation_models.binary_focal_loss", "sm.losses.BinaryFocalLoss()", versions: ran,
      "focal", with: ["alpha": 0.25, "clip_logits": 1],
      "mean(class, pixel, image) > mean(batch)",
      note: "alpha = 0.25 is what a class's own pixels count, the others 0.75.", source: file
    ).except(.surelyWrong("BinaryFocalLoss")),
    Preset(
      "segmentation_models.categorical_crossentropy", "sm.losses.CategoricalCELoss()",
      versions: ran, "ce", "mean(class, pixel, image else 0) > mean(batch)", for: .exclusive,
      note: "A pixel has a term at its own class only, and the mean is over all classes.",
      source: file
    ).except(zeroRows, ofLogits),
  ]
}
