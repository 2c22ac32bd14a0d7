internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Classes that another threshold would help, and poor ones that none would.
extension Examination {
  var thresholds: [Finding] {
    let isPoor = Set(poor.prefix(Examination.mostClasses))
    return curves.enumerated().compactMap { c, curve in
      guard let gain = curve.gain, let best = curve.bestIoU, let p = curve.bestThreshold else {
        return nil
      }
      let threshold = threshold(of: c)
      let now: Line = "\(curve.iou) \(threshold.map { "at \(exact: $0)" } ?? "now")"
      // Markdown might take the sign for a quotation or a tag.
      let above: Line = "p \(name: ">") \(exact: p)"
      let numbers = [
        "iou": curve.iou, "best_iou": best.value, "best_threshold": p,
        "average_precision": curve.averagePrecision?.value,
        "auroc": curve.areaUnderROC?.value, "calibration_error": curve.calibrationError?.value,
      ]
      if gain > Examination.leastGain {
        return Finding(
          .threshold, of: curve.name,
          "\(name: names[c]) would reach an IoU of \(best.value) at \(above) (\(now))",
          remedy: threshold == nil
            ? "Predict it wherever its probability is above that, whatever the other classes say, or weigh its logit so"
            : "Cut its probability there when masks are made; check the threshold on other images",
          numbers: numbers)
      }
      guard isPoor.contains(c) else { return nil }
      return Finding(
        .threshold, of: curve.name, about: .name(names[c]),
        "no threshold helps: the best, \(above), gives an IoU of \(best.value) (\(now)); average precision \(curve.averagePrecision?.value), area under the ROC curve \(curve.areaUnderROC?.value), calibration error \(curve.calibrationError?.value)",
        remedy: "It has to be learnt better: more of it, more weight, or a finer resolution",
        numbers: numbers)
    }
  }

  /// In IoU; less is not worth changing a threshold for.
  private static let leastGain = 0.02
}
