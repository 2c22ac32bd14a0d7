import Core
import Counting
import Foundation
import Tables

extension ParityRow {
  static let sklearn: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "jaccard_multilabel_micro": .init("iou", "pool(batch, image, pixel, class) > score"),
      "jaccard_multilabel_macro": .init("iou", "\(whole) > score > mean(class else 0)"),
      "jaccard_multilabel_weighted": .init("iou", "\(whole) > score > mean(class, by: truth)"),
      "jaccard_per_class": .init("iou", "\(whole) > score"),
      "jaccard": .init("iou", "\(whole) > score", .labels),
      "balanced_accuracy": .init("recall", "\(whole) > score > mean(class)", .labelled),
      "confusion_matrix": .init(.labelled) { $0.confusion.joined().map(Double.init) },
      "cohen_kappa": .init("kappa", "pool(batch, image, pixel, class) > score", .labelled),
      // The oracle makes rows sum to 1 itself, in double precision.
      "log_loss_multiclass": .init(
        "categorical-log-loss", with: widened.merging(["normalised": 2]) { $1 }, everything,
        .labelled),
      "classification_report": .init(.labelled) { measurements in
        measurements.classificationReport(isMultilabel: false)
      },
      "classification_report_multilabel": .init(.independent) { measurements in
        measurements.classificationReport(isMultilabel: true)
      },
    ]
    for c in classes {
      rows["average_precision_class\(c)"] = .init(.independent) { $0.curve(c).averagePrecision }
      rows["roc_auc_class\(c)"] = .init(.independent) { $0.curve(c).areaUnderROC }
      for (name, measure, chain) in [
        ("log_loss", "log-loss", perClass), ("brier", "brier", perClass),
        ("mcc", "mcc", "\(whole) > score"),
        ("log_loss_sw", "log-loss", "mean(pixel, image, batch, by: positive-weights)"),
      ] {
        var row = ParityRow(measure, with: measure == "log-loss" ? widened : [:], chain)
        row.place = c
        row.positiveWeights = [1, 1, 1, 1, 1000]
        if name == "brier" { row.costOfLevels = { p, isOwn in isOwn ? (1 - p) * (1 - p) : p * p } }
        if name == "log_loss" {
          row.costOfLevels = { p, isOwn in
            let p = min(max(p, 0x1p-52), 1 - 0x1p-52)
            return isOwn ? -log(p) : -log(1 - p)
          }
        }
        rows["\(name)_class\(c)"] = row
      }
    }
    return rows
  }()
}

/// The oracle widens the files' numbers, and scikit-learn clips by the type.
private let widened: [String: Double] = ["epsilon": 0x1p-52]

extension Measurements {
  /// `classification_report(zero_division=0)`, its numbers named `class/column`.
  fileprivate func classificationReport(isMultilabel: Bool) -> [String: Double?] {
    var report: [String: Double?] = [:]
    let scores = overlaps.map { overlap in
      [
        "precision": quotient(overlap.both, overlap.predicted),
        "recall": quotient(overlap.both, overlap.truth),
        "f1-score": quotient(2 * overlap.both, overlap.truth + overlap.predicted),
        "support": Double(overlap.truth),
      ]
    }
    let sum = overlaps.reduce(.zero, +)
    let support = Double(sum.truth)
    for (c, row) in scores.enumerated() {
      for (column, value) in row { report["\(c)/\(column)"] = value }
    }
    for column in ["precision", "recall", "f1-score"] {
      let values = scores.map { $0[column] ?? 0 }
      report["macro avg/\(column)"] = values.reduce(0, +) / Double(values.count)
      report["weighted avg/\(column)"] =
        zip(values, scores).reduce(0) { $0 + $1.0 * ($1.1["support"] ?? 0) } / support
    }
    for average in ["macro avg", "weighted avg", "micro avg"] {
      report["\(average)/support"] = support
    }
    report["micro avg/precision"] = quotient(sum.both, sum.predicted)
    report["micro avg/recall"] = quotient(sum.both, sum.truth)
    report["micro avg/f1-score"] = quotient(2 * sum.both, sum.truth + sum.predicted)
    if !isMultilabel { report["accuracy"] = quotient(sum.both, sum.truth) }
    return report
  }

  private func quotient(_ above: Int, _ below: Int) -> Double {
    below == 0 ? 0 : Double(above) / Double(below)
  }
}
