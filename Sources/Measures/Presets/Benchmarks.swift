extension Preset {
  /// The evaluators of data sets and tool boxes: counts of the whole set, then a mean over classes.
  static let benchmarks: [Preset] = [
    Preset(
      "cityscapes.mean_iou", "csEvalPixelLevelSemanticLabeling",
      versions: "cityscapesScripts of 2025-09",
      "iou", "pool(batch, image, pixel) > score > mean(class)",
      note: "A class in neither truth nor prediction is left out.",
      source: "cityscapesScripts 0bcc4a7: evaluation/evalPixelLevelSemanticLabeling.py"),
    Preset(
      "mmseg.mIoU", "IoUMetric(iou_metrics=[\"mIoU\"])", versions: "mmsegmentation 1.2",
      "iou", "pool(batch, image, pixel) > score > mean(class)",
      note: "Printed as a percentage, rounded to two decimals; counts are added in float32.",
      source: "mmsegmentation 1.2.2: evaluation/metrics/iou_metric.py"),
    Preset(
      "mmseg.aAcc", "IoUMetric: aAcc", versions: "mmsegmentation 1.2",
      "accuracy", "pool(batch, image, pixel, class) > score", for: .exclusive,
      note: "Pixel accuracy: the largest classes are most of it.",
      source: "mmsegmentation 1.2.2: evaluation/metrics/iou_metric.py"),
    Preset(
      "mmseg.mAcc", "IoUMetric: mAcc", versions: "mmsegmentation 1.2",
      "recall", "pool(batch, image, pixel) > score > mean(class)",
      note: "What mmsegmentation calls the accuracy of a class is its recall.",
      source: "mmsegmentation 1.2.2: evaluation/metrics/iou_metric.py"),
    Preset(
      "huggingface.mean_iou", "evaluate.load(\"mean_iou\")", versions: "evaluate of 2026-04",
      "iou", "pool(batch, image, pixel) > score > mean(class)",
      source: "HuggingFace evaluate: metrics/mean_iou/mean_iou.py"),
    Preset(
      "detectron2.mIoU", "SemSegEvaluator: mIoU", versions: "detectron2 of 2026-06",
      "iou", "pool(batch, image, pixel) > score(if: truth) > mean(class)",
      note:
        "A class that is only predicted is left out of the mean, and its false positives with it.",
      source: "detectron2: evaluation/sem_seg_evaluation.py"),
    Preset(
      "nnunet.foreground_mean_dice", "nnUNetv2_evaluate_folder: foreground_mean Dice",
      versions: "nnU-Net v2 of 2026-07",
      "dice", "pool(pixel) > score > mean(image, batch) > mean(class)",
      note:
        "For nnU-Net the first class is background and left out: list only the foreground classes. It prints NaN where a class is in no case.",
      source: "nnU-Net v2: nnunetv2/evaluation/evaluate_predictions.py"),
    Preset(
      "sklearn.jaccard_score.macro", "jaccard_score(average=\"macro\", zero_division=0)",
      versions: "scikit-learn 1.9",
      "iou", "pool(batch, image, pixel) > score > mean(class else 0)", for: .independent,
      source: "scikit-learn 1.9.1: metrics/_classification.py", printed: 0.83867127130759977),
    Preset(
      "sklearn.jaccard_score.weighted", "jaccard_score(average=\"weighted\", zero_division=0)",
      versions: "scikit-learn 1.9",
      "iou", "pool(batch, image, pixel) > score > mean(class, by: truth)", for: .independent,
      note: "Weighted by true pixels: the largest classes are most of it.",
      source: "scikit-learn 1.9.1: metrics/_classification.py", printed: 0.99279457039307262),
  ]
}
