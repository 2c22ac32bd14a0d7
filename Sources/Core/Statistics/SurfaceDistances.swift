/// How far the boundaries of two masks of a class are from each other, in both directions.
///
/// A mask's boundary is those of its pixels that have a neighbour outside it to the left, right, top
/// or bottom; outside the image nothing is in the mask. That is `mask ^ binary_erosion(mask)` with
/// SciPy's default cross: MONAI 1.6.1 (monai/metrics/utils.py, `get_mask_edges`), medpy 0.5.2
/// (metric/binary.py) and MetricsReloaded cb38dfc have the same.
package struct SurfaceDistances: Statistic {
  /// From each pixel of the prediction's boundary to the truth's.
  package var predicted: DistanceCounts
  /// From each pixel of the truth's boundary to the prediction's.
  package var truth: DistanceCounts

  package init(predicted: DistanceCounts = .zero, truth: DistanceCounts = .zero) {
    self.predicted = predicted
    self.truth = truth
  }

  package static let zero = SurfaceDistances()

  package static func + (a: SurfaceDistances, b: SurfaceDistances) -> SurfaceDistances {
    SurfaceDistances(predicted: a.predicted + b.predicted, truth: a.truth + b.truth)
  }

  /// Pixels of both boundaries.
  package var pixels: Int { predicted.pixels + truth.pixels }

  /// Whether somewhere only one of the two masks has a pixel, so that distances are infinite.
  package var isOneSided: Bool { predicted.unreached + truth.unreached > 0 }
}
