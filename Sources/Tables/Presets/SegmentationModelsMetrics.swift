extension Preset {
  /// segmentation_models_pytorch: every metric by every reduction, over the whole set as one call.
  static let segmentationModelsMetrics: [Preset] = smpMetrics.flatMap { metric in
    smpReductions.map { reduction in
      Preset(
        "smp.\(metric.name).\(reduction.name)",
        "smp.metrics.\(metric.name)(…, reduction=\"\(reduction.name)\"\(reduction.arguments))",
        versions: "smp 0.6 (0.6.0 was run)", metric.measure, with: ["ties": 1], reduction.chain,
        note: "A probability exactly at the threshold is predicted. \(reduction.note)",
        source: "segmentation_models_pytorch 0.6.0: metrics/functional.py"
      ).except(
        .ignoredAmongClasses("smp refuses an ignore_index that is one of its classes"))
    }
  }

  private static let smpMetrics: [(name: String, measure: String)] = [
    ("iou_score", "iou"), ("f1_score", "dice"), ("precision", "precision"), ("recall", "recall"),
    ("accuracy", "binary-accuracy"), ("balanced_accuracy", "balanced-accuracy"),
  ]

  private static let absent =
    "Where a class is neither true nor predicted the score is zero_division, 1 unless said otherwise: absent classes lift the mean."

  private static let smpReductions:
    [(name: String, arguments: String, chain: String, note: String)] = [
      (
        "micro", "", "pool(batch, image, pixel, class) > score",
        "All classes' counts together: large classes are most of it."
      ),
      ("macro", "", "pool(batch, image, pixel) > score > mean(class else 1)", absent),
      (
        "weighted", ", class_weights=w",
        "pool(batch, image, pixel) > score > mean(class, by: class-weights else 1)", absent
      ),
      ("micro-imagewise", "", "pool(pixel, class) > score > mean(batch, image else 1)", absent),
      ("macro-imagewise", "", "pool(pixel) > score > mean(batch, image, class else 1)", absent),
      (
        "weighted-imagewise", ", class_weights=w",
        "pool(pixel) > score > mean(batch, image, class, times: class-shares else 1)",
        "The weights are made to sum to 1 and the weighted scores are averaged once more: the number is as many times too small as there are classes, and a perfect score is 1 / classes. \(absent)"
      ),
    ]
}
