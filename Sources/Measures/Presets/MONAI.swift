extension Preset {
  private static let smooth: [String: Double] = ["smooth_nr": 1e-5, "smooth_dr": 1e-5]

  /// MONAI, over the whole set as one batch; its metrics keep a row an image.
  static let monai: [Preset] = [
    Preset(
      "monai.DiceLoss", "monai.losses.DiceLoss()(p, t)", versions: "MONAI 1.5 and 1.6",
      "soft-dice", with: smooth, "pool(pixel) > score > mean(image, class, batch)",
      note:
        "An image that lacks a class, and of which nothing is predicted, has a loss of about 0 there, and one with a trace of it a loss of about 1.",
      source: "MONAI 1.6.1: monai/losses/dice.py", printed: 0.21336860954761505),
    Preset(
      "monai.DiceLoss.batch", "monai.losses.DiceLoss(batch=True)(p, t)",
      versions: "MONAI 1.5 and 1.6",
      "soft-dice", with: smooth, "pool(pixel, image, batch) > score > mean(class)",
      source: "MONAI 1.6.1: monai/losses/dice.py", printed: 0.19498403370380402),
    Preset(
      "monai.DiceLoss.squared", "monai.losses.DiceLoss(squared_pred=True)(p, t)",
      versions: "MONAI 1.5 and 1.6",
      "soft-dice", with: ["smooth_nr": 1e-5, "smooth_dr": 1e-5, "squared": 1],
      "pool(pixel) > score > mean(image, class, batch)",
      source: "MONAI 1.6.1: monai/losses/dice.py", printed: 0.18932370841503143),
    Preset(
      "monai.TverskyLoss", "monai.losses.TverskyLoss(alpha=0.5, beta=0.5)(p, t)",
      versions: "MONAI 1.5 and 1.6",
      "tversky", with: smooth, "pool(pixel) > score > mean(image, class, batch)",
      source: "MONAI 1.6.1: monai/losses/tversky.py"),
    Preset(
      "monai.DiceMetric", "monai.metrics.DiceMetric(reduction=\"mean\")",
      versions: "MONAI 1.5 and 1.6",
      "dice", "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)",
      note:
        "With ignore_empty=True an image without a class is left out, whatever was predicted there: false positives on it are free.",
      source: "MONAI 1.6.1: monai/metrics/meandice.py, metrics/utils.py: do_metric_reduction"),
    Preset(
      "monai.DiceMetric.mean_batch", "DiceMetric(reduction=\"mean_batch\"), averaged over classes",
      versions: "MONAI 1.5 and 1.6",
      "dice", "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class)",
      note: "The same scores in the other order: a rare class counts as much as any.",
      source: "MONAI 1.6.1: monai/metrics/utils.py: do_metric_reduction"),
    Preset(
      "monai.MeanIoU", "monai.metrics.MeanIoU(reduction=\"mean\")", versions: "MONAI 1.5 and 1.6",
      "iou", "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)",
      source: "MONAI 1.6.1: monai/metrics/meaniou.py"),
  ]
}
