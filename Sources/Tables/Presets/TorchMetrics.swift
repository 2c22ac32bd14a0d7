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
        "The mean is over all pairs of image and class that exist, so a rare class counts less.",
      source: "torchmetrics 1.9.0: segmentation/mean_iou.py"),
    Preset(
      "torchmetrics.MeanIoU.per_class",
      "torchmetrics.segmentation.MeanIoU(num_classes, per_class=True), averaged over classes",
      versions: torchVersions, "iou", "pool(pixel) > score > mean(image, batch) > mean(class)",
      note: "A class that no image has is printed as −1, and left out here.",
      source: "torchmetrics 1.9.0: segmentation/mean_iou.py"),
    Preset(
      "torchmetrics.DiceScore", "torchmetrics.segmentation.DiceScore(num_classes)",
      versions: torchVersions,
      "dice", "pool(pixel) > score > mean(class) > mean(image, batch)",
      note: "average is \"macro\" unless said otherwise; before 1.9 it was \"micro\".",
      source: "torchmetrics 1.9.0: segmentation/dice.py"),
    Preset(
      "torchmetrics.DiceScore.macro", "torchmetrics.segmentation.DiceScore(average=\"macro\")",
      versions: torchVersions,
      "dice", "pool(pixel) > score > mean(class) > mean(image, batch)",
      source: "torchmetrics 1.9.0: segmentation/dice.py"),
    Preset(
      "torchmetrics.DiceScore.micro", "torchmetrics.segmentation.DiceScore(average=\"micro\")",
      versions: torchVersions,
      "dice", "pool(pixel, class) > score > mean(image, batch)",
      note: "With the background in it.",
      source: "torchmetrics 1.9.0: segmentation/dice.py"),
    Preset(
      "torchmetrics.DiceScore.weighted",
      "torchmetrics.segmentation.DiceScore(average=\"weighted\")", versions: torchVersions,
      "dice", "pool(pixel) > score > mean(class, by: truth) > mean(image, batch)",
      note: "By the true pixels of each image: the largest classes are most of it.",
      source: "torchmetrics 1.9.0: segmentation/dice.py"
    ).except(
      .imageWithoutTruth(
        "torchmetrics counts an image in which nothing is true and something is predicted as 0")),
    Preset(
      "torchmetrics.GeneralizedDiceScore.linear",
      "torchmetrics.segmentation.GeneralizedDiceScore(weight_type=\"linear\")",
      versions: torchVersions, "generalized-dice", with: ["k": 0],
      "pool(pixel, class) > score > mean(image, batch else 0)",
      note:
        "All classes weigh alike.",
      source: generalizedFile),
    generalizedDice("", "num_classes", k: 2),
    generalizedDice(".simple", "weight_type=\"simple\"", k: 1),
    Preset(
      "torchmetrics.MulticlassCohenKappa",
      "torchmetrics.classification.MulticlassCohenKappa(num_classes)", versions: torchVersions,
      "kappa", "pool(batch, image, pixel, class) > score", for: .exclusive,
      note: "NaN where one class is all that is true and predicted.",
      source: "torchmetrics 1.9.0: functional/classification/cohen_kappa.py"
    ).except(
      .notAveraged("torchmetrics' Cohen's κ is of all classes"),
      .unlistedPredictions("torchmetrics fails where a label is predicted that no class has")),
    Preset(
      "torchmetrics.MultilabelHammingDistance",
      "torchmetrics.classification.MultilabelHammingDistance(num_labels)", versions: torchVersions,
      sum: [
        Term(1), Term(-1, Part("binary-accuracy", "pool(batch, image, pixel, class) > score")),
      ], for: .independent,
      note:
        "One less the accuracy, smaller is better; taken in single precision, so its own number is 3e-6 off on the sample.",
      source: "torchmetrics 1.9.0: classification/hamming.py"
    ).except(outside, oneLabel),
  ]

  private static let generalizedFile =
    "torchmetrics 1.9.0: functional/segmentation/generalized_dice.py"

  private static func generalizedDice(_ name: String, _ argument: String, k: Double) -> Preset {
    Preset(
      "torchmetrics.GeneralizedDiceScore\(name)",
      "torchmetrics.segmentation.GeneralizedDiceScore(\(argument))", versions: torchVersions,
      "generalized-dice", with: ["k": k], "pool(pixel, class) > score > mean(image, batch else 0)",
      note: k == 2
        ? "weight_type is \"square\" unless said otherwise: the rarest class of an image is most of it."
        : "",
      source: generalizedFile
    ).except(
      .predictedWhereAbsent(
        "torchmetrics 1.9 gives a class that an image lacks the weight of another class, by an index that is mixed up"
      ))
  }

  private static let outside = Exception.probabilitiesOutside(
    "torchmetrics takes the sigmoid of everything where a number lies outside 0…1")
  private static let oneLabel = Exception.oneClass(
    "torchmetrics' Multilabel metrics refuse a single label; its Binary metrics take one")

  /// The classification metrics by their averages; pixels are their samples.
  private static let torchClassification: [Preset] = torchScores.flatMap { score in
    ["micro", "macro", "weighted"].flatMap { average in
      [multilabel(score, average), multiclass(score, average)]
    }
  }

  private typealias TorchScore = (name: String, measure: String, zeroDivision: Bool)

  private static let torchScores: [TorchScore] = [
    ("JaccardIndex", "iou", false), ("F1Score", "dice", false), ("Accuracy", "accuracy", true),
    ("Precision", "precision", true), ("Recall", "recall", true),
  ]

  private static let pooled = "pool(batch, image, pixel) > score"

  /// Every label counts, and a score that does not exist is 0.
  private static func multilabel(_ score: TorchScore, _ average: String) -> Preset {
    let chain =
      switch average {
      case "micro": "pool(batch, image, pixel, class) > score"
      case "macro": "\(pooled) > mean(class else 0)"
      default: "\(pooled) > mean(class, by: truth else 0)"
      }
    return classification("Multilabel", score, average, score.measure, chain, for: .independent)
      .except(outside, oneLabel)
  }

  /// A class that is neither true nor predicted is left out; where only the denominator of its score
  /// is 0, the score is 0.
  private static func multiclass(_ score: TorchScore, _ average: String) -> Preset {
    let isJaccard = score.name == "JaccardIndex"
    let chain =
      switch average {
      case "micro": "pool(batch, image, pixel, class) > score"
      case "macro": "\(pooled) > mean(class)"
      default: "\(pooled) > mean(class, by: truth else 0)"
      }
    // Over all classes a pixel is right or wrong once, whatever the score is called.
    let measure = average == "micro" && !isJaccard ? "accuracy" : score.measure
    let preset = classification(
      "Multiclass", score, average, measure, chain, for: .exclusive)
    return average == "micro" && !isJaccard
      ? preset.except(
        .notAveraged(
          "without a class in it a pixel is no longer right or wrong once, and torchmetrics has no such call"
        ))
      : preset.except(
        .ignoredAmongClasses(
          "for torchmetrics a label that is ignored and predicted stays a class, with a score of 0"),
        .unlistedPredictions("torchmetrics fails where a label is predicted that no class has"))
  }

  private static func classification(
    _ kind: String, _ score: TorchScore, _ average: String, _ measure: String, _ chain: String,
    for domain: Domain
  ) -> Preset {
    let preset = Preset(
      "torchmetrics.\(kind)\(score.name).\(average)",
      "torchmetrics.classification.\(kind)\(score.name)(average=\"\(average)\")",
      versions: torchVersions, measure,
      with: score.zeroDivision && average == "macro" && kind == "Multiclass"
        ? ["zero_division": 0] : [:], chain, for: domain,
      note: note(kind, score.name, average), source: "torchmetrics 1.9.0: classification")
    // Of no class, the Jaccard index averages nothing and is NaN.
    return score.name == "JaccardIndex" && average != "micro" ? preset : preset.orElse(0)
  }

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
