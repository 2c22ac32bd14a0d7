import Core
import Counting
import Foundation
import Tables

extension ParityRow {
  static let smp: [String: ParityRow] = smpLosses.merging(smpMetrics) { $1 }

  private static let smpLosses: [String: ParityRow] = {
    let present = "\(whole) > score(if: truth) > mean(class else 0)"
    let plain = ["smooth_nr": 0.0, "smooth_dr": 0]
    let tversky = plain.merging(["alpha": 0.7, "beta": 0.3]) { $1 }
    var rows: [String: ParityRow] = [
      "DiceLoss": .init("soft-dice", with: plain, present),
      "DiceLoss_smooth1": .init("soft-dice", with: ["smooth_nr": 2, "smooth_dr": 2], present),
      "JaccardLoss": .init("soft-jaccard", with: plain, present),
      "TverskyLoss": .init("tversky", with: tversky, present),
      "DiceLoss_log": .init(
        "soft-dice", with: plain.merging(["log": 1]) { $1 }, present),
      "DiceLoss_multiclass_ignore255": .init(
        "soft-dice", with: plain, present, .exclusiveLogits),
      "TverskyLoss_focal": .init(
        "tversky", with: tversky, present, finish: { pow($0, 1.33) }),
    ]
    for id in rows.keys { rows[id]?.coarse = .sequentialRatio }
    let smoothed = ["label_smoothing": 0.2]
    // A factor of s on the other side of the truth is a smoothing of 2·s as Keras counts it.
    for (name, parameters, times) in [
      ("SoftBCE", [:], ""), ("SoftBCE_pos", [:], ", times: positive-weights"),
      ("SoftBCE_smooth", smoothed, ""),
    ] {
      rows["\(name)_mean"] = .init(
        "bce", with: parameters, "mean(class, pixel, image, batch\(times))", .independentLogits)
      rows["\(name)_sum"] = .init(
        "bce", with: parameters, "sum(class, pixel, image, batch\(times))", .independentLogits)
    }
    // A pixel that is ignored costs 0 and stays in the divisor.
    let kept = "sum(class) > mean(pixel, image, batch)"
    rows["SoftCE"] = .init("ce", kept, .unlabelledLogits)
    rows["SoftCE_ignore255"] = .init("ce", kept, .unlabelledLogits)
    rows["SoftCE_smooth_ignore255"] = .init(
      "ce", with: ["label_smoothing": 0.1],
      "sum(class) > mean(pixel, image, batch, times: sample-weights)", .unlabelledLogits,
      weights: .classed)
    let focal = ["alpha": 0.25]
    // The losses of several labels are averaged whatever reduction is asked for.
    rows["FocalLoss_none"] = .init("focal", with: focal, everything, .independentLogits)
    rows["FocalLoss_mean"] = .init("focal", with: focal, everything, .independentLogits)
    rows["FocalLoss_sum"] = .init(
      "focal", with: focal, "sum(pixel, image, batch) > mean(class)", .independentLogits)
    // Divided by the sum of (1 − p_t)^gamma, which for gamma = 2 is that of the squared errors.
    rows["FocalLoss_normalized"] = .init(.independentLogits) { measurements in
      let (focal, squared) = (measurements.sums(of: "focal"), measurements.sums(of: "mse"))
      let means = zip(focal, squared).map { loss, square in
        Double(loss.total) / Double(loss.terms) / Double(square.total)
      }
      return [means.reduce(0, +) / Double(means.count)]
    }
    rows["LovaszLoss_multilabel"] = .init(.independentLogits) { $0.lovaszHinge }
    return rows
  }()

  private static let smpMetrics: [String: ParityRow] = {
    var rows: [String: ParityRow] = [
      "st_iou_per_class": .init("iou", "\(whole) > score"),
      "st2_iou_per_class": .init("iou", "\(whole) > score", .exclusive),
      "st_iou_macro_zero0": .init(
        "iou", "pool(pixel) > score > mean(batch, image, class else 0)"),
      "st_totals": .init { $0.totals },
      "st2_totals": .init(.exclusive) { $0.totals },
      "get_stats_multilabel_totals": .init { $0.totals },
      "get_stats_multiclass_ignore255_totals": .init(.labelled) { $0.totals },
      "get_stats_multilabel": .init { measurements in
        let cells = measurements.images.flatMap { $0.tally.classes.map(\.overlap) }
        return counts(of: cells)
      },
    ]
    for (name, measure) in [
      ("iou_score", "iou"), ("f1_score", "dice"), ("precision", "precision"),
      ("recall", "recall"), ("accuracy", "binary-accuracy"),
      ("balanced_accuracy", "balanced-accuracy"),
    ] {
      for (reduction, chain) in [
        ("micro", "pool(batch, image, pixel, class) > score"),
        ("macro", "\(whole) > score > mean(class else 1)"),
        ("micro-imagewise", "pool(pixel, class) > score > mean(batch, image else 1)"),
        ("macro-imagewise", "pool(pixel) > score > mean(batch, image, class else 1)"),
        ("none", "pool(pixel) > score > mean(batch else 1)"),
        ("weighted", "\(whole) > score > mean(class, by: class-weights else 1)"),
        // Weights that sum to 1, and then a mean: too small by a factor of C.
        (
          "weighted-imagewise",
          "pool(pixel) > score > mean(batch, image, class, times: class-shares else 1)"
        ),
      ] {
        rows["st_\(name)_\(reduction)"] = .init(measure, chain)
        rows["st2_\(name)_\(reduction)"] = .init(measure, chain, .exclusive)
      }
    }
    return rows
  }()

  /// True positives, false positives, false negatives and true negatives, as smp lists them.
  static func counts(of overlaps: [Overlap]) -> [Double?] {
    let kinds: [(Overlap) -> Int] = [
      { $0.both }, { $0.onlyPredicted }, { $0.onlyTrue }, { $0.neither },
    ]
    return kinds.flatMap { kind in overlaps.map { Double(kind($0)) } }
  }
}

extension Measurements {
  fileprivate var totals: [Double?] { ParityRow.counts(of: overlaps) }
}
