extension Preset {
  /// MONAI's metrics, which keep a row of scores an image; what makes batches is no part of them.
  static let monaiMetrics: [Preset] = monaiOverlaps + monaiGeneralizedScores + monaiCounts

  private static let monaiVersions = "MONAI 1.5 and 1.6 (1.6.1 was run)"
  private static let reductionFile =
    "MONAI 1.6.1: monai/metrics/utils.py: do_metric_reduction"

  private static let monaiOverlaps: [Preset] = [
    ("DiceMetric", "dice", "meandice.py"), ("MeanIoU", "iou", "meaniou.py"),
  ].flatMap { name, measure, file in
    monaiReductions.map { reduction in
      var preset = Preset(
        "monai.\(name)\(reduction.name)", "monai.metrics.\(name)(\(reduction.call)",
        versions: monaiVersions, measure, with: ["ties": 1], "pool(pixel) > \(reduction.chain)",
        note: "\(reduction.note) \(atThreshold)",
        source: "MONAI 1.6.1: monai/metrics/\(file); \(reductionFile)")
      // A mean of no values is 0 (do_metric_reduction); `none` leaves the averaging to its user.
      if reduction.name != ".none" { preset.ifUndefined = 0 }
      return preset
    }
  }

  private static let atThreshold =
    "AsDiscrete(threshold) takes a probability exactly at the threshold for predicted."

  private static let freeErrors =
    "With ignore_empty=True an image without a class is left out, whatever was predicted there: false positives on it are free."

  private static let monaiReductions: [(name: String, call: String, chain: String, note: String)] =
    [
      (
        "", "reduction=\"mean\")", "score(if: truth) > mean(class) > mean(image, batch)",
        freeErrors
      ),
      (
        ".mean_batch", "reduction=\"mean_batch\"), averaged over classes",
        "score(if: truth) > mean(image, batch) > mean(class else 0)",
        "The same scores in the other order: a rare class counts as much as any. A class that no image has is 0, not left out."
      ),
      (
        ".mean_channel", "reduction=\"mean_channel\"), averaged over images",
        "score(if: truth) > mean(class) > mean(image, batch else 0)",
        "An image that has none of the classes is 0; reduction=\"mean\" leaves it out."
      ),
      (
        ".none", "reduction=\"none\"), averaged over all that exist",
        "score(if: truth) > mean(image, class, batch)", freeErrors
      ),
      (
        ".sum", "reduction=\"sum\")", "score(if: truth) > sum(class, image, batch)",
        "It grows with the number of images."
      ),
      (
        ".not_ignore_empty", "reduction=\"mean\", ignore_empty=False)",
        "score > mean(class else 1) > mean(image, batch)",
        "A class that an image lacks is 1 where nothing of it was predicted, and 0 for one pixel of it."
      ),
    ]

  /// One generalised Dice an image, in which classes count by their size, or a plain one of each class.
  private static let monaiGeneralizedScores: [Preset] = [
    Preset(
      "monai.GeneralizedDiceScore", "monai.metrics.GeneralizedDiceScore()",
      versions: monaiVersions, sum: [generalizedDice],
      note:
        "A class that an image lacks gets the largest weight of the others, so one pixel of it decides the image's score. An image of nothing is 1. \(atThreshold)",
      source: generalizedFile),
    Preset(
      "monai.GeneralizedDiceScore.mean_batch",
      "monai.metrics.GeneralizedDiceScore(reduction=\"mean_batch\"), averaged over classes",
      versions: monaiVersions, sum: [plainDice],
      note:
        "A class alone has a weight above and below, so a plain Dice is left; a class that an image lacks is 1 where nothing of it was predicted. \(atThreshold)",
      source: generalizedFile),
  ]

  static let generalizedDice = Term(
    1,
    Part(
      "generalized-dice", with: ["ties": 1],
      "pool(pixel, class) > score > mean(image, batch else 1)"))
  static let plainDice = Term(
    1,
    Part(
      "dice", with: ["ties": 1], "pool(pixel) > score > mean(image, batch else 1) > mean(class)"))
  private static let generalizedFile = "MONAI 1.6.1: monai/metrics/generalized_dice.py"

  /// ConfusionMatrixMetric, of all counts at once or of the scores of each image and class.
  private static let monaiCounts: [Preset] = [
    ("sensitivity", "recall"), ("specificity", "specificity"), ("precision", "precision"),
    ("f1_score", "dice"), ("accuracy", "binary-accuracy"), ("threat_score", "iou"),
    ("matthews_correlation_coefficient", "mcc"), ("balanced_accuracy", "balanced-accuracy"),
  ].flatMap { name, measure in
    let call =
      "monai.metrics.ConfusionMatrixMetric(metric_name=\"\(name.replacing("_", with: " "))\", reduction=\"mean\""
    return [
      Preset(
        "monai.ConfusionMatrixMetric.\(name)", "\(call), compute_sample=False)",
        versions: monaiVersions, measure,
        with: ["ties": 1], "pool(batch, image, pixel, class) > score",
        note:
          "The counts are averaged over classes and images before the score is taken: of images of one size that is the score of all pixels, and large classes are most of it.",
        source: "\(confusionFile); \(reductionFile)"),
      Preset(
        "monai.ConfusionMatrixMetric.\(name).sample", "\(call), compute_sample=True)",
        versions: monaiVersions, measure, with: ["ties": 1],
        "pool(pixel) > score > mean(class) > mean(image, batch)",
        note: "A score an image and class; what has none is left out.",
        source: "\(confusionFile); \(reductionFile)"
      ).orElse(0),
    ]
  }

  private static let confusionFile = "MONAI 1.6.1: monai/metrics/confusion_matrix.py"
}
