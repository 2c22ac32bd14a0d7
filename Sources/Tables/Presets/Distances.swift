internal import Counting

extension Preset {
  /// Distances between the boundaries of masks. They look at images one by one, so what makes batches
  /// is no part of them.
  static let distances: [Preset] = monaiDistances + medpyDistances

  private static let monaiDistances: [Preset] = monaiDistanceCalls.flatMap { call in
    monaiMeans.map { mean in
      Preset(
        "monai.\(call.id)\(mean.id)",
        "monai.metrics.\(call.metric)(\(call.arguments)include_background=True, \(mean.call)",
        versions: "MONAI 1.6 (1.6.1 was run)", call.measure,
        "pool(pixel) > score > \(mean.chain)",
        note: "\(call.note) It is given p > 0.5.",
        source:
          "MONAI 1.6.1: monai/metrics/\(call.file); monai/metrics/utils.py: do_metric_reduction"
      ).orElse(0).except(contentsOf: call.exceptions)
    }
  }

  private typealias MONAICall = (
    id: String, metric: String, arguments: String, measure: String, note: String, file: String,
    exceptions: [Exception]
  )

  private static let monaiDistanceCalls: [MONAICall] = [
    (
      "HausdorffDistanceMetric", "HausdorffDistanceMetric", "", "hd", leftOut,
      "hausdorff_distance.py", [infinite]
    ),
    (
      "HausdorffDistanceMetric.percentile-95", "HausdorffDistanceMetric", "percentile=95, ", "hd95",
      "A class of which only the truth or only the prediction has a pixel is NaN, and left out like one that neither has: a miss costs nothing.",
      "hausdorff_distance.py", []
    ),
    (
      "SurfaceDistanceMetric", "SurfaceDistanceMetric", "", "asd",
      "From the prediction's boundary to the truth's only. \(leftOut)", "surface_distance.py",
      [infinite]
    ),
    (
      "SurfaceDistanceMetric.symmetric", "SurfaceDistanceMetric", "symmetric=True, ", "assd",
      leftOut, "surface_distance.py", [infinite]
    ),
    (
      "SurfaceDiceMetric", "SurfaceDiceMetric", "class_thresholds=[1] * C, ", "nsd",
      "A class that is missed, or predicted where it is not, is 0. \(leftOut)", "surface_dice.py",
      []
    ),
  ]

  private static let leftOut = "An image that neither mask has the class in is left out."

  private static let infinite = Exception.oneSided(
    "MONAI's distance is infinite where only the truth or only the prediction has a class, and so is every mean of it"
  )

  private static let monaiMeans = [
    (id: "", call: "reduction=\"mean\")", chain: "mean(class) > mean(image, batch)"),
    (
      id: ".mean_batch", call: "reduction=\"mean_batch\"), averaged over classes",
      chain: "mean(image, batch) > mean(class else 0)"
    ),
  ]

  private static let medpyDistances: [Preset] = [
    ("hd", "hd", [:]), ("hd95", "hd95", ["joint": 1]), ("asd", "asd", [:]), ("assd", "assd", [:]),
  ].map { name, measure, parameters in
    Preset(
      "medpy.\(name)", "medpy.metric.binary.\(name)(p > 0.5, t), averaged over images and classes",
      versions: "medpy 0.5 (0.5.2 was run)", measure, with: parameters,
      "pool(pixel) > score > mean(image, class, batch)",
      note: "It raises RuntimeError where a mask is empty; such images are left out here.",
      source: "medpy 0.5.2: metric/binary.py")
  }
}
