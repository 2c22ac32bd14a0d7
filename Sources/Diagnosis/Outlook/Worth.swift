package import Core
internal import Counting
internal import Tables

/// What a prediction is worth: how often it is true, class by class.
///
/// As a labelled run had it, or as the probabilities say of themselves. It is all that stands between predictions and a
/// score, and nobody sees without a truth that it no longer holds.
package struct Worth: Sendable {
  package let basis: Basis
  private let rule: Rule

  package enum Basis: String, Sendable {
    /// How often a class was true at each probability.
    case levels
    /// How often a class was true where each class was predicted.
    case decisions
    /// Probabilities are taken for what they say.
    case probabilities
  }

  private enum Rule: Sendable {
    /// One a class, each with the threshold above which it is predicted.
    case levels([ProbabilityWorth], thresholds: [Double])
    /// How often a class was true where it was predicted, and where it was not.
    case apart([Decided])
    case together(PairWorth)
  }

  /// What is expected of a class in some pixels.
  package struct Expected: Hashable, Sendable {
    /// Pixels that are predicted as the class and true.
    package var both: Double
    package var truth: Double

    package init(both: Double, truth: Double) {
      self.both = both
      self.truth = truth
    }

    /// `nil` where the class is neither predicted nor expected.
    func dice(_ predicted: Double) -> Double? {
      predicted + truth > 0 ? 2 * both / (predicted + truth) : nil
    }
  }
}

extension Worth {
  /// As a labelled run had it; `nil` where it has no truth.
  ///
  /// - Parameter scheme: of the predictions that are to be judged.
  package init?(in run: Evidence, for scheme: Scheme) {
    guard run.scheme.lacksTruth != true else { return nil }
    if scheme.areClassesExclusive {
      let confusion = Confusion.sum(run.images.lazy.map(\.tally.confusion))
      (basis, rule) = (
        .decisions, .together(PairWorth(confusion, classes: run.classes.count))
      )
      return
    }
    let decided = run.classes.names.indices.map { c in
      Decided(run.images.reduce(Overlap.zero) { $0 + $1.tally.classes[c].overlap })
    }
    if scheme.kind != .labels, let levels = run.levels {
      let thresholds = scheme.thresholds
      (basis, rule) = (
        .levels,
        .levels(
          zip(levels.classes, decided).enumerated().map { c, found in
            ProbabilityWorth(
              found.0, at: ProbabilityPlaces(levels.kind, above: thresholds[c]),
              otherwise: found.1)
          }, thresholds: thresholds)
      )
      return
    }
    (basis, rule) = (.decisions, .apart(decided))
  }

  /// As probabilities say of themselves; `nil` where classes exclude each other.
  package init?(saidIn scheme: Scheme) {
    guard scheme.kind != .labels, !scheme.areClassesExclusive else { return nil }
    let thresholds = scheme.thresholds
    (basis, rule) = (
      .probabilities,
      .levels(thresholds.map { _ in .saysItself }, thresholds: thresholds)
    )
  }

  /// By what one image has; `nil` where that is not enough, as of planes that are not 8-bit.
  package var ofImages: (@Sendable (ImageEvidence) -> [Expected?]?) {
    switch rule {
    case .levels(let each, let thresholds):
      let places = thresholds.map { ProbabilityPlaces(.bits8, above: $0) }
      return { image in
        guard image.levels.count == each.count else { return nil }
        return each.indices.map {
          each[$0].expected(image.levels[$0].own, image.levels[$0].other, at: places[$0])
        }
      }
    case .apart(let decided):
      return { image in zip(decided, image.tally.classes).map { $0.expected(of: $1.overlap) } }
    case .together(let pairs): return { pairs.expected(of: $0.tally.confusion) }
    }
  }

  /// Of all images together, where it does not follow from each.
  func expected(of run: Evidence) -> [Expected?]? {
    guard case .levels(let each, let thresholds) = rule, let levels = run.levels else { return nil }
    return each.indices.map { c in
      each[c].expected(
        levels.classes[c].own, levels.classes[c].other,
        at: ProbabilityPlaces(levels.kind, above: thresholds[c]))
    }
  }

  /// The share of a class's pixels whose probability, or one near it, no pixel of the reference had.
  func unseen(in run: Evidence, _ c: Int) -> Double? {
    guard basis == .levels, case .levels(let each, let thresholds) = rule, let levels = run.levels
    else { return nil }
    return each[c].unseen(
      levels.classes[c], at: ProbabilityPlaces(levels.kind, above: thresholds[c]))
  }
}

extension Scheme {
  fileprivate var thresholds: [Double] {
    classes.names.indices.map { threshold(of: $0) ?? 0.5 }
  }
}

/// How often a class was true where it was predicted and where it was not; `nil` where nothing was.
struct Decided: Sendable {
  let predicted: Double?
  let rest: Double?

  init(_ overlap: Overlap) {
    func share(_ part: Int, of all: Int) -> Double? { all == 0 ? nil : Double(part) / Double(all) }
    predicted = share(overlap.both, of: overlap.predicted)
    rest = share(overlap.onlyTrue, of: overlap.pixels - overlap.predicted)
  }

  func expected(of overlap: Overlap) -> Worth.Expected? {
    let others = overlap.pixels - overlap.predicted
    guard let hits = overlap.predicted == 0 ? 0 : predicted, let missed = others == 0 ? 0 : rest
    else { return nil }
    let both = Double(overlap.predicted) * hits
    return Worth.Expected(both: both, truth: both + Double(others) * missed)
  }
}

/// How often each class was true where each was predicted, of classes that exclude each other.
private struct PairWorth: Sendable {
  private let classes: Int
  /// [p · C + k]: how often class k was true where p was predicted; p = C is a prediction of no class.
  private var shares: [Double]
  private let wasPredicted: [Bool]

  init(_ confusion: Confusion, classes: Int) {
    self.classes = classes
    var counts = [Double](repeating: 0, count: (classes + 1) * classes)
    var predicted = [Double](repeating: 0, count: classes + 1)
    var truth = [Double](repeating: 0, count: classes)
    for entry in confusion.entries {
      let count = Double(entry.count)
      predicted[entry.predicted] += count
      guard entry.truth < classes else { continue }
      counts[entry.predicted * classes + entry.truth] += count
      truth[entry.truth] += count
    }
    let all = predicted.reduce(0, +)
    // What a class that was never predicted means nobody knows; of the other classes it is as much as anywhere.
    for index in counts.indices {
      let p = index / classes
      counts[index] =
        predicted[p] > 0
        ? counts[index] / predicted[p] : all > 0 ? truth[index % classes] / all : 0
    }
    shares = counts
    wasPredicted = predicted.map { $0 > 0 }
  }

  func expected(of confusion: Confusion) -> [Worth.Expected?] {
    var expected = [Worth.Expected?](
      repeating: Worth.Expected(both: 0, truth: 0), count: classes)
    for entry in confusion.entries {
      let p = entry.predicted
      for c in 0..<classes {
        let found = Double(entry.count) * shares[p * classes + c]
        expected[c]?.truth += found
        if p == c { expected[c]?.both += found }
      }
      if p < classes, !wasPredicted[p] { expected[p] = nil }
    }
    return expected
  }
}
