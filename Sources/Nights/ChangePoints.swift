/// The change points of one series of nights, each decided from the nights up to it.
///
/// After every measured night the last two and the last three are tested against the level since the
/// last change point (`StepTest`): Page's idea of testing at each time against what was before, cut to
/// the delays that matter ("Continuous inspection schemes", Biometrika 41, 1954; Basseville and
/// Nikiforov: "Detection of abrupt changes", 1993, 2.4). Of the two places the likelier one is taken.
/// The noise is unknown and need not be the same for ever: it is that about the level, pooled with what
/// was left of earlier segments.
package struct ChangePoints: Sendable {
  package private(set) var points: [ChangePoint] = []

  /// Of 365 independent, normally distributed nights of one level; simulated, see `simulate-nights`.
  package static let falseAlarmsPerYear = 0.7
  /// So many measured nights of one level come before the first change point that can be found.
  package static let firstReference = 8
  /// After a change point the noise is known, so fewer are enough for the next.
  package static let nextReference = 5

  /// A year; older ones say little of the level now.
  private static let longestReference = 365
  /// Shorter ones are as well fitted by a line as by a step.
  private static let shortestDrift = 20
  private static let keptFreedom = 60.0

  private let measured: MeasuredNights
  private let floor: PracticalFloor
  private var pooled = PooledVariance()

  /// - Parameter values: a night each, of one class list, scheme and truth.
  package init(of values: [NightValue], floor: PracticalFloor = .score) {
    measured = MeasuredNights(of: values)
    self.floor = floor
    var start = 0
    for last in measured.values.indices {
      guard let (outcome, first) = step(from: start, to: last) else { continue }
      add(outcome, from: start, first: first, last: last)
      start = first
    }
  }

  /// The test that finds one, and the first night of the new level.
  private func step(from start: Int, to last: Int) -> (StepTest.Outcome, Int)? {
    let needed = pooled.isKnown ? ChangePoints.nextReference : ChangePoints.firstReference
    var found: (StepTest.Outcome, Int)?
    var isStep = false
    for test in [StepTest.two, .three] {
      let first = last + 1 - test.nights
      guard first - start >= needed else { continue }
      let outcome = test.outcome(
        of: measured.values[first...last],
        after: Reference(of: values(from: start, before: first), floor: floor),
        pooled: pooled, floor: floor)
      isStep = isStep || outcome.isStep
      // The likelihood ratio grows with the standard errors.
      if outcome.standardErrors > (found?.0.standardErrors ?? -1) { found = (outcome, first) }
    }
    return isStep ? found : nil
  }

  private mutating func add(
    _ outcome: StepTest.Outcome, from start: Int, first: Int, last: Int
  ) {
    let old = values(from: start, before: first)
    let shape = Shape(of: measured.values[old.startIndex...last], last: last + 1 - first)
    let isDrift = old.count >= ChangePoints.shortestDrift && shape.byLine > shape.byStep
    points.append(
      ChangePoint(
        kind: isDrift ? .drift : .step, before: measured.lastNights[first - 1],
        after: measured.nights[first], found: measured.nights[last],
        from: outcome.reference.level, to: outcome.level,
        standardErrors: outcome.standardErrors))
    // What a line explains is no noise.
    let line = isDrift ? Shape(of: old, last: 1).byLine : 0
    pooled.add(
      squares: outcome.reference.squares - line, freedom: Double(old.count - (isDrift ? 2 : 1)),
      atMost: ChangePoints.keptFreedom)
  }

  private func values(from start: Int, before first: Int) -> ArraySlice<Double> {
    measured.values[max(start, first - ChangePoints.longestReference)..<first]
  }
}
