extension Preset {
  /// segmentation_models_pytorch: every metric by every reduction, over the whole set as one call.
  static let segmentationModels: [Preset] = [
    Preset(
      "smp.iou_score.micro", "smp.metrics.iou_score(…, reduction=\"micro\")",
      versions: "smp 0.5 and 0.6", "iou", "pool(batch, image, pixel, class) > score",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9923911094665527),
    Preset(
      "smp.iou_score.macro", "smp.metrics.iou_score(…, reduction=\"macro\")",
      versions: "smp 0.5 and 0.6", "iou", "pool(batch, image, pixel) > score > mean(class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.8386712074279785),
    Preset(
      "smp.iou_score.micro-imagewise", "smp.metrics.iou_score(…, reduction=\"micro-imagewise\")",
      versions: "smp 0.5 and 0.6", "iou", "pool(pixel, class) > score > mean(batch, image else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9924077987670898),
    Preset(
      "smp.iou_score.macro-imagewise", "smp.metrics.iou_score(…, reduction=\"macro-imagewise\")",
      versions: "smp 0.5 and 0.6", "iou", "pool(pixel) > score > mean(batch, image, class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9032236933708191),
    Preset(
      "smp.f1_score.micro", "smp.metrics.f1_score(…, reduction=\"micro\")",
      versions: "smp 0.5 and 0.6", "dice", "pool(batch, image, pixel, class) > score",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9961810111999512),
    Preset(
      "smp.f1_score.macro", "smp.metrics.f1_score(…, reduction=\"macro\")",
      versions: "smp 0.5 and 0.6", "dice", "pool(batch, image, pixel) > score > mean(class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.8693958520889282),
    Preset(
      "smp.f1_score.micro-imagewise", "smp.metrics.f1_score(…, reduction=\"micro-imagewise\")",
      versions: "smp 0.5 and 0.6", "dice", "pool(pixel, class) > score > mean(batch, image else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9961813688278198),
    Preset(
      "smp.f1_score.macro-imagewise", "smp.metrics.f1_score(…, reduction=\"macro-imagewise\")",
      versions: "smp 0.5 and 0.6", "dice", "pool(pixel) > score > mean(batch, image, class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py", printed: 0.913135826587677
    ),
    Preset(
      "smp.precision.micro", "smp.metrics.precision(…, reduction=\"micro\")",
      versions: "smp 0.5 and 0.6", "precision", "pool(batch, image, pixel, class) > score",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9965004324913025),
    Preset(
      "smp.precision.macro", "smp.metrics.precision(…, reduction=\"macro\")",
      versions: "smp 0.5 and 0.6", "precision",
      "pool(batch, image, pixel) > score > mean(class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py", printed: 0.908028244972229
    ),
    Preset(
      "smp.precision.micro-imagewise", "smp.metrics.precision(…, reduction=\"micro-imagewise\")",
      versions: "smp 0.5 and 0.6", "precision",
      "pool(pixel, class) > score > mean(batch, image else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9965017437934875),
    Preset(
      "smp.precision.macro-imagewise", "smp.metrics.precision(…, reduction=\"macro-imagewise\")",
      versions: "smp 0.5 and 0.6", "precision",
      "pool(pixel) > score > mean(batch, image, class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9583076238632202),
    Preset(
      "smp.recall.micro", "smp.metrics.recall(…, reduction=\"micro\")",
      versions: "smp 0.5 and 0.6", "recall", "pool(batch, image, pixel, class) > score",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py", printed: 0.995861828327179
    ),
    Preset(
      "smp.recall.macro", "smp.metrics.recall(…, reduction=\"macro\")",
      versions: "smp 0.5 and 0.6", "recall",
      "pool(batch, image, pixel) > score > mean(class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.8512783050537109),
    Preset(
      "smp.recall.micro-imagewise", "smp.metrics.recall(…, reduction=\"micro-imagewise\")",
      versions: "smp 0.5 and 0.6", "recall",
      "pool(pixel, class) > score > mean(batch, image else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py", printed: 0.995861828327179
    ),
    Preset(
      "smp.recall.macro-imagewise", "smp.metrics.recall(…, reduction=\"macro-imagewise\")",
      versions: "smp 0.5 and 0.6", "recall",
      "pool(pixel) > score > mean(batch, image, class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9150177836418152),
    Preset(
      "smp.accuracy.micro", "smp.metrics.accuracy(…, reduction=\"micro\")",
      versions: "smp 0.5 and 0.6", "accuracy", "pool(batch, image, pixel, class) > score",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9984729290008545),
    Preset(
      "smp.accuracy.macro", "smp.metrics.accuracy(…, reduction=\"macro\")",
      versions: "smp 0.5 and 0.6", "accuracy",
      "pool(batch, image, pixel) > score > mean(class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9984728693962097),
    Preset(
      "smp.accuracy.micro-imagewise", "smp.metrics.accuracy(…, reduction=\"micro-imagewise\")",
      versions: "smp 0.5 and 0.6", "accuracy",
      "pool(pixel, class) > score > mean(batch, image else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9984729886054993),
    Preset(
      "smp.accuracy.macro-imagewise", "smp.metrics.accuracy(…, reduction=\"macro-imagewise\")",
      versions: "smp 0.5 and 0.6", "accuracy",
      "pool(pixel) > score > mean(batch, image, class else 1)",
      for: .independent, note: zeroDivision,
      source: "segmentation_models_pytorch 0.6.0: metrics/functional.py",
      printed: 0.9984728693962097),
  ]

  private static let zeroDivision =
    "Where a class is neither true nor predicted the score is zero_division, 1 unless said otherwise: absent classes lift the mean."
}
