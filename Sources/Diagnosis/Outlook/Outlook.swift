package import Core
internal import Counting
package import Resampling

/// What can be said of predictions without a truth: what is predicted, how sure, what it would be worth if predictions meant
/// what they meant in an earlier run, and whether any of that has moved. Never a verdict.
package struct Outlook: Sendable {
  package var images: Int
  /// Images, or groups of them, which are the observations.
  package var observations: Int
  package var pixels: Int
  /// The share of the pixels that are left out, by masks of those that exist.
  package var ignored: Double
  /// In the order of the configuration.
  package var classes: [ClassOutlook]
  /// With what it was compared.
  package var reference: Reference?
  /// By what the expected Dice was found; `nil` where nothing says what a prediction is worth.
  package var basis: Worth.Basis?
  /// Of intervals, and of what counts as moved.
  package var level: Double

  package struct Reference: Hashable, Sendable {
    package var images: Int
    package var hasTruth: Bool
    /// Images, or groups of them, which are the observations.
    package var observations: Int
    /// The share of its pixels that are left out, by its truth or by masks.
    package var ignored: Double
  }
}

/// One class of it.
package struct ClassOutlook: Sendable {
  package var name: String
  /// In how many images it is predicted.
  package var images: Int
  /// What there is to say, in the order of the list.
  package var figures: [OutlookFigure]
  /// The share of its pixels whose probability no pixel of the reference had, nor one near it; `nil` where that plays no part.
  package var unseen: Double?

  package subscript(_ kind: OutlookFigure.Kind) -> OutlookFigure? {
    figures.first { $0.kind == kind }
  }
}

/// One number of a class.
package struct OutlookFigure: Sendable {
  package var kind: Kind
  package var value: Double
  /// Of other images of the kind; `nil` where one image has most of it, or is all there is.
  package var interval: Interval?
  /// Since the reference.
  package var drift: Drift?

  package enum Kind: String, CaseIterable, Sendable {
    /// Of the counted pixels, those that are predicted as the class.
    case share = "predicted_share"
    /// The mean of its probabilities.
    case probability = "mean_probability"
    /// Of its probabilities, those that are exactly 0 or 1.
    case saturated = "saturated_share"
    /// What Dice would be if predictions were worth what they were.
    case dice = "expected_dice"
  }

  /// The difference between two runs over other images, and whether chance explains it.
  package struct Drift: Hashable, Sendable {
    package var before: Double
    package var interval: Interval?
    /// That images of one kind differ as much; adjusted to everything that is tested (Holm). `nil` where it cannot be
    /// tested.
    package var pValue: Double?
  }

  /// Since the reference. What rounding leaves where both are the same is no difference.
  package var difference: Double? {
    drift.map { (value - $0.before).magnitude < 1e-12 ? 0 : value - $0.before }
  }

  /// Whether it moved, at the level of the intervals; what was not tested did not.
  package func hasMoved(_ level: Double) -> Bool {
    drift?.pValue.map { $0 <= 1 - level } ?? false
  }
}

extension Outlook {
  /// - Parameters:
  ///   - evidence: of predictions alone.
  ///   - worth: what a prediction is worth.
  ///   - expected: of each image in the order of the evidence, by `worth`; `nil` where that is known of all images
  ///     together only.
  ///   - reference: of the same classes.
  package init(
    of evidence: Evidence, worth: Worth?, expected: [[Worth.Expected?]]?,
    since reference: Evidence?,
    level: Double
  ) {
    let now = PredictedSums(of: evidence, expected: expected)
    let before = reference.map { run in
      PredictedSums(
        of: run,
        expected: run.scheme.lacksTruth == true
          ? nil
          : run.images.map { image in
            image.tally.classes.map {
              Worth.Expected(both: Double($0.overlap.both), truth: Double($0.overlap.truth))
            }
          })
    }
    let together = worth?.expected(of: evidence)
    var classes = evidence.classes.names.enumerated().map { c, name in
      ClassOutlook(
        name: name, images: evidence.images.count { $0.tally.classes[c].overlap.predicted > 0 },
        figures: OutlookFigure.Kind.allCases.compactMap { kind in
          guard let found = now.estimate(kind, of: c) else {
            guard kind == .dice, let sums = together?[c], let value = sums.dice(now.predicted(c))
            else { return nil }
            return OutlookFigure(
              kind: kind, value: value,
              drift: before?.estimate(kind, of: c).map { .init(before: $0.value) })
          }
          var figure = OutlookFigure(
            kind: kind, value: found.value, interval: found.interval(level))
          if let earlier = before?.estimate(kind, of: c) {
            figure.drift = .init(before: earlier.value)
            if let test = TwoRuns(earlier.jackknife, found.jackknife) {
              figure.drift?.interval = test.interval(level)
              figure.drift?.pValue = test.pValue
            }
          }
          return figure
        }, unseen: worth?.unseen(in: evidence, c))
    }
    classes.adjust()
    images = evidence.images.count
    observations = now.observations
    pixels = evidence.images.reduce(0) { $0 + $1.tally.pixels }
    ignored = evidence.ignoredShare
    self.classes = classes
    self.level = level
    basis = worth?.basis
    self.reference = reference.map { run in
      Reference(
        images: run.images.count, hasTruth: run.scheme.lacksTruth != true,
        observations: before?.observations ?? 0, ignored: run.ignoredShare)
    }
  }

  /// The classes of which something moved, each with what did.
  package var moved: [(class: ClassOutlook, figures: [OutlookFigure])] {
    classes.compactMap { found in
      let figures = found.figures.filter { $0.hasMoved(level) }
      return figures.isEmpty ? nil : (found, figures)
    }
  }

  /// How many figures were compared, and how many of these were tested.
  package var compared: (all: Int, tested: Int) {
    let drifts = classes.flatMap { $0.figures.compactMap(\.drift) }
    return (drifts.count, drifts.count { $0.pValue != nil })
  }

  /// Fewer images (or groups) of either run are not tested: of a handful, Welch's test says much too often that something
  /// moved.
  package static let fewestObservations = Verdict.fewestImages
}

extension Evidence {
  fileprivate var ignoredShare: Double {
    let ignored = images.reduce(0) { $0 + $1.ignored }
    let all = images.reduce(ignored) { $0 + $1.tally.pixels }
    return all == 0 ? 0 : Double(ignored) / Double(all)
  }
}

extension [ClassOutlook] {
  /// All that was tested is looked at together.
  fileprivate mutating func adjust() {
    var places: [(Int, Int)] = []
    var pValues: [Double] = []
    for c in indices {
      for index in self[c].figures.indices {
        guard let p = self[c].figures[index].drift?.pValue else { continue }
        places.append((c, index))
        pValues.append(p)
      }
    }
    for ((c, index), p) in zip(places, Holm.adjusted(pValues)) {
      self[c].figures[index].drift?.pValue = p
    }
  }
}
