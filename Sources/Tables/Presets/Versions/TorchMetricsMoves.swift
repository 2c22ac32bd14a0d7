extension Preset {
  /// What torchmetrics printed otherwise before 1.9.
  static let torchMetricsMoves: [Move] =
    (torchMulticlassMoves + torchMeanIoUMoves + torchDiceMoves).compactMap(\.self)

  private static let torchMulticlassMoves: [Move?] = [
    "JaccardIndex", "F1Score", "Accuracy", "Precision", "Recall",
  ].map { score in
    .row(
      "torchmetrics.Multiclass\(score).macro", since: Version(1, 0), last: "0.11",
      held: "torchmetrics 0.11 (0.11.4 was run)",
      why:
        "A class that is neither true nor predicted counted 0 in the mean; since 1.0 it is left out.",
      source: "torchmetrics 0.11.4 and 1.0.3: functional/classification; both were run"
    ) {
      $0.replaceChain("pool(batch, image, pixel) > score > mean(class else 0)")
    }
  }

  private static let torchMeanIoUMoves: [Move?] = [
    "torchmetrics.MeanIoU", "torchmetrics.MeanIoU.per_class",
  ].flatMap { id -> [Move?] in
    [
      .row(
        id, since: Version(1, 4, 2), last: "1.4.1", held: "torchmetrics 1.4.1 (it was run)",
        why:
          "The batches' values were added up and not divided by their number, so the score grew with it and was soon above 1; a class that an image lacks counted 0.",
        source: "torchmetrics 1.4.1 and 1.4.2: segmentation/mean_iou.py; both were run"
      ) {
        $0.replaceChain("pool(pixel) > score > mean(image, class else 0) > sum(batch)")
      },
      .row(
        id, since: Version(1, 7, 1), last: "1.7.0",
        held: "torchmetrics 1.4.2 to 1.7.0 (1.4.2, 1.5.2, 1.6.2 and 1.7.0 were run)",
        why:
          "A class that an image lacks counted 0, and a short last batch as much as a full one; since 1.7.1 only what exists is averaged.",
        source: "torchmetrics 1.7.0 and 1.7.1: segmentation/mean_iou.py; both were run"
      ) {
        $0.replaceChain("pool(pixel) > score > mean(image, class else 0) > mean(batch)")
      },
    ]
  }

  private static let torchDiceMoves: [Move?] =
    [("", "micro"), (".macro", "macro"), (".micro", "micro"), (".weighted", "weighted")]
    .flatMap { name, average -> [Move?] in
      [
        .row(
          "torchmetrics.DiceScore\(name)", since: Version(1, 6, 2), last: "1.6.1",
          held: "torchmetrics 1.6.0 and 1.6.1 (both were run)",
          why: "What is neither true nor predicted was 1; since 1.6.2 it is 0.",
          source: "torchmetrics 1.6.1 and 1.6.2: segmentation/dice.py; both were run"
        ) {
          $0.replaceChain(torchDice(average, nothing: 1))
          $0.exceptions = average == "weighted" ? [noTruth] : []
        },
        .row(
          "torchmetrics.DiceScore\(name)", since: Version(1, 8), last: "1.7",
          held: "torchmetrics 1.6.2 to 1.7 (1.6.2, 1.7.0 and 1.7.1 were run)",
          why: "What is neither true nor predicted was 0; since 1.8 it is left out.",
          source: "torchmetrics 1.7.1 and 1.8.0: segmentation/dice.py; both were run"
        ) {
          $0.replaceChain(torchDice(average, nothing: 0))
          $0.exceptions = []
        },
      ]
    } + [
      .row(
        "torchmetrics.DiceScore", since: Version(1, 9), last: "1.8",
        held: "torchmetrics 1.8 (1.8.0 and 1.8.2 were run)",
        why: "average is \"micro\" unless said otherwise; since 1.9 it is \"macro\" (#3031).",
        source: "torchmetrics 1.8.2 and 1.9.0: segmentation/dice.py; both were run"
      ) { $0.replaceChain("pool(pixel, class) > score > mean(image, batch)") }
    ]

  /// - Parameter nothing: the Dice of a class that is neither true nor predicted.
  private static func torchDice(_ average: String, nothing: Int) -> String {
    switch average {
    case "micro": "pool(pixel, class) > score > mean(image, batch else \(nothing))"
    case "macro": "pool(pixel) > score > mean(class else \(nothing)) > mean(image, batch)"
    default:
      "pool(pixel) > score > mean(class, by: truth else \(nothing)) > mean(image, batch else \(nothing))"
    }
  }

  private static let noTruth = Exception.imageOfNothing(
    "torchmetrics gave every class of an image without any a weight of 1, and added their scores")
}
