package import Core
package import Raster

extension Counter {
  /// What a first look at an image shows of its set-up; see ``Glance``.
  ///
  /// - Parameters:
  ///   - levels: of 8-bit planes, one histogram a class.
  ///   - index: the image's place in the run.
  package func glance(at pair: ImagePair, levels: [LevelHistogram], index: Int) -> Glance {
    let most = pair.prediction.mostLatticePlaces
    let lattice = Lattice(width: pair.width, height: pair.height, most: most)
    let sample = Sample(of: pair, on: lattice, needs)
    var glance = Glance()
    glance.pixels = lattice.count
    glance.labels = sample.labels
    if needs.classes <= Counter.mostTurned {
      glance.turned = sample.turned
      glance.planes = sample.planes
      glance.views = [sample.view(of: index)]
    }
    glance.values = sample.values
    glance.values.look(at: levels)
    return glance
  }

  /// Of more classes, a turned image and planes in another order are not looked for.
  private static let mostTurned = 400
}

extension Prediction {
  /// How many rows and columns are looked at: an image in planes has as many numbers at each place as
  /// it has classes, so fewer places take as long.
  fileprivate var mostLatticePlaces: Int {
    switch self {
    case .labels: 48
    case .masks(let planes), .levels(let planes), .probabilities(let planes), .logits(let planes):
      max(8, min(32, Int((20_000 / Double(max(1, planes.count))).squareRoot())))
    }
  }

  /// Those that hold numbers rather than decisions.
  var numberPlanes: [Plane]? {
    switch self {
    case .labels, .masks: nil
    case .levels(let planes), .probabilities(let planes), .logits(let planes): planes
    }
  }

  /// By what the numbers of its planes are divided.
  var scale: Double {
    switch self {
    case .levels: 255
    case .probabilities(let planes) where planes.first?.element == .u2: 65535
    default: 1
    }
  }
}

extension ValueRange {
  /// Whether 8-bit planes reach both ends in a few pixels only.
  fileprivate mutating func look(at levels: [LevelHistogram]) {
    planes += levels.count
    stretched += levels.count { $0.isStretched }
  }
}

extension LevelHistogram {
  /// Scaled from least to most, a plane has both ends, and the upper one where its greatest value
  /// was and hardly anywhere else; saturated probabilities have many of them.
  fileprivate var isStretched: Bool {
    let counts = zip(own, other).map(+)
    let few = max(2, counts.reduce(0, +) / 500)
    return counts[0] > 0 && (1...few).contains(counts[255])
  }
}
