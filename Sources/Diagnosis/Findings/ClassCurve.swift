internal import Core
internal import Counting
package import Tables

/// One class over all thresholds: whether its probabilities are honest, in the right order, and cut
/// at the right place.
package struct ClassCurve: Sendable {
  package var name: String
  /// The expected calibration error in 15 bins, 0…1.
  package var calibrationError: Estimate?
  /// In those bins.
  package var calibration: Calibration
  package var averagePrecision: Estimate?
  package var areaUnderROC: Estimate?
  /// The IoU of the run's own decisions.
  package var iou: Double?
  /// The threshold at which the class's IoU is best, and that IoU.
  package var bestThreshold: Double?
  package var bestIoU: Estimate?

  /// The least that the best threshold would gain.
  package var gain: Double? {
    guard let iou, let bestIoU else { return nil }
    return bestIoU.low - iou
  }
}

extension Examination {
  /// One a class; empty where it was not counted how often each probability occurs.
  package var curves: [ClassCurve] {
    // Counted once a run, so that those of a dropped batch cannot be left out.
    guard let levels = measurements.evidence.levels, !measurements.dropsImages,
      levels.classes.count == names.count
    else { return [] }
    let scale = LevelScale(levels.kind)
    return levels.classes.enumerated().map { c, counts in
      let curve = LevelCurve(counts, on: scale)
      let best = curve.bestDecision()
      let calibration = Calibration(curve)
      return ClassCurve(
        name: diagnosis.classes[c].name, calibrationError: calibration.error(.l1),
        calibration: calibration,
        averagePrecision: curve.averagePrecision, areaUnderROC: curve.areaUnderROC,
        iou: iou(overlaps[c]), bestThreshold: best?.threshold,
        bestIoU: best?.estimate(of: iou))
    }
  }

  private func iou(_ overlap: Overlap) -> Double? {
    overlap.union > 0 ? Double(overlap.both) / Double(overlap.union) : nil
  }
}
