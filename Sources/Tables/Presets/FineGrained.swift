extension Preset {
  /// Fine-grained IoU of Wang et al. 2023 (arXiv 2310.19252), which was made to show what the mean
  /// over pixels hides.
  static let fineGrained: [Preset] =
    [
      Preset(
        "fine-grained.mIoU-D", "mIoU^D", versions: paper,
        "iou", "pool(batch, image, pixel) > score > mean(class else nan)",
        note:
          "Over the data set: large objects outweigh small ones within a class. A class of no pixel makes it NaN.",
        source: "JDTLosses 2024-07: metrics/mioud_metric.py"
      ).except(unlisted),
      Preset(
        "fine-grained.mIoU-I", "mIoU^I", versions: paper,
        "iou", "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)",
        note: "By image, over the classes that its truth has. Of more than two classes.",
        source: code
      ).except(unlisted),
      Preset(
        "fine-grained.mIoU-C", "mIoU^C", versions: paper,
        "iou", "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class else nan)",

        note:
          "By class, over the images whose truth has it; a class of no image makes it NaN. Of more than two classes.",
        source: code
      ).except(unlisted),
    ]
    + ["1%", "5%", "10%"].flatMap { share in
      [
        Preset(
          "fine-grained.mIoU-I-worst\(share)", "mIoU^I, q = \(share)", versions: paper,
          "iou", "pool(pixel) > score(if: truth) > mean(class) > worst(\(share))(image, batch)",

          note: "The mean over the worst of the images, at least one.", source: code
        ).except(unlisted),
        Preset(
          "fine-grained.mIoU-C-worst\(share)", "mIoU^C, q = \(share)", versions: paper,
          "iou", "pool(pixel) > score(if: truth) > worst(\(share))(image, batch) > mean(class)",

          note: "For each class the mean over the worst of the images that have it, at least one.",
          source: code
        ).except(
          unlisted,
          .classNeverTrue("the paper's code counts a class of no image as a million")),
      ]
    }

  private static let unlisted = Exception.unlistedPredictions(
    "the paper's code refuses labels that no class has")
  private static let paper = "arXiv 2310.19252; JDTLosses of 2024-07 was run"
  private static let code = "JDTLosses 2024-07: metrics/miouic_metric.py"
}
