/// What the classes of a run count in chains that weigh them. It does not affect the counting, so
/// finished evidence can be read with any weights.
package struct ClassWeighting: Hashable, Sendable {
  /// One a class, for steps `by: class-weights`.
  package var averaging: [Double]
  /// What a class's own pixels count, for steps `times: positive-weights`.
  package var positive: [Double]
  /// Whether a class enters where classes are combined. One that does not is evaluated all the same:
  /// its pixels count, and what is predicted on them is a false alarm.
  package var isAveraged: [Bool]

  package init(averaging: [Double], positive: [Double], isAveraged: [Bool]? = nil) {
    self.averaging = averaging
    self.positive = positive
    self.isAveraged = isAveraged ?? .init(repeating: true, count: averaging.count)
  }

  /// All classes alike.
  package init(classes: Int) {
    self.init(
      averaging: .init(repeating: 1, count: classes), positive: .init(repeating: 1, count: classes))
  }
}
