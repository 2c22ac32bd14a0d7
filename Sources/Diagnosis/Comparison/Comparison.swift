internal import Core
internal import Counting
package import Resampling
package import Tables

/// Two runs over the same images: how the headline moved, and how the classes did.
///
/// `before` and `after` see the same draws of the same images, so what makes an image hard for both
/// runs is not taken for a difference.
package struct Comparison: Sendable {
  package var before: Diagnosis
  package var after: Diagnosis
  package var settings: Settings
  /// Of the headline as it is printed.
  package var printed: Change
  /// In the order of the configuration.
  package var classes: [ClassChange]
  /// For a linear chain of losses.
  package var split: Split?

  package struct Settings: Hashable, Sendable {
    /// A smaller difference of a class's score counts as none.
    package var floor: Double
    package var bootstrap: Bootstrap.Settings

    package init(floor: Double = 0.01, bootstrap: Bootstrap.Settings = .init()) {
      self.floor = floor
      self.bootstrap = bootstrap
    }
  }
}

/// A number of two runs.
package struct Change: Hashable, Sendable {
  package var before: Double?
  package var after: Double?
  /// Of the difference.
  package var interval: Interval?
  /// The smallest true difference that images like these would have shown, four times in five.
  package var detectable: Double?

  package init(before: Double?, after: Double?, interval: Interval? = nil) {
    self.before = before
    self.after = after
    self.interval = interval
  }

  /// after − before
  package var difference: Double? {
    if let before, let after { after - before } else { nil }
  }

  /// Whether other images of the kind would have moved the number the same way.
  package var isCertain: Bool {
    guard let interval, let difference else { return false }
    return difference > 0 ? interval.low > 0 : interval.high < 0
  }
}

/// One class of two runs.
package struct ClassChange: Sendable {
  package var name: String
  package var outcome: Outcome?
  /// The score by which a class counts as poor.
  package var score: Change
  /// That the score moved the way it did by chance; adjusted to the number of classes (Holm).
  package var pValue: Double?
  package var recall: Change
  package var precision: Change
  /// Mean losses at all terms, on the class's own pixels, on all others; `nil` where the headline
  /// is not a loss.
  package var loss: LossChange?
  /// How the headline would have moved if this class alone had changed: `before` with this class's
  /// statistics from `after`, by the same chain.
  package var part: Double?

  package struct LossChange: Hashable, Sendable {
    package var mean: Change
    package var positive: Change
    package var negative: Change
  }

  /// What became of the class.
  package enum Outcome: String, CaseIterable, Sendable {
    case worse, undecided, better
    /// It moved by less than the floor.
    case same
  }
}

extension Comparison {
  /// - Parameters:
  ///   - before: the same images, classes and batches as in `after`, in the same order.
  ///   - jobs: how many threads; without influence on the result.
  package init(
    of before: Measurements, and after: Measurements, for headline: Headline, settings: Settings,
    jobs: Int
  ) {
    precondition(before.images.map(\.name) == after.images.map(\.name))
    precondition(before.evidence.classes.names == after.evidence.classes.names)
    func bootstrap(_ run: Measurements) -> Bootstrap {
      Bootstrap(of: run, poor: headline.poor, settings: settings.bootstrap, jobs: jobs)
    }
    let draws = bootstrap(before)
    self.settings = settings
    self.before = Diagnosis(of: before, for: headline, by: draws)
    self.after = Diagnosis(of: after, for: headline, by: bootstrap(after))
    let tables = [before, after].map { HeadlineTables(of: headline.formula, on: $0) }
    printed = Change(before: self.before.printed, after: self.after.printed)
    let jackknives = tables.compactMap { ChainJackknife($0, [.asItIs], draws) }
    if printed.difference != nil, jackknives.count == 2,
      let difference = jackknives[1].less(jackknives[0])
    {
      let level = settings.bootstrap.level
      printed.interval = difference.interval(level: level, on: .unbounded)
      printed.detectable = difference.detectable(level: level)
    }
    let parts = HeadlineParts(tables[0], tables[1])
    split = parts.split
    classes = ClassDraws(before, after, headline, settings, draws).changes
    for c in classes.indices { classes[c].part = parts.part(of: c) }
  }

  package var headline: Headline { before.headline }

  /// What a change of the headline must exceed to be seen.
  package var tolerance: Double? { before.tolerance }

  /// The headline's difference as something to make small.
  package var cost: Double? { printed.difference.map(cost) }

  /// A difference of what is printed as one of a cost: a score that rises is a gain.
  package func cost(_ difference: Double) -> Double {
    headline.isScore ? -difference : difference
  }

  /// The classes, worst news first: got worse, undecided, better, the same; then those without a
  /// score.
  package var worstFirst: [ClassChange] {
    func rank(_ change: ClassChange) -> Int {
      ClassChange.Outcome.allCases.firstIndex { $0 == change.outcome } ?? .max
    }
    return classes.enumerated().sorted { a, b in
      let (left, right) = (rank(a.element), rank(b.element))
      let (fall, other) = (a.element.score.difference ?? 0, b.element.score.difference ?? 0)
      return (left, fall, a.offset) < (right, other, b.offset)
    }.map(\.element)
  }
}
