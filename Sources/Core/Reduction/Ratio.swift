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
  /// Which end of its values is the bad one.
  var worst: Worst { get }
}

extension Ratio: AnyRatio {
  package var ratio: Ratio { self }
  package var worst: Worst { Cell.worst }
}

/// A ratio whose bad end is not the one that its statistic names: the share of a boundary that is near
/// enough, where the distances themselves are bad when large.
package struct TurnedRatio<Cell: RatioCell>: AnyRatio {
  package var ratio: Ratio<Cell>
  package var worst: Worst

  package init(_ ratio: Ratio<Cell>, worst: Worst) {
    self.ratio = ratio
    self.worst = worst
  }
}

extension AnyRatio {
  package var isJoint: Bool { if case .joint = ratio { true } else { false } }
  package var countsDecisions: Bool { Cell.countsDecisions }
  package var isOfOneImage: Bool { Cell.isOfOneImage }
  package func reads(_ statistic: (some RatioCell).Type) -> Bool { Cell.self == statistic }
}
