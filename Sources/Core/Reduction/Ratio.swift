/// What a ratio makes of pooled statistics; `nil` where it is undefined.
package enum Ratio<Cell: Statistic>: Sendable {
  /// Of one class, or of all classes' sum where they were pooled.
  case each(@Sendable (Cell) -> Double?)
  /// Of all classes together, which it weighs against each other; its chain pools them.
  case joint(@Sendable ([Cell]) -> Double?)

  package var isJoint: Bool { if case .joint = self { true } else { false } }
}
