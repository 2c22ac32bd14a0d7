package import Core
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

extension Report {
  /// One row a class, for the headline.
  package var classesCSV: String {
    var csv = CSV([
      "class_id", "class_name", "state", "verdict", "badness", "skill", "iou", "dice", "precision",
      "recall", "pixel_share", "truth_px", "predicted_px", "images", "loss_mean", "loss_positive",
      "loss_negative", "loss_share", "badness_share", "headroom", "reach", "voice",
      "masking_factor", "score_lo", "score_hi", "p_poor", "p_value", "headroom_lo", "headroom_hi",
      "reach_lo", "reach_hi", "saturated_px", "saturated_wrong_px",
      "loss_mean_rounding_lo", "loss_mean_rounding_hi", "loss_positive_rounding_lo",
      "loss_positive_rounding_hi", "loss_negative_rounding_lo", "loss_negative_rounding_hi",
    ])
    for (id, found) in headline.classes.enumerated() {
      let overlap = found.overlap
      let (saturated, interval) = (saving.saturated(id), saving.interval(id))
      csv.add([
        .count(id), .word(found.name), .word(found.state.rawValue),
        .word(found.verdict?.rawValue ?? ""), .number(found.badness), .number(found.skill),
        .number(overlap.iou), .number(overlap.dice), .number(overlap.precision),
        .number(overlap.recall), .number(found.pixelShare), .count(overlap.truth),
        .count(overlap.predicted), .count(found.images), .number(found.loss?.mean),
        .number(found.loss?.positive), .number(found.loss?.negative), .number(found.share),
        .number(found.badnessShare), .number(found.headroom), .number(found.reach),
        .number(found.voice), .number(found.maskingFactor), .number(found.certainty?.score?.low),
        .number(found.certainty?.score?.high), .number(found.certainty?.poorProbability),
        .number(found.certainty?.pValue), .number(found.headroomInterval?.low),
        .number(found.headroomInterval?.high), .number(found.reachInterval?.low),
        .number(found.reachInterval?.high),
        .count(saturated?.all), .count(saturated?.wrong), .number(interval?.mean?.low),
        .number(interval?.mean?.high),
        .number(interval?.positive?.low), .number(interval?.positive?.high),
        .number(interval?.negative?.low), .number(interval?.negative?.high),
      ])
    }
    return csv.text
  }

  /// One row an image and class, handed on in parts: a run of 100,000 images has hundreds of
  /// megabytes of them.
  ///
  /// - Throws: Problem: `write` failed.
  package func writeImagesCSV(_ write: (String) throws(Problem) -> Void) throws(Problem) {
    var csv = CSV([
      "image", "batch", "group", "class_name", "state", "truth_px", "predicted_px", "tp_px", "iou",
      "dice", "loss_mean",
    ])
    for row in images {
      let overlap = row.overlap
      let state =
        overlap.truth > 0 ? "ok" : overlap.predicted > 0 ? "absent_gt" : "absent_both"
      csv.add([
        .path(row.image), .count(row.batch), .word(row.group ?? ""), .word(row.className),
        .word(state), .count(overlap.truth), .count(overlap.predicted), .count(overlap.both),
        .number(overlap.iou), .number(overlap.dice), .number(row.lossMean),
      ])
      if csv.text.utf8.count > 1 << 16 { try write(csv.takeText()) }
    }
    try write(csv.text)
  }

  /// Every step of every chain: how the pixels became one number.
  package var reductionsCSV: String {
    var csv = CSV([
      "measure", "reduction", "step", "operation", "axes", "divides_by", "shape", "class_name",
      "value", "lowest", "highest", "value_lo", "value_hi",
    ])
    for reduced in reductions {
      // A chain that is refused has steps and no numbers; left out, nobody would miss it.
      if reduced.steps.isEmpty, let chain = reduced.chain {
        for (index, step) in chain.steps.enumerated() {
          csv.add([
            .word(reduced.measure), .word(reduced.reduction), .count(index + 1),
            .word(step.description), .word(step.axes.map(\.rawValue).joined(separator: " ")),
            .word(""), .word(""), .word(""), .number(nil), .number(nil), .number(nil), .number(nil),
            .number(nil),
          ])
        }
      }
      for (index, step) in reduced.steps.enumerated() {
        let (low, high) = (reduced.bounds?.low[index].values, reduced.bounds?.high[index].values)
        for (c, value) in step.values.enumerated() {
          csv.add([
            .word(reduced.measure), .word(reduced.reduction), .count(index + 1),
            .word(step.step.description),
            .word(step.step.axes.map(\.rawValue).joined(separator: " ")),
            .word(step.divisor?.text ?? ""), .word(step.leftText),
            .word(step.classValues == nil ? "" : headline.classes[c].name), .number(value),
            .number(step.lowest), .number(step.highest), .number(low?[c]), .number(high?[c]),
          ])
        }
      }
    }
    return csv.text
  }
}

extension Report {
  /// One row a finding.
  package var findingsCSV: String {
    var csv = CSV(["kind", "class_name", "sentence", "remedy", "snippet"])
    for finding in findings {
      csv.add([
        .word(finding.kind.rawValue), .word(finding.className ?? ""),
        .word(finding.sentence.plain), .word(finding.advice.plain),
        .word(finding.snippet?.text ?? ""),
      ])
    }
    return csv.text
  }

  /// One row a class, where it was counted how often each probability occurs.
  package var curvesCSV: String {
    var csv = CSV([
      "class_id", "class_name", "iou", "best_iou", "best_threshold", "average_precision", "auroc",
      "calibration_error",
    ])
    for (id, curve) in curves.enumerated() {
      csv.add([
        .count(id), .word(curve.name), .number(curve.iou), .number(curve.bestIoU?.value),
        .number(curve.bestThreshold), .number(curve.averagePrecision?.value),
        .number(curve.areaUnderROC?.value), .number(curve.calibrationError?.value),
      ])
    }
    return csv.text
  }
}

extension StepResult {
  /// One a class, or the one that there is.
  fileprivate var values: [Double?] { classValues ?? [value] }
}

extension Overlap {
  var iou: Double? { union == 0 ? nil : Double(both) / Double(union) }
  var dice: Double? { truth + predicted == 0 ? nil : Double(2 * both) / Double(truth + predicted) }
  var precision: Double? { predicted == 0 ? nil : Double(both) / Double(predicted) }
  var recall: Double? { truth == 0 ? nil : Double(both) / Double(truth) }
}
