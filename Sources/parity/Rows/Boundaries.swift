import Core
import Counting
import Tables

/// Distances between the boundaries of masks. A pair of which only one mask has a pixel is ∞ in some
/// frameworks, and NaN in others.
extension ParityRow {
  static let boundaryMONAI: [String: ParityRow] = {
    var rows: [String: ParityRow] = [:]
    for (name, row) in [
      ("hd", infinite("hd")), ("hd_directed_pred_to_gt", infinite("hd", ["directed": 1])),
      ("hd_directed_gt_to_pred", infinite("hd", ["directed": 2])),
      ("hd95", percentile()), ("hd95_directed_pred_to_gt", percentile(["directed": 1])),
      ("hd95_directed_gt_to_pred", percentile(["directed": 2])),
      ("asd_pred_to_gt", infinite("asd")), ("asd_gt_to_pred", infinite("asd", ["directed": 2])),
      ("assd", infinite("assd")), ("nsd_tol1", defined("nsd")),
      ("nsd_tol2", defined("nsd", ["tolerance": 2])),
      ("nsd_tol3", defined("nsd", ["tolerance": 3])),
    ] {
      for (reduction, chain) in monaiReductions { rows["\(name)__\(reduction)"] = row(chain) }
    }
    for (name, row) in [("hd_nn", infinite("hd")), ("nsd_nn", defined("nsd"))] {
      for reduction in ["mean", "mean_batch"] {
        rows["\(name)__\(reduction)"] = monaiReductions[reduction].map(row)
      }
    }
    for (reduction, chain) in [
      ("none", "mean(batch)"), ("mean", "mean(class) > mean(image, batch)"),
    ] {
      var row = infinite("hd")(chain)
      // `include_background=False` leaves out the first class, which a weight of 0 does too.
      if reduction == "mean" {
        row = infinite("hd")("mean(class, by: class-weights) > mean(image, batch)")
        row.classWeights = [0, 1, 1, 1, 1]
      } else {
        row.dropsFirstOfEach = true
      }
      rows["hd_nobackground__\(reduction)"] = row
    }
    return rows
  }()

  /// `do_metric_reduction`: over the classes first.
  private static let monaiReductions = [
    "none": "mean(batch)", "mean": "mean(class) > mean(image, batch)",
    "sum": "sum(class, image, batch)", "mean_batch": "mean(image, batch)",
    "sum_batch": "sum(image, batch)", "mean_channel": "mean(class) > mean(batch)",
    "sum_channel": "sum(class) > mean(batch)",
  ]

  static let boundaryMedPy: [String: ParityRow] = pairs([
    "hd": ("hd", [:]), "hd95": ("hd95", ["joint": 1]), "assd": ("assd", [:]),
    "asd_pred_to_gt": ("asd", [:]), "asd_gt_to_pred": ("asd", ["directed": 2]),
  ])

  /// A pair of which neither mask has a pixel is 0 there.
  static let boundaryMetricsReloaded: [String: ParityRow] = pairs([
    "hd": ("hd", [:]), "hd95": ("hd95", [:]), "assd": ("assd", [:]), "masd": ("masd", [:]),
  ])

  static let boundarySciPy: [String: ParityRow] = pairs(
    ["scipy_directed_edges_gt_to_pred": ("hd", ["directed": 2]), "hd_edges": ("hd", [:])],
    areInfinite: true)

  /// NumPy and SciPy in double precision.
  static let boundaryReference: [String: ParityRow] = {
    var rows = pairs(
      [
        "hd": ("hd", [:]), "hd95_max": ("hd95", [:]), "hd95_union": ("hd95", ["joint": 1]),
        "assd_union": ("assd", [:]), "assd_mean_of_means": ("masd", [:]),
      ], areInfinite: true)
    for tolerance in 1...3 {
      rows["nsd_tol\(tolerance)"] = defined("nsd", ["tolerance": Double(tolerance)])("mean(batch)")
    }
    rows["edge_pixels_gt_pred"] = .init(.decided) { measurements in
      measurements.images.flatMap { image in
        image.tally.classes.flatMap { c in
          [c.distances.truth, c.distances.predicted].map { Double($0.pixels) }
        }
      }
    }
    return rows
  }()

  /// One value an image and class.
  private static func pairs(
    _ measures: [String: (name: String, parameters: [String: Double])], areInfinite: Bool = false
  ) -> [String: ParityRow] {
    measures.mapValues { measure in
      (areInfinite ? infinite : defined)(measure.name, measure.parameters)("mean(batch)")
    }
  }

  /// Left out where only one mask has a pixel.
  private static func defined(
    _ measure: String, _ parameters: [String: Double] = [:]
  ) -> (String) -> ParityRow {
    { ParityRow(measure, with: parameters, "pool(pixel) > score > \($0)", .decided) }
  }

  private static func percentile(
    _ parameters: [String: Double] = [:]
  ) -> (String) -> ParityRow {
    { chain in
      var row = defined("hd95", parameters)(chain)
      row.coarse = .percentile
      return row
    }
  }

  /// ∞ there: a number that no distance in these images reaches goes through the chain in its place.
  private static func infinite(
    _ measure: String, _ parameters: [String: Double] = [:]
  ) -> (String) -> ParityRow {
    { chain in
      ParityRow(
        measure, with: parameters.merging(["one_empty": 1e9]) { $1 },
        "pool(pixel) > score > \(chain)", .decided, finish: { $0 > 1e6 ? .infinity : $0 })
    }
  }
}

extension Measurements {
  /// How far a 95th percentile may be off whose place among n distances was computed in single
  /// precision: by n·2⁻²³ of the step from one distance to the next.
  var percentileError: Double {
    let distances = images.flatMap { $0.tally.classes.map(\.distances) }
    return distances.flatMap { [$0.predicted, $0.truth] }.map(\.percentileError).max() ?? 0
  }
}

extension DistanceCounts {
  fileprivate var percentileError: Double {
    var sorted: [Double] = []
    var square = 0
    for index in stride(from: 0, to: steps.count, by: 2) {
      square += steps[index]
      sorted += [Double](repeating: Double(square).squareRoot(), count: steps[index + 1])
    }
    let place = Int(0.95 * Double(sorted.count - 1))
    // Rounded, it may lie in the step before or behind.
    let near = sorted.indices.clamped(to: max(0, place - 1)..<place + 3)
    let step = zip(sorted[near].dropFirst(), sorted[near]).map { $0 - $1 }.max() ?? 0
    return Double(sorted.count) * 0x1p-23 * step
  }
}
