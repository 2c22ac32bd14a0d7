internal import Core

/// The distance of the boundary pixel that is farthest from the other mask's boundary.
enum Hausdorff {
  static let definition = MeasureDefinition(
    name: "hd", title: "Hausdorff distance",
    formula: "max(max a, max b), a and b the distances from each boundary to the other, in pixels",
    source:
      "Huttenlocher, Klanderman, Rucklidge 1993; MONAI 1.6.1, monai/metrics/hausdorff_distance.py",
    parameters: [.directed(0), .oneEmpty]
  ) { parameters in
    let directions = Directions(parameters)
    return .distance { $0.value(parameters) { directions.largest(of: $0) { $0.greatest } } }
  }
}

/// The same of all but the farthest 5 % of the pixels.
enum Hausdorff95 {
  static let definition = MeasureDefinition(
    name: "hd95", title: "95th percentile of the Hausdorff distance",
    formula:
      "max(95th percentile of a, of b), as `hd`; with joint: the percentile of a and b together",
    source:
      "MONAI 1.6.1, monai/metrics/hausdorff_distance.py, and MetricsReloaded; joint: medpy 0.5.2, metric/binary.py: hd95",
    parameters: [
      .init("joint", 0, in: 0...1, "1: one percentile of both directions' distances, as in medpy"),
      .directed(0), .oneEmpty,
    ]
  ) { parameters in
    let directions = Directions(parameters)
    return .distance {
      $0.value(parameters) {
        parameters["joint"] == 1
          ? $0.joint.percentile(95) : directions.largest(of: $0) { $0.percentile(95) }
      }
    }
  }
}

/// Which boundary's pixels are looked at.
struct Directions {
  private let number: Double

  init(_ parameters: MeasureDefinition.Arguments) { number = parameters["directed"] }

  /// The largest of a number of each direction.
  func largest(
    of distances: SurfaceDistances, _ number: (DistanceCounts) -> Double?
  ) -> Double? {
    switch self.number {
    case 1: number(distances.predicted)
    case 2: number(distances.truth)
    default: [number(distances.predicted), number(distances.truth)].compactMap(\.self).max()
    }
  }
}

extension SurfaceDistances {
  /// What `distance` makes of them; where only one of the masks has a pixel, what the user says.
  func value(
    _ parameters: MeasureDefinition.Arguments, _ distance: (Self) -> Double?
  ) -> Double? {
    isOneSided ? parameters[optional: "one_empty"] : distance(self)
  }

  /// Both directions' as one list.
  var joint: DistanceCounts { predicted + truth }
}

extension MeasureDefinition.Parameter {
  static func directed(_ standard: Double) -> Self {
    Self(
      "directed", standard, in: 0...2,
      "0: both ways; 1: from the prediction's boundary to the truth's; 2: the other way")
  }
  /// Far beyond any image, and far from where sums lose digits.
  static let oneEmpty = Self(
    "one_empty", nil, in: 0...1e9,
    "what it is where only the truth or only the prediction has the class; left out: undefined")
}
