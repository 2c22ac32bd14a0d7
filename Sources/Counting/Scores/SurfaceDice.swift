internal import Core

/// The share of both boundaries that is near the other one; 0 where only one of the masks has a pixel,
/// none where neither has.
enum SurfaceDice {
  static let definition = MeasureDefinition(
    name: "nsd", title: "normalised surface Dice",
    formula: "(number of a ≤ t + number of b ≤ t) / (number of a and b), as `hd`, t the tolerance",
    source:
      "Nikolov et al. 2018, arXiv 1809.04430; MONAI 1.6.1, monai/metrics/surface_dice.py (pixels; use_subvoxels is another)",
    parameters: [
      .init("tolerance", 1, in: 0...1e6, "t, how many pixels away is still right")
    ]
  ) { parameters in
    let t = parameters["tolerance"]
    return .distance(worst: .smallest) {
      let near = $0.predicted.pixels(within: t) + $0.truth.pixels(within: t)
      return $0.pixels == 0 ? nil : Double(near) / Double($0.pixels)
    }
  }
}
