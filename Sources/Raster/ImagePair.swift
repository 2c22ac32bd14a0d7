package import Core

/// Prediction and truth of one image, decoded.
package struct ImagePair: Sendable {
  package var name: String
  package var width: Int
  package var height: Int
  package var prediction: Prediction
  package var truth: Truth
  /// Of a soft truth, of which `truth` is what is above the cut: for each class a plane of floats in 0…1.
  package var shares: [Plane]?
  /// For each class its name and the file that its plane is in, for messages.
  package var origins: [Origin]
  /// What every pixel of the image counts in losses that are weighed by sample.
  package var weight = 1.0
  /// What each pixel counts in those losses besides, where a file says it.
  package var pixelWeights: Plane?
  /// What was read otherwise than it is written.
  package var remarks = Remarks()
  /// The numbers of a label map as its file has them, of either side.
  package var truthNumbers: Plane?
  package var predictionNumbers: Plane?
  /// Where predictions are runs: how many pixels have a mask of a class that the list lacks.
  package var foreignMaskPixels: Int?

  package struct Origin: Hashable, Sendable {
    package var className: String
    package var file: String

    package init(className: String, file: String) {
      self.className = className
      self.file = file
    }
  }

  package init(
    name: String, width: Int, height: Int, prediction: Prediction, truth: Truth,
    origins: [Origin] = []
  ) {
    self.name = name
    self.width = width
    self.height = height
    self.prediction = prediction
    self.truth = truth
    self.origins = origins
  }

  package var pixels: Int { width * height }

  /// To be asked when everything has been counted.
  ///
  /// - Throws: Problem: an array that the image lies in has changed since it was opened.
  package func expectUnchanged() throws(Problem) {
    for plane in [prediction.planes.first, truth.planes.first, shares?.first] {
      try plane?.bytes.expectUnchanged()
    }
  }
}

/// What a model said of each pixel.
package enum Prediction: Sendable {
  /// One class a pixel, or none.
  case labels(LabelMap)
  /// For each class a plane of bytes: whether it was predicted (not 0) or not (0).
  case masks([Plane])
  /// For each class a plane of bytes, which are probabilities: level / 255.
  case levels([Plane])
  /// For each class a plane of probabilities: a 16-bit level / 65535, or a float in 0…1, which is
  /// checked when it is counted.
  case probabilities([Plane])
  /// For each class a plane of logits: floats, which must be finite.
  case logits([Plane])
}

/// What is true of each pixel.
package enum Truth: Sendable {
  /// One class a pixel, none, or a pixel that does not count.
  case labels(LabelMap)
  /// For each class a plane of bytes: whether it is there (not 0) or not (0).
  case masks([Plane])
  /// For each class a plane of `Standing`s, in all of which the same pixels do not count.
  case standings([Plane])
}

extension LabelMap {
  /// None of runs, which would be painted for it.
  fileprivate var planesThere: [Plane] { runs == nil ? [plane] : [] }
}

extension Prediction {
  /// One a class, or that of a label map.
  fileprivate var planes: [Plane] {
    switch self {
    case .labels(let map): map.planesThere
    case .masks(let planes), .levels(let planes), .probabilities(let planes), .logits(let planes):
      planes
    }
  }
}

extension Truth {
  fileprivate var planes: [Plane] {
    switch self {
    case .labels(let map): map.planesThere
    case .masks(let planes), .standings(let planes): planes
    }
  }
}

// MARK: - Drawn by hand

/// Images of one row, for tests: a label a pixel, or for each class a byte a pixel.
extension Prediction {
  package static func labels(_ labels: [Label]) -> Self {
    .labels(LabelMap(labels, width: labels.count))
  }
  package static func masks(_ masks: [[UInt8]]) -> Self { .masks(masks.map(Plane.init(row:))) }
  package static func levels(_ levels: [[UInt8]]) -> Self { .levels(levels.map(Plane.init(row:))) }
}

/// The same of the truth.
extension Truth {
  package static func labels(_ labels: [Label]) -> Self {
    .labels(LabelMap(labels, width: labels.count))
  }
  package static func masks(_ masks: [[UInt8]]) -> Self { .masks(masks.map(Plane.init(row:))) }
}

extension Plane {
  /// Bytes that lie in one row; pixels are numbered through, so an image may have several.
  package init(row bytes: [UInt8]) {
    self.init(packed: Bytes(bytes), element: .u1, width: bytes.count, height: bytes.isEmpty ? 0 : 1)
  }
}

// MARK: - Class by class

/// What the truth says about one class at a pixel.
package enum Standing {
  // Computed, because a stored one is a call away from other modules.
  package static var other: UInt8 { 0 }
  package static var own: UInt8 { 1 }
  package static var ignored: UInt8 { 2 }
}

extension Truth {
  /// Writes what the truth says about class `c` at a run of pixels, from `start` on.
  package func write(
    _ pixels: Range<Int>, class c: Int, into standings: inout MutableSpan<UInt8>, at start: Int
  ) {
    var target = standings._mutatingExtracting(start..<(start + pixels.count))
    switch self {
    case .labels(let map): map.load(pixels, standingsOf: Label(c), into: &target)
    case .masks(let masks): masks[c].loadMask(pixels, into: &target)
    case .standings(let planes): planes[c].load(pixels, into: &target)
    }
  }

  /// Pixels that do not count.
  package var ignored: Int {
    switch self {
    case .labels(let map): map.labels.count { $0 == .ignored }
    case .masks: 0
    case .standings(let planes): planes.first?.levels.count { $0 == Standing.ignored } ?? 0
    }
  }

  /// The same with pixels that do not count where `valid` is 0.
  package func counted(where valid: Plane) -> Truth {
    let valid = valid.levels
    switch self {
    case .labels(let map):
      var labels = map.labels
      for pixel in labels.indices where valid[pixel] == 0 { labels[pixel] = .ignored }
      return .labels(LabelMap(labels, width: map.plane.width))
    case .masks(let planes), .standings(let planes):
      return .standings(
        planes.map { plane in
          let standings = zip(plane.levels, valid).map { level, isValid in
            isValid == 0 || level == Standing.ignored && isStandings
              ? Standing.ignored : level == 0 ? Standing.other : Standing.own
          }
          return Plane(
            packed: Bytes(standings), element: .u1, width: plane.width, height: plane.height)
        })
    }
  }

  private var isStandings: Bool { if case .standings = self { true } else { false } }
}

extension LabelMap {
  fileprivate func load(
    _ run: Range<Int>, standingsOf own: Label, into target: inout MutableSpan<UInt8>
  ) {
    func standing(_ label: Label) -> UInt8 {
      label == own ? Standing.own : label == .ignored ? Standing.ignored : Standing.other
    }
    if areBytes {
      plane.load(run, through: meanings.map(standing), into: &target)
      return
    }
    var labels = [Label](repeating: .none, count: run.count)
    var span = labels.mutableSpan
    plane.load(run, into: &span)
    for index in labels.indices { target[index] = standing(labels[index]) }
  }
}
