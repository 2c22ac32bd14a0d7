/// What the classes of a run count in chains that weigh them. It does not affect the counting, so
/// finished evidence can be read with any weights.
package struct ClassWeighting: Hashable, Sendable {
  /// One a class, for steps `by: class-weights`.
  package var averaging: [Double]
  /// What a class's own pixels count, for steps `times: positive-weights`.
  package var positive: [Double]

  package init(averaging: [Double], positive: [Double]) {
    self.averaging = averaging
    self.positive = positive
  }

  /// All classes alike.
  package init(classes: Int) {
    self.init(
      averaging: .init(repeating: 1, count: classes), positive: .init(repeating: 1, count: classes))
  }
}
