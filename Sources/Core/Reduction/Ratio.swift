/// What a ratio makes of pooled statistics; `nil` where it is undefined.
package enum Ratio<Cell: RatioCell>: Sendable {
  /// Of one class, or of all classes' sum where they were pooled.
  case each(@Sendable (Cell) -> Double?)
  /// Of all classes together, which it weighs against each other; its chain pools them.
  case joint(@Sendable ([Cell]) -> Double?)
}

/// A ratio of whatever statistic.
package protocol AnyRatio: Sendable {
  associatedtype Cell: RatioCell
  var ratio: Ratio<Cell> { get }
}

extension Ratio: AnyRatio {
  package var ratio: Ratio { self }
}

extension AnyRatio {
  package var isJoint: Bool { if case .joint = ratio { true } else { false } }
  package var worst: Worst { Cell.worst }
  package var countsDecisions: Bool { Cell.countsDecisions }
  package func reads(_ statistic: (some RatioCell).Type) -> Bool { Cell.self == statistic }
}
