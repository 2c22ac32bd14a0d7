internal import Core

/// The mean distance from one boundary's pixels to the other boundary.
enum AverageSurfaceDistance {
  static let definition = MeasureDefinition(
    name: "asd", title: "average surface distance",
    formula: "mean a, of the prediction's boundary to the truth's, in pixels; directed: 2: mean b",
    source:
      "MONAI 1.6.1, monai/metrics/surface_distance.py: SurfaceDistanceMetric(symmetric=False); medpy 0.5.2: asd",
    parameters: [
      .init("directed", 1, in: 1...2, "1: from the prediction's boundary; 2: from the truth's"),
      .oneEmpty,
    ]
  ) { parameters in
    .distance {
      $0.value(parameters) { (parameters["directed"] == 2 ? $0.truth : $0.predicted).mean }
    }
  }
}

/// The mean over the pixels of both boundaries: the longer one counts more.
enum AverageSymmetricSurfaceDistance {
  static let definition = MeasureDefinition(
    name: "assd", title: "average symmetric surface distance",
    formula: "(Σa + Σb) / (number of a and b), as `asd`",
    source:
      "MONAI 1.6.1, monai/metrics/surface_distance.py: symmetric=True; medpy 0.5.2, metric/binary.py: assd",
    parameters: [.oneEmpty]
  ) { parameters in .distance { $0.value(parameters) { $0.joint.mean } } }
}

/// The mean of both directions' means: either boundary counts alike.
enum MeanAverageSurfaceDistance {
  static let definition = MeasureDefinition(
    name: "masd", title: "mean average surface distance",
    formula: "(mean a + mean b) / 2, as `asd`",
    source: "Maier-Hein, Reinke et al. 2024, Metrics Reloaded; MetricsReloaded cb38dfc",
    parameters: [.oneEmpty]
  ) { parameters in
    .distance {
      $0.value(parameters) {
        guard let a = $0.predicted.mean, let b = $0.truth.mean else { return nil }
        return (a + b) / 2
      }
    }
  }
}
