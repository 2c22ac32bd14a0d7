extension Preset {
  /// torchmetrics, over the whole set.
  static let torchMetrics: [Preset] =
    [
      Preset(
        "torchmetrics.MeanIoU", "torchmetrics.segmentation.MeanIoU(num_classes, per_class=False)",
        versions: "torchmetrics 1.9",
        "iou", "pool(pixel) > score > mean(image, class, batch)",
        note:
          "The mean is over all pairs of image and class that exist, so a rare class counts less; versions 1.4 and 1.5 counted absent classes as 0 (#2558, #2866).",
        source: "torchmetrics 1.9.0: segmentation/mean_iou.py", printed: 0.89187014102935791),
      Preset(
        "torchmetrics.DiceScore.macro", "torchmetrics.segmentation.DiceScore(average=\"macro\")",
        versions: "torchmetrics 1.9",
        "dice", "pool(pixel) > score > mean(class) > mean(image, batch)",
        source: "torchmetrics 1.9.0: segmentation/dice.py", printed: 0.912303626537323),
      Preset(
        "torchmetrics.DiceScore.micro", "torchmetrics.segmentation.DiceScore(average=\"micro\")",
        versions: "torchmetrics 1.9",
        "dice", "pool(pixel, class) > score > mean(image, batch)",
        source: "torchmetrics 1.9.0: segmentation/dice.py", printed: 0.99618136882781982),
    ] + classification

  /// The classification metrics by their averages; pixels are their samples.
  private static let classification: [Preset] = torchScores.flatMap { score in
    zip(torchAverages, score.printed).map { average, printed in
      Preset(
        "torchmetrics.\(score.name).\(average.name)",
        "torchmetrics.classification.\(score.name)(average=\"\(average.name)\")",
        versions: "torchmetrics 1.9", score.measure, average.chain, for: score.domain,
        source: "torchmetrics 1.9.0: classification", printed: printed)
    }
  }

  private static let torchAverages: [(name: String, chain: String)] = [
    ("micro", "pool(batch, image, pixel, class) > score"),
    ("macro", "pool(batch, image, pixel) > score > mean(class)"),
    ("weighted", "pool(batch, image, pixel) > score > mean(class, by: truth)"),
  ]

  /// What torchmetrics 1.9.0 printed for the sample, in the order of the averages: of classes
  /// above 0.5, or of the most probable class where they exclude each other.
  private static let torchScores:
    [(name: String, measure: String, domain: Domain, printed: [Double])] = [
      (
        "MultilabelJaccardIndex", "iou", .independent,
        [0.99239110946655273, 0.83867120742797852, 0.99279451370239258]
      ),
      (
        "MultilabelF1Score", "dice", .independent,
        [0.99618101119995117, 0.86939585208892822, 0.99577575922012329]
      ),
      (
        "MulticlassJaccardIndex", "iou", .exclusive,
        [0.99306917190551758, 0.8347630500793457, 0.99330496788024902]
      ),
      (
        "MulticlassF1Score", "dice", .exclusive,
        [0.99652254581451416, 0.86405444145202637, 0.99599045515060425]
      ),
      (
        "MulticlassAccuracy", "accuracy", .exclusive,
        [0.99652254581451416, 0.84341931343078613, 0.99652248620986938]
      ),
    ]
}
