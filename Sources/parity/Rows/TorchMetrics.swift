import Core
import Counting
import Foundation
import Tables

extension ParityRow {
  static let torchmetrics: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "MeanIoU_onehot_perclassFalse": .init(
        "iou", "pool(pixel) > score > mean(image, class, batch)"),
      "MeanIoU_onehot_perclassTrue": .init("iou", "pool(pixel) > score > mean(image, batch)"),
      "DiceScore_none": .init("dice", "pool(pixel) > score > mean(image, batch)"),
      "DiceScore_micro": .init("dice", "pool(pixel, class) > score > mean(image, batch)"),
      "DiceScore_macro": .init("dice", "pool(pixel) > score > mean(class) > mean(image, batch)"),
      "DiceScore_weighted": .init(
        "dice", "pool(pixel) > score > mean(class, by: truth) > mean(image, batch)"),
      "GeneralizedDiceScore_linear": .init(
        "generalized-dice", with: ["k": 0], "pool(pixel, class) > score > mean(image, batch)"),
      "GeneralizedDiceScore_simple": .init { $0.mixedUpGeneralizedDice(1) },
      "GeneralizedDiceScore_square": .init { $0.mixedUpGeneralizedDice(2) },
      "ml_hamming": .init(
        "binary-accuracy", "pool(batch, image, pixel, class) > score", finish: { 1 - $0 }),
      "ml_confusion": .init { measurements in
        measurements.overlaps.flatMap {
          [$0.neither, $0.onlyPredicted, $0.onlyTrue, $0.both].map(Double.init)
        }
      },
      "MeanIoU_nobg_False": .init(
        "iou", "pool(pixel) > score > mean(image, class, batch, by: class-weights)"),
      "MeanIoU_nobg_True": .init("iou", "pool(pixel) > score > mean(image, batch)"),
      "mc_jaccard_per_image": .init("iou", "pool(pixel) > score > mean(batch)", .labels),
    ]
    rows["ml_hamming"]?.coarse = .aroundOne
    rows["MeanIoU_nobg_False"]?.classWeights = [0, 1, 1, 1, 1]
    rows["MeanIoU_nobg_True"]?.dropsFirst = true
    for (suffix, view) in [("", View.exclusive), ("_none", .labelled)] {
      rows["mc_confusion\(suffix)"] = .init(view) { $0.confusion.joined().map(Double.init) }
    }
    rows["mc_confusion_true"] = .init(.labelled) { measurements in
      measurements.confusion.flatMap { row in
        let sum = Double(row.reduce(0, +))
        return row.map { sum > 0 ? Double($0) / sum : 0 }
      }
    }
    rows["mc_confusion_pred"] = .init(.labelled) { measurements in
      let matrix = measurements.confusion
      let sums = matrix.indices.map { c in Double(matrix.reduce(0) { $0 + $1[c] }) }
      return matrix.flatMap { zip($0, sums).map { $1 > 0 ? Double($0) / $1 : 0 } }
    }
    rows["mc_confusion_all"] = .init(.labelled) { measurements in
      let matrix = measurements.confusion
      let sum = Double(matrix.joined().reduce(0, +))
      return matrix.joined().map { Double($0) / sum }
    }
    for norm in Calibration.Norm.allCases {
      for c in classes {
        rows["bin_calibration_\(norm.rawValue)_class\(c)"] = .init(.independent) { levels in
          calibrationError(levels.classes[c], levels.kind, norm)
        }
      }
      rows["mc_calibration_\(norm.rawValue)"] = .init(.exclusiveLogits) { levels in
        calibrationError(levels.chosen, levels.kind, norm)
      }
    }
    for c in classes {
      rows["bin_AP_class\(c)"] = .init(.independent) { $0.curve(c).averagePrecision }
      rows["bin_AUROC_class\(c)"] = .init(.independent) { $0.curve(c).areaUnderROC }
    }
    let averages = [
      ("micro", "pool(batch, image, pixel, class) > score"),
      ("macro", "\(whole) > score > mean(class)"),
      ("weighted", "\(whole) > score > mean(class, by: truth)"),
      ("none", "\(whole) > score"),
    ]
    for (name, measure) in [
      ("Jaccard", "iou"), ("JaccardIndex", "iou"), ("F1Score", "dice"), ("Accuracy", "accuracy"),
      ("Precision", "precision"), ("Recall", "recall"),
    ] {
      for (average, text) in averages {
        // Where nothing was predicted torchmetrics' precision is 0.
        let chain =
          name == "Precision"
          ? text.replacing("mean(class", with: "mean(class else 0").replacing(
            " else 0, by: truth)", with: ", by: truth else 0)") : text
        rows["ml_\(name)_\(average)"] = .init(measure, chain)
        rows["mc_\(name)_\(average)"] = .init(measure, chain, .exclusive)
        rows["mc_\(name)_\(average)_ignore255"] = .init(measure, chain, .labelled)
      }
    }
    return rows
  }()
}

extension Measurements {
  /// `GeneralizedDiceScore` of torchmetrics 1.9.0, all images in one update.
  ///
  /// A class counts 1 / T^k. One that an image lacks should get the largest weight that the class has in
  /// another image, but the table of largest weights is read by columns where it lies by rows: the i-th
  /// weight of all gets that of class i / N, N images (functional/segmentation/generalized_dice.py).
  fileprivate func mixedUpGeneralizedDice(_ k: Double) -> [Double?] {
    let rows = images.map { image in image.tally.classes.map(\.overlap) }
    let known = rows.map { row in row.map { $0.truth > 0 ? pow(Double($0.truth), -k) : 0 } }
    let largest = overlaps.indices.map { c in known.map { $0[c] }.max() ?? 0 }
    let scores = rows.indices.map { image in
      var (above, below) = (0.0, 0.0)
      for (c, overlap) in rows[image].enumerated() {
        let place = image * overlaps.count + c
        let weight = overlap.truth > 0 ? known[image][c] : largest[place / rows.count]
        above += weight * 2 * Double(overlap.both)
        below += weight * Double(overlap.truth + overlap.predicted)
      }
      return below > 0 ? above / below : 0
    }
    return [scores.reduce(0, +) / Double(scores.count)]
  }
}

/// As torchmetrics adds it: pixel by pixel in single precision, which leaves more open than levels.
private func calibrationError(
  _ counts: LevelCounts, _ kind: RunLevels.Kind, _ norm: Calibration.Norm
) -> Estimate? {
  let calibration = Calibration(LevelCurve(counts, on: LevelScale(kind)), rows: 15)
  return calibration.addedInSinglePrecision.error(norm)
}

extension RunLevels {
  func curve(_ c: Int) -> LevelCurve { LevelCurve(classes[c], on: LevelScale(kind)) }
}
