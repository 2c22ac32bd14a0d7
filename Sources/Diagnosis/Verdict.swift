/// What a headline says of a class.
package enum Verdict: String, CaseIterable, Codable, Sendable {
  /// The class is poor, and the headline would hardly be another number if it were perfect.
  case hidden = "HIDDEN"
  /// The class is poor, and its part in the headline is far smaller than its part in what is wrong.
  case muted = "MUTED"
  /// The class is poor, and the headline does show it.
  case exposed = "EXPOSED"
  /// The class fails, and too few images have it to tell; or the headline tells nothing.
  case undetermined = "UNDETERMINED"
  case ok = "OK"

  /// In how many images a class must be for a verdict.
  package static let fewestImages = 10

  /// From the worst news to the best.
  package var severity: Int { Verdict.allCases.firstIndex(of: self) ?? 0 }
}

/// The numbers that a verdict rests on; see `Verdict.init(of:)` for the bounds.
package struct VerdictBasis {
  package var badness: Double
  package var largestBadness: Double
  package var headroom: Double
  package var reach: Double
  package var tolerance: Double
  package var scale: Double
  package var classes: Int
  package var share: Double?
  package var badnessShare: Double?

  package init(
    badness: Double, largestBadness: Double, headroom: Double, reach: Double, tolerance: Double,
    scale: Double, classes: Int, share: Double? = nil, badnessShare: Double? = nil
  ) {
    self.badness = badness
    self.largestBadness = largestBadness
    self.headroom = headroom
    self.reach = reach
    self.tolerance = tolerance
    self.scale = scale
    self.classes = classes
    self.share = share
    self.badnessShare = badnessShare
  }
}

extension Verdict {
  /// The first that applies, for a class that is in enough images.
  ///
  /// The bound on the headroom in *hidden* keeps out a rare class that is wrong all over the image:
  /// it is not hidden, it is the headline.
  package init(of basis: VerdictBasis) {
    let part = basis.scale / Double(basis.classes)
    let isSmall = basis.headroom < basis.tolerance
    let isOutOfReach = basis.reach < basis.tolerance && basis.headroom < part / 2
    var isQuiet = max(basis.headroom, basis.reach) < part / 2
    if let share = basis.share, let badnessShare = basis.badnessShare {
      isQuiet = isQuiet || share < badnessShare / 2
    }
    self =
      if basis.badness <= basis.largestBadness {
        .ok
      } else if isSmall || isOutOfReach {
        .hidden
      } else if isQuiet {
        .muted
      } else {
        .exposed
      }
  }
}
