/// What a headline says of a class.
package enum Verdict: String, CaseIterable, Codable, Sendable {
  /// The class is poor, and the headline would hardly change if it were perfect.
  case hidden = "HIDDEN"
  /// The class is poor, and its part in the headline is far smaller than its part in the errors.
  case muted = "MUTED"
  /// The class is poor, and the headline does show it.
  case exposed = "EXPOSED"
  /// The class fails, but in too few images to be sure; or the headline says nothing.
  case undetermined = "UNDETERMINED"
  case ok = "OK"

  /// In how many images a class must be for a verdict.
  package static let fewestImages = 10

  /// From the worst news to the best.
  package var severity: Int { Verdict.allCases.firstIndex(of: self) ?? 0 }
}

/// The numbers that a verdict rests on; see `condition` for the bounds.
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
  /// What decides the verdict on a class that is in enough images, in the order in which it is
  /// asked.
  package enum Condition: CaseIterable, Sendable {
    case isNotPoor
    case hasNoHeadroom
    case isOutOfReach
    case hasLessThanItsShare
    case hasLittleOfTheScale
    case isShown

    package var verdict: Verdict {
      switch self {
      case .isNotPoor: .ok
      case .hasNoHeadroom, .isOutOfReach: .hidden
      case .hasLessThanItsShare, .hasLittleOfTheScale: .muted
      case .isShown: .exposed
      }
    }
  }

  package init(of basis: VerdictBasis) { self = basis.condition.verdict }
}

extension VerdictBasis {
  /// The first that holds.
  package var condition: Verdict.Condition {
    Verdict.Condition.allCases.first(where: holds) ?? .isShown
  }

  /// Half of an even share of the scale.
  package var halfPart: Double { scale / Double(classes) / 2 }

  /// The bound on the headroom in `isOutOfReach` keeps out a rare class that is wrong all over the
  /// image: it is not hidden, it is the headline.
  private func holds(_ condition: Verdict.Condition) -> Bool {
    switch condition {
    case .isNotPoor: return badness <= largestBadness
    case .hasNoHeadroom: return headroom < tolerance
    case .isOutOfReach: return reach < tolerance && headroom < halfPart
    case .hasLessThanItsShare:
      guard let share, let badnessShare else { return false }
      return share < badnessShare / 2
    case .hasLittleOfTheScale: return max(headroom, reach) < halfPart
    case .isShown: return true
    }
  }
}
