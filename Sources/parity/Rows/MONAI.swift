import Core
import Counting
import Tables

extension ParityRow {
  static let monai: [String: ParityRow] = monaiLosses.merging(monaiMetrics) { $1 }

  private static let smooth = ["smooth_nr": 1e-5, "smooth_dr": 1e-5]

  private static let monaiLosses: [String: ParityRow] = {
    let tversky = smooth.merging(["alpha": 0.7, "beta": 0.3]) { $1 }
    let all = "mean(image, class, batch)"
    let ratios = "pool(pixel) > score"
    var rows: [String: ParityRow] = [
      "DiceLoss_squared": .init(
        "soft-dice", with: smooth.merging(["squared": 1]) { $1 }, "\(ratios) > \(all)"),
      "DiceLoss_smooth": .init("soft-dice", with: smooth, "\(ratios) > \(all)"),
      "DiceLoss_weight": .init(
        "soft-dice", with: smooth, "\(ratios) > mean(image, class, batch, times: class-weights)"),
      "DiceLoss_nobg": .init(
        "soft-dice", with: smooth, "\(ratios) > mean(image, class, batch, by: class-weights)"),
      // MONAI's denominator is 2·(Σp + Σt − Σpt), and its numerator twice the intersection.
      "DiceLoss_jaccard": .init(
        "soft-jaccard", with: ["smooth_nr": 5e-6, "smooth_dr": 5e-6], "\(ratios) > \(all)"),
      "DiceLoss_sigmoid_logits": .init(
        "soft-dice", with: smooth, "\(ratios) > \(all)", .independentLogits),
      "DiceFocalLoss": .init(
        sum: [
          .init(1, .init("soft-dice", with: smooth, "\(ratios) > \(all)")),
          .init(1, .init("focal", everything)),
        ], .independentLogits),
    ]
    for (name, measure, parameters) in [
      ("DiceLoss", "soft-dice", smooth), ("TverskyLoss", "tversky", tversky),
    ] {
      rows["\(name)_mean"] = .init(measure, with: parameters, "\(ratios) > \(all)")
      rows["\(name)_sum"] = .init(
        measure, with: parameters, "\(ratios) > sum(image, class, batch)")
      rows["\(name)_none"] = .init(measure, with: parameters, "\(ratios) > mean(batch)")
      let batch = "pool(pixel, image, batch) > score"
      rows["\(name)_batch_mean"] = .init(measure, with: parameters, "\(batch) > mean(class)")
      rows["\(name)_batch_sum"] = .init(measure, with: parameters, "\(batch) > sum(class)")
      rows["\(name)_batch_none"] = .init(measure, with: parameters, batch)
    }
    let joint = "pool(pixel, class) > score"
    for (name, k, chain) in [
      ("GeneralizedDiceLoss_mean", 2.0, "\(joint) > mean(image, batch)"),
      ("GeneralizedDiceLoss_sum", 2, "\(joint) > sum(image, batch)"),
      ("GeneralizedDiceLoss_none", 2, "\(joint) > mean(batch)"),
      ("GeneralizedDice_simple", 1, "\(joint) > mean(image, batch)"),
      ("GeneralizedDice_uniform", 0, "\(joint) > mean(image, batch)"),
      ("GeneralizedDice_batch", 2, "pool(batch, image, pixel, class) > score"),
    ] {
      rows[name] = .init(
        "soft-generalized-dice", with: smooth.merging(["k": k]) { $1 }, chain)
    }
    rows["DiceLoss_nobg"]?.classWeights = [0, 1, 1, 1, 1]
    // The sums are made in single precision; the focal losses are not ratios.
    for id in rows.keys { rows[id]?.coarse = .pairwiseRatio }
    for (name, parameters) in [("FocalLoss", [:]), ("FocalLoss_alpha", ["alpha": 0.25])] {
      rows["\(name)_mean"] = .init("focal", with: parameters, everything, .independentLogits)
      rows["\(name)_sum"] = .init(
        "focal", with: parameters, "mean(pixel) > sum(image, class, batch)", .independentLogits)
    }
    rows["FocalLoss_weight"] = .init(
      "focal", "mean(class, pixel, image, batch, times: class-weights)", .independentLogits)
    // A term a pixel, over all its classes.
    rows["FocalLoss_softmax"] = .init(
      "categorical-focal", "mean(class, pixel, image, batch else 0)", .unlabelledLogits)
    return rows
  }()

  private static let monaiMetrics: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "compute_iou_nan": .init("iou", "pool(pixel) > score(if: truth) > mean(batch)"),
      "compute_iou_noignore": .init("iou", "pool(pixel) > score > mean(batch else 1)"),
      "DiceMetric_mean_batch_noignore": .init(
        "dice", "pool(pixel) > score > mean(image, batch else 1)"),
      "get_confusion_matrix_sum": .init { measurements in
        measurements.overlaps.flatMap {
          [$0.both, $0.onlyPredicted, $0.neither, $0.onlyTrue].map(Double.init)
        }
      },
    ]
    for (name, measure) in [
      ("sensitivity", "recall"), ("specificity", "specificity"), ("precision", "precision"),
      ("f1 score", "dice"), ("accuracy", "binary-accuracy"), ("threat score", "iou"),
      ("matthews correlation coefficient", "mcc"),
    ] {
      // The counts of an image's classes are averaged, then those of the images, and then the
      // score is taken; of equal images that is the score of all counts.
      rows["ConfusionMatrixMetric_\(name)"] = .init(
        measure, "pool(batch, image, pixel, class) > score")
    }
    for (name, measure) in [("DiceMetric", "dice"), ("MeanIoU", "iou")] {
      let scores = "pool(pixel) > score(if: truth)"
      rows["\(name)_mean"] = .init(measure, "\(scores) > mean(class) > mean(image, batch)")
      rows["\(name)_sum"] = .init(measure, "\(scores) > sum(class, image, batch)")
      rows["\(name)_mean_batch"] = .init(measure, "\(scores) > mean(image, batch)")
      rows["\(name)_sum_batch"] = .init(measure, "\(scores) > sum(image, batch)")
      rows["\(name)_mean_channel"] = .init(measure, "\(scores) > mean(class) > mean(batch)")
      rows["\(name)_sum_channel"] = .init(measure, "\(scores) > sum(class) > mean(batch)")
      rows["\(name)_none"] = .init(measure, "\(scores) > mean(batch)")
    }
    return rows
  }()
}
