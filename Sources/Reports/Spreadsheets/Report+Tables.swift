internal import Core
internal import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

extension Report {
  /// A class of the headline, with what else is known of it.
  private struct ClassRow: Sendable {
    var id: Int
    var found: ClassDiagnosis
    var saturated: SaturatedCounts?
    var rounding: ClassRounding?
    var gradient: ClassGradient?
    var gradientShare: Double?
    var hearing: HearingWeight?
  }

  /// One row a class, for the headline; what people look for first stands first.
  var classTable: DataTable {
    let rows = headline.classes.enumerated().map { id, found in
      ClassRow(
        id: id, found: found, saturated: saving.saturated(id), rounding: saving.interval(id),
        gradient: gradient?.classes[id], gradientShare: gradient?.share(of: id),
        hearing: hearingWeight(of: id))
    }
    return DataTable(
      "classes", of: rows,
      [
        .name("class_name") { $0.found.name },
        .word("verdict") { $0.found.verdict?.rawValue },
        .score("iou") { $0.found.overlap.iou },
        .score("dice") { $0.found.overlap.dice },
        .score("recall") { $0.found.overlap.recall },
        .score("precision") { $0.found.overlap.precision },
        .count("truth_px") { $0.found.overlap.truth },
        .share("pixel_share") { $0.found.pixelShare },
        .count("images") { $0.found.images },
        .number("loss_mean") { $0.found.loss?.mean },
        .number("loss_positive") { $0.found.loss?.positive },
        .number("loss_negative") { $0.found.loss?.negative },
        .share("loss_share") { $0.found.share },
        .share("badness_share") { $0.found.badnessShare },
        .number("skill") { $0.found.skill },
        .count("class_id") { $0.id },
        .word("state") { $0.found.state.rawValue },
        .count("predicted_px") { $0.found.overlap.predicted },
        .score("badness") { $0.found.badness },
        .number("headroom") { $0.found.headroom },
        .number("reach") { $0.found.reach },
        .share("voice") { $0.found.voice },
        .number("masking_factor") { $0.found.maskingFactor },
        .score("score_lo") { $0.found.certainty?.score?.low },
        .score("score_hi") { $0.found.certainty?.score?.high },
        .score("p_poor") { $0.found.certainty?.poorProbability },
        .score("p_value") { $0.found.certainty?.pValue },
        .number("headroom_lo") { $0.found.headroomInterval?.low },
        .number("headroom_hi") { $0.found.headroomInterval?.high },
        .number("reach_lo") { $0.found.reachInterval?.low },
        .number("reach_hi") { $0.found.reachInterval?.high },
        .count("saturated_px") { $0.saturated?.all },
        .count("saturated_wrong_px") { $0.saturated?.wrong },
        .number("loss_mean_rounding_lo") { $0.rounding?.mean?.low },
        .number("loss_mean_rounding_hi") { $0.rounding?.mean?.high },
        .number("loss_positive_rounding_lo") { $0.rounding?.positive?.low },
        .number("loss_positive_rounding_hi") { $0.rounding?.positive?.high },
        .number("loss_negative_rounding_lo") { $0.rounding?.negative?.low },
        .number("loss_negative_rounding_hi") { $0.rounding?.negative?.high },
        .share("gradient_share") { $0.gradientShare },
        .number("gradient_own") { $0.gradient?.own },
        .number("gradient_others") { $0.gradient?.others },
        .number("gradient_net") { $0.gradient?.net },
        .number("gradient_clipped_own") { $0.gradient?.clippedOwn },
        .number("gradient_clipped_others") { $0.gradient?.clippedOthers },
        .number("weight_unhides") { $0.hearing?.unhides },
        .number("weight_shows") { $0.hearing?.shows },
        .number("weight_evens") { $0.hearing?.evens },
        .number("own_weight_balances") { $0.hearing?.balances },
      ])
  }

  /// One row an image and class.
  var imageTable: DataTable { DataTable("images", of: images, ImageRow.columns) }

  /// One row a finding.
  var findingTable: DataTable {
    DataTable(
      "findings", of: findings,
      [
        .word("kind") { $0.kind.rawValue },
        .name("class_name") { $0.className },
        .word("sentence") { $0.sentence.plain },
        .word("remedy") { $0.advice.plain },
        .word("snippet") { $0.snippet?.text },
      ])
  }

  /// One row a class, where it was counted how often each probability occurs.
  var curveTable: DataTable {
    DataTable(
      "curves", of: Array(curves.enumerated()),
      [
        .name("class_name") { $0.element.name },
        .score("iou") { $0.element.iou },
        .score("best_iou") { $0.element.bestIoU?.value },
        .number("best_threshold") { $0.element.bestThreshold },
        .score("average_precision") { $0.element.averagePrecision?.value },
        .score("auroc") { $0.element.areaUnderROC?.value },
        .score("calibration_error") { $0.element.calibrationError?.value },
        .count("class_id") { $0.offset },
      ])
  }

  /// One row a limit, for each class or number that it is on.
  var gateTable: DataTable {
    DataTable(
      "gates", of: gates,
      [
        .name("check") { $0.gate.id },
        .name("class_name") { $0.className },
        .word("state") { $0.state.rawValue },
        .word("outcome") { $0.outcome.rawValue },
        .word("level") { $0.gate.level.rawValue },
        .number("value") { $0.value },
        .number("value_lo") { $0.interval?.low },
        .number("value_hi") { $0.interval?.high },
        .number("min") { $0.gate.limits?.least },
        .number("max") { $0.gate.limits?.most },
        .number("images_needed") { $0.imagesNeeded },
        .word("reason") { $0.reason.plain },
        .number("baseline") { $0.baseline },
      ])
  }
}

extension Report.ImageRow {
  static var columns: [Column<Report.ImageRow>] {
    [
      .name("image") { $0.image },
      .name("class_name") { $0.className },
      .score("iou") { $0.overlap.iou },
      .score("dice") { $0.overlap.dice },
      .number("loss_mean") { $0.lossMean },
      .count("truth_px") { $0.overlap.truth },
      .count("predicted_px") { $0.overlap.predicted },
      .count("tp_px") { $0.overlap.both },
      .word("state") {
        $0.overlap.truth > 0 ? "ok" : $0.overlap.predicted > 0 ? "absent_gt" : "absent_both"
      },
      .count("batch") { $0.batch },
      .name("group") { $0.group },
    ]
  }
}

extension Overlap {
  package var iou: Double? { union == 0 ? nil : Double(both) / Double(union) }
  package var dice: Double? {
    truth + predicted == 0 ? nil : Double(2 * both) / Double(truth + predicted)
  }
  var precision: Double? { predicted == 0 ? nil : Double(both) / Double(predicted) }
  var recall: Double? { truth == 0 ? nil : Double(both) / Double(truth) }
  var wrong: Int { onlyTrue + onlyPredicted }
}
