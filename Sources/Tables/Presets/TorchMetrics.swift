internal import Counting

extension Preset {
  /// torchmetrics, over the whole set.
  static let torchMetrics: [Preset] = torchSegmentation + torchClassification

  private static let torchVersions = "torchmetrics 1.9 (1.9.0 was run)"

  private static let torchSegmentation: [Preset] = [
    Preset(
      "torchmetrics.MeanIoU", "torchmetrics.segmentation.MeanIoU(num_classes, per_class=False)",
      versions: torchVersions,
      "iou", "pool(pixel) > score > mean(image, class, batch)",
      note:
        "The mean is over all pairs of image and class that exist, so a rare class counts less; versions 1.4 and 1.5 counted absent classes as 0 (#2558, #2866).",
      source: "torchmetrics 1.9.0: segmentation/mean_iou.py"),
    Preset(
      "torchmetrics.MeanIoU.per_class",
      "torchmetrics.segmentation.MeanIoU(num_classes, per_class=True), averaged over classes",
      versions: torchVersions, "iou", "pool(pixel) > score > mean(image, batch) > mean(class)",
      note: "A class that no image has is printed as −1, and left out here.",
      source: "torchmetrics 1.9.0: segmentation/mean_iou.py"),
    Preset(
      "torchmetrics.DiceScore.macro", "torchmetrics.segmentation.DiceScore(average=\"macro\")",
      versions: torchVersions,
      "dice", "pool(pixel) > score > mean(class) > mean(image, batch)",
      source: "torchmetrics 1.9.0: segmentation/dice.py"),
    Preset(
      "torchmetrics.DiceScore.micro", "torchmetrics.segmentation.DiceScore(average=\"micro\")",
      versions: torchVersions,
      "dice", "pool(pixel, class) > score > mean(image, batch)",
      note: "The default before 1.9, with the background in it (#3031).",
      source: "torchmetrics 1.9.0: segmentation/dice.py"),
    Preset(
      "torchmetrics.DiceScore.weighted",
      "torchmetrics.segmentation.DiceScore(average=\"weighted\")", versions: torchVersions,
      "dice", "pool(pixel) > score > mean(class, by: truth) > mean(image, batch)",
      note: "By the true pixels of each image: the largest classes are most of it.",
      source: "torchmetrics 1.9.0: segmentation/dice.py"),
    Preset(
      "torchmetrics.GeneralizedDiceScore.linear",
      "torchmetrics.segmentation.GeneralizedDiceScore(weight_type=\"linear\")",
      versions: torchVersions, "generalized-dice", with: ["k": 0],
      "pool(pixel, class) > score > mean(image, batch)",
      note:
        "All classes weigh alike. The weight types square and simple have no preset: version 1.9 gives an absent class the weight of another image.",
      source: "torchmetrics 1.9.0: segmentation/generalized_dice.py"),
    Preset(
      "torchmetrics.MultilabelHammingDistance",
      "torchmetrics.classification.MultilabelHammingDistance(num_labels)", versions: torchVersions,
      sum: [
        Term(1), Term(-1, Part("binary-accuracy", "pool(batch, image, pixel, class) > score")),
      ], for: .independent,
      note:
        "One less the accuracy, smaller is better; taken in single precision, so its own number is 3e-6 off on the sample.",
      source: "torchmetrics 1.9.0: classification/hamming.py"),
  ]

  /// The classification metrics by their averages; pixels are their samples.
  private static let torchClassification: [Preset] = [
    ("Multilabel", Domain.independent), ("Multiclass", .exclusive),
  ].flatMap { kind, domain in
    torchScores.flatMap { score in
      torchAverages.map { average, chain, empty in
        Preset(
          "torchmetrics.\(kind)\(score.name).\(average)",
          "torchmetrics.classification.\(kind)\(score.name)(average=\"\(average)\")",
          versions: torchVersions, score.measure, score.countsEmpty ? empty : chain, for: domain,
          note: note(kind, score.name, average), source: "torchmetrics 1.9.0: classification")
      }
    }
  }

  private static let torchScores: [(name: String, measure: String, countsEmpty: Bool)] = [
    ("JaccardIndex", "iou", false), ("F1Score", "dice", false), ("Accuracy", "accuracy", false),
    ("Precision", "precision", true), ("Recall", "recall", false),
  ]

  /// Where nothing of a class was predicted its precision is 0, and counts.
  private static let torchAverages: [(name: String, chain: String, empty: String)] = [
    (
      "micro", "pool(batch, image, pixel, class) > score",
      "pool(batch, image, pixel, class) > score"
    ),
    (
      "macro", "pool(batch, image, pixel) > score > mean(class)",
      "pool(batch, image, pixel) > score > mean(class else 0)"
    ),
    (
      "weighted", "pool(batch, image, pixel) > score > mean(class, by: truth)",
      "pool(batch, image, pixel) > score > mean(class, by: truth else 0)"
    ),
  ]

  private static func note(_ kind: String, _ score: String, _ average: String) -> String {
    switch (kind, score, average) {
    case ("Multiclass", "Accuracy", "macro"), ("Multiclass", "Accuracy", "weighted"):
      "The accuracy of a class is its recall."
    case ("Multiclass", "F1Score", "micro"), ("Multiclass", "Precision", "micro"),
      ("Multiclass", "Recall", "micro"), ("Multiclass", "Accuracy", "micro"):
      "Over all classes of which each pixel has one this is the pixel accuracy, whatever it is called."
    default: ""
    }
  }
}
