internal import Counting

extension Preset {
  /// The evaluators of data sets and tool boxes.
  static let benchmarks: [Preset] = dataSets + nnUNet + ultralytics

  private static let ofSet = "pool(batch, image, pixel) > score > mean(class)"
  private static let ofTruth = "pool(batch, image, pixel) > score(if: truth) > mean(class)"
  private static let ofPixels = "pool(batch, image, pixel, class) > score"

  private static let percentage = "Printed as a percentage."
  private static let onlyPredicted =
    "A class that is only predicted is left out of the mean, and its false positives with it."

  /// Counts of the whole set, then a mean over classes.
  private static let dataSets: [Preset] = [
    Preset(
      "cityscapes.mean_iou", "csEvalPixelLevelSemanticLabeling",
      versions: "cityscapesScripts of 2025-09", "iou", ofSet,
      note: "A class in neither truth nor prediction is left out.",
      source: "cityscapesScripts 0bcc4a7: evaluation/evalPixelLevelSemanticLabeling.py"),
    Preset(
      "huggingface.mean_iou", "evaluate.load(\"mean_iou\"): mean_iou", versions: evaluate,
      "iou", ofSet, note: "reduce_labels renumbers the truth alone.",
      source: evaluateFile
    ).except(
      .ignoredAmongClasses(
        "for HuggingFace a label that is ignored and predicted stays a class, with an IoU of 0")),
    Preset(
      "huggingface.mean_accuracy", "evaluate.load(\"mean_iou\"): mean_accuracy",
      versions: evaluate, "recall", ofSet,
      note: "The accuracy of a class is its recall.",
      source: evaluateFile),
    Preset(
      "huggingface.overall_accuracy", "evaluate.load(\"mean_iou\"): overall_accuracy",
      versions: evaluate, "recall", ofPixels, for: .exclusive,
      note: "The share of labelled pixels that were found.", source: evaluateFile),
    Preset(
      "detectron2.mIoU", "SemSegEvaluator: mIoU", versions: detectron, "iou", ofTruth,
      note: "\(onlyPredicted) \(percentage)", source: detectronFile),
    Preset(
      "detectron2.fwIoU", "SemSegEvaluator: fwIoU", versions: detectron, "iou",
      "pool(batch, image, pixel) > score(if: truth) > mean(class, by: truth)",
      note: "By true pixels: the largest classes are most of it. \(percentage)",
      source: detectronFile
    ).orElse(0),
    Preset(
      "detectron2.mACC", "SemSegEvaluator: mACC", versions: detectron, "recall", ofTruth,
      note: "The accuracy of a class is its recall. \(percentage)", source: detectronFile),
    Preset(
      "detectron2.pACC", "SemSegEvaluator: pACC", versions: detectron, "recall", ofPixels,
      for: .exclusive, note: percentage, source: detectronFile),
  ]

  private static let evaluate = "evaluate of 2026-04"
  private static let evaluateFile = "HuggingFace evaluate: metrics/mean_iou/mean_iou.py"
  private static let detectron = "detectron2 of 2026-06"
  private static let detectronFile = "detectron2: evaluation/sem_seg_evaluation.py"

  private static let background =
    "For nnU-Net the first class is background: give it the weight 0 (`weights: [0, 1, 1, …]`), which its Dice leaves out and its cross-entropy does not see."

  /// Cross-entropy less the Dice score; the same as its Dice loss less 1.
  private static func nnUNetLoss(_ id: String, _ call: String, _ dice: String) -> Preset {
    Preset(
      id, call, versions: "nnU-Net 2 (2.8.1 was run)",
      sum: [
        Term(1, Part("ce", "mean(class, pixel, image)")),
        Term(1, Part("soft-dice", with: ["smooth_nr": 1e-5, "smooth_dr": 1e-5], dice)),
        Term(-1),
      ], rest: "mean(batch)", for: .exclusiveLogits,
      note:
        "It starts at −1, which is perfect. \(background) Of the full resolution alone: deep supervision adds the coarser outputs.",
      source: "nnU-Net 2.8.1: nnunetv2/training/loss/compound_losses.py, dice.py"
    ).except(
      .emptyBatches("nnU-Net's loss of a batch without a counted pixel is −1, and counts"))
  }

  private static let nnUNet: [Preset] = [
    nnUNetLoss(
      "nnunet.loss", "DC_and_CE_loss, batch_dice=False",
      "pool(pixel) > score > mean(image, class, by: class-weights)"),
    nnUNetLoss(
      "nnunet.loss.batch_dice", "DC_and_CE_loss, batch_dice=True",
      "pool(pixel, image) > score > mean(class, by: class-weights)"),
    folder("Dice", "dice"),
    folder("IoU", "iou"),
  ]

  private static func folder(_ name: String, _ measure: String) -> Preset {
    Preset(
      "nnunet.foreground_mean_\(name.lowercased())",
      "nnUNetv2_evaluate_folder: foreground_mean \(name)",
      versions: "nnU-Net 2 (2.8.1 was run)", measure,
      "pool(pixel) > score > mean(image, batch) > mean(class else nan)",
      note:
        "For nnU-Net the first class is background and left out: list only the foreground classes. It prints NaN where a class is in no case. The Dice that training prints is of all validation batches pooled, and another number.",
      source: "nnU-Net 2.8.1: nnunetv2/evaluation/evaluate_predictions.py")
  }

  private static let ultralyticsVersions = "ultralytics 8.4 (8.4.190 was run)"
  private static let ultralyticsLoss =
    "ultralytics 8.4.190: ultralytics/utils/loss.py, SemanticSegmentationLoss"

  private static let ultralytics: [Preset] = [
    Preset(
      "ultralytics.mIoU", "yolo semantic val: mIoU", versions: ultralyticsVersions, "iou", ofTruth,
      note: "\(onlyPredicted)", source: "ultralytics 8.4.190: utils/metrics.py"
    ).orElse(0).except(
      .unlistedPredictions(
        "ultralytics drops pixels whose predicted label no class has, here they are misses")),
    Preset(
      "ultralytics.ce_loss", "yolo semantic val: ce_loss", versions: ultralyticsVersions, "ce",
      "mean(class, pixel, image, by: class-weights) > mean(batch else 0)", for: .exclusiveLogits,
      note:
        "Divided by the weights of the batch's labels, or by 1 where they sum to less.",
      source: ultralyticsLoss),
    Preset(
      "ultralytics.dice_loss", "yolo semantic val: dice_loss", versions: ultralyticsVersions,
      "soft-dice", with: ["smooth_nr": 1, "smooth_dr": 1],
      "pool(pixel, image) > score > mean(class) > mean(batch)", for: .exclusiveLogits,
      note: "Over the images of a batch; a class that a batch lacks costs nothing.",
      source: ultralyticsLoss),
  ]
}
