extension Preset {
  /// torchmetrics, over the whole set.
  static let torchMetrics: [Preset] = [
    Preset(
      "torchmetrics.MeanIoU", "torchmetrics.segmentation.MeanIoU(num_classes, per_class=False)",
      versions: "torchmetrics 1.8 and 1.9",
      "iou", "pool(pixel) > score > mean(image, class, batch)",
      note:
        "The mean is over all pairs of image and class that exist, so a rare class counts less; versions 1.4 to 1.7 counted absent classes as 0.",
      source: "torchmetrics 1.9.0: segmentation/mean_iou.py", printed: 0.89187014102935791),
    Preset(
      "torchmetrics.DiceScore.macro", "torchmetrics.segmentation.DiceScore(average=\"macro\")",
      versions: "torchmetrics 1.8 and 1.9",
      "dice", "pool(pixel) > score > mean(class) > mean(image, batch)",
      source: "torchmetrics 1.9.0: segmentation/dice.py", printed: 0.912303626537323),
    Preset(
      "torchmetrics.DiceScore.micro", "torchmetrics.segmentation.DiceScore(average=\"micro\")",
      versions: "torchmetrics 1.4 to 1.9",
      "dice", "pool(pixel, class) > score > mean(image, batch)",
      source: "torchmetrics 1.9.0: segmentation/dice.py", printed: 0.99618136882781982),
    Preset(
      "torchmetrics.MultilabelJaccardIndex.micro",
      "torchmetrics.classification.MultilabelJaccardIndex(average=\"micro\")",
      versions: "torchmetrics 1.0 to 1.9", "iou", "pool(batch, image, pixel, class) > score",
      for: .independent, source: "torchmetrics 1.9.0: classification", printed: 0.9923911094665527),
    Preset(
      "torchmetrics.MultilabelJaccardIndex.macro",
      "torchmetrics.classification.MultilabelJaccardIndex(average=\"macro\")",
      versions: "torchmetrics 1.0 to 1.9", "iou", "pool(batch, image, pixel) > score > mean(class)",
      for: .independent, source: "torchmetrics 1.9.0: classification", printed: 0.8386712074279785),
    Preset(
      "torchmetrics.MultilabelJaccardIndex.weighted",
      "torchmetrics.classification.MultilabelJaccardIndex(average=\"weighted\")",
      versions: "torchmetrics 1.0 to 1.9", "iou",
      "pool(batch, image, pixel) > score > mean(class, by: truth)",
      for: .independent, source: "torchmetrics 1.9.0: classification", printed: 0.9927945137023926),
    Preset(
      "torchmetrics.MultilabelF1Score.micro",
      "torchmetrics.classification.MultilabelF1Score(average=\"micro\")",
      versions: "torchmetrics 1.0 to 1.9", "dice", "pool(batch, image, pixel, class) > score",
      for: .independent, source: "torchmetrics 1.9.0: classification", printed: 0.9961810111999512),
    Preset(
      "torchmetrics.MultilabelF1Score.macro",
      "torchmetrics.classification.MultilabelF1Score(average=\"macro\")",
      versions: "torchmetrics 1.0 to 1.9", "dice",
      "pool(batch, image, pixel) > score > mean(class)",
      for: .independent, source: "torchmetrics 1.9.0: classification", printed: 0.8693958520889282),
    Preset(
      "torchmetrics.MultilabelF1Score.weighted",
      "torchmetrics.classification.MultilabelF1Score(average=\"weighted\")",
      versions: "torchmetrics 1.0 to 1.9", "dice",
      "pool(batch, image, pixel) > score > mean(class, by: truth)",
      for: .independent, source: "torchmetrics 1.9.0: classification", printed: 0.9957757592201233),
    Preset(
      "torchmetrics.MulticlassJaccardIndex.micro",
      "torchmetrics.classification.MulticlassJaccardIndex(average=\"micro\")",
      versions: "torchmetrics 1.0 to 1.9", "iou", "pool(batch, image, pixel, class) > score",
      for: .exclusive, source: "torchmetrics 1.9.0: classification"),
    Preset(
      "torchmetrics.MulticlassJaccardIndex.macro",
      "torchmetrics.classification.MulticlassJaccardIndex(average=\"macro\")",
      versions: "torchmetrics 1.0 to 1.9", "iou", "pool(batch, image, pixel) > score > mean(class)",
      for: .exclusive, source: "torchmetrics 1.9.0: classification"),
    Preset(
      "torchmetrics.MulticlassF1Score.micro",
      "torchmetrics.classification.MulticlassF1Score(average=\"micro\")",
      versions: "torchmetrics 1.0 to 1.9", "dice", "pool(batch, image, pixel, class) > score",
      for: .exclusive, source: "torchmetrics 1.9.0: classification"),
    Preset(
      "torchmetrics.MulticlassF1Score.macro",
      "torchmetrics.classification.MulticlassF1Score(average=\"macro\")",
      versions: "torchmetrics 1.0 to 1.9", "dice",
      "pool(batch, image, pixel) > score > mean(class)",
      for: .exclusive, source: "torchmetrics 1.9.0: classification"),
    Preset(
      "torchmetrics.MulticlassAccuracy.micro",
      "torchmetrics.classification.MulticlassAccuracy(average=\"micro\")",
      versions: "torchmetrics 1.0 to 1.9", "accuracy", "pool(batch, image, pixel, class) > score",
      for: .exclusive, source: "torchmetrics 1.9.0: classification"),
    Preset(
      "torchmetrics.MulticlassAccuracy.macro",
      "torchmetrics.classification.MulticlassAccuracy(average=\"macro\")",
      versions: "torchmetrics 1.0 to 1.9", "accuracy",
      "pool(batch, image, pixel) > score > mean(class)",
      for: .exclusive, source: "torchmetrics 1.9.0: classification"),
  ]
}
