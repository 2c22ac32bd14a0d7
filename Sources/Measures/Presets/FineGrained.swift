extension Preset {
  /// Fine-grained IoU of Wang et al. 2023 (arXiv 2310.19252), which was made to show what the mean
  /// over pixels hides.
  static let fineGrained: [Preset] = [
    Preset(
      "fine-grained.mIoU-D", "mIoU^D", versions: "arXiv 2310.19252",
      "iou", "pool(batch, image, pixel) > score > mean(class)",
      note: "Over the data set: large objects outweigh small ones within a class.",
      source: "JDTLosses 2024-07: fine_grained_miou"),
    Preset(
      "fine-grained.mIoU-I", "mIoU^I", versions: "arXiv 2310.19252",
      "iou", "pool(pixel) > score(if: truth) > mean(class) > mean(image, batch)",
      note: "By image, over the classes that its truth has.",
      source: "JDTLosses 2024-07: fine_grained_miou"),
    Preset(
      "fine-grained.mIoU-C", "mIoU^C", versions: "arXiv 2310.19252",
      "iou", "pool(pixel) > score(if: truth) > mean(image, batch) > mean(class)",
      note: "By class, over the images whose truth has it.",
      source: "JDTLosses 2024-07: fine_grained_miou"),
    Preset(
      "fine-grained.mIoU-I-worst1%", "mIoU^I of the worst 1 %", versions: "arXiv 2310.19252",
      "iou", "pool(pixel) > score(if: truth) > mean(class) > worst(1%)(image, batch)",
      note: "The mean over the worst hundredth of the images, at least one.",
      source: "JDTLosses 2024-07: fine_grained_miou"),
  ]
}
