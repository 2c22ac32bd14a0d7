extension Preset {
  /// segmentation_models_pytorch: every metric by every reduction, over the whole set as one call.
  static let segmentationModels: [Preset] = smpMetrics.flatMap { metric in
    zip(smpReductions, metric.printed).map { reduction, printed in
      Preset(
        "smp.\(metric.name).\(reduction.name)",
        "smp.metrics.\(metric.name)(…, reduction=\"\(reduction.name)\")",
        versions: "smp 0.6", metric.measure, reduction.chain, for: .independent,
        note:
          "Where a class is neither true nor predicted the score is zero_division, 1 unless said otherwise: absent classes lift the mean.",
        source: "segmentation_models_pytorch 0.6.0: metrics/functional.py", printed: printed)
    }
  }

  private static let smpReductions: [(name: String, chain: String)] = [
    ("micro", "pool(batch, image, pixel, class) > score"),
    ("macro", "pool(batch, image, pixel) > score > mean(class else 1)"),
    ("micro-imagewise", "pool(pixel, class) > score > mean(batch, image else 1)"),
    ("macro-imagewise", "pool(pixel) > score > mean(batch, image, class else 1)"),
  ]

  /// What smp 0.6.0 printed for the sample, in the order of the reductions.
  private static let smpMetrics: [(name: String, measure: String, printed: [Double])] = [
    (
      "iou_score", "iou",
      [0.99239110946655273, 0.83867120742797852, 0.99240779876708984, 0.90322369337081909]
    ),
    (
      "f1_score", "dice",
      [0.99618101119995117, 0.86939585208892822, 0.99618136882781982, 0.913135826587677]
    ),
    (
      "precision", "precision",
      [0.99650043249130249, 0.908028244972229, 0.99650174379348755, 0.95830762386322021]
    ),
    (
      "recall", "recall",
      [0.99586182832717896, 0.85127830505371094, 0.99586182832717896, 0.91501778364181519]
    ),
    (
      "accuracy", "accuracy",
      [0.99847292900085449, 0.99847286939620972, 0.99847298860549927, 0.99847286939620972]
    ),
  ]
}
