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
    /// How often a class was true at each level of its probability.
    case levels
    /// How often a class was true where each class was predicted.
    case decisions
    /// Probabilities are taken for what they say.
    case probabilities
  }

  private enum Rule: Sendable {
    case levels([LevelWorth])
    /// How often a class was true where it was predicted, and where it was not.
    case apart(predicted: [Double], rest: [Double])
    /// [p · C + k]: how often class k was true where p was predicted; p = C is a prediction of no class.
    case together([Double])
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
    let classes = run.classes.count
    if scheme.areClassesExclusive {
      let confusion = Confusion.sum(run.images.lazy.map(\.tally.confusion))
      var counts = [Double](repeating: 0, count: (classes + 1) * classes)
      var predicted = [Double](repeating: 0, count: classes + 1)
      for entry in confusion.entries {
        predicted[entry.predicted] += Double(entry.count)
        if entry.truth < classes {
          counts[entry.predicted * classes + entry.truth] += Double(entry.count)
        }
      }
      for index in counts.indices where predicted[index / classes] > 0 {
        counts[index] /= predicted[index / classes]
      }
      (basis, rule) = (.decisions, .together(counts))
      return
    }
    if let levels = run.levels {
      (basis, rule) = (
        .levels,
        .levels(
          levels.classes.enumerated().map { c, counts in
            LevelWorth(of: LevelScale(levels.kind), above: scheme.threshold(of: c), as: counts)
          })
      )
      return
    }
    var overlaps = [Overlap](repeating: .zero, count: classes)
    for c in 0..<classes {
      overlaps[c] = run.images.reduce(Overlap.zero) { $0 + $1.tally.classes[c].overlap }
    }
    func share(_ part: Int, of all: Int) -> Double { all == 0 ? 0 : Double(part) / Double(all) }
    (basis, rule) = (
      .decisions,
      .apart(
        predicted: overlaps.map { share($0.both, of: $0.predicted) },
        rest: overlaps.map { share($0.onlyTrue, of: $0.pixels - $0.predicted) })
    )
  }

  /// As the probabilities of predictions alone say of themselves; `nil` where classes exclude each other, or where it was not
  /// counted how often each occurs.
  package init?(saidBy kind: RunLevels.Kind, for scheme: Scheme) {
    guard scheme.kind != .labels, !scheme.areClassesExclusive else { return nil }
    (basis, rule) = (
      .probabilities,
      .levels(
        scheme.classes.names.indices.map {
          LevelWorth(of: LevelScale(kind), above: scheme.threshold(of: $0), as: nil)
        })
    )
  }

  /// Of an image; `nil` where that does not follow from what an image has, as of planes that are not 8-bit.
  package func expected(of image: ImageEvidence) -> [Expected]? {
    switch rule {
    case .levels(let each):
      guard image.levels.count == each.count else { return nil }
      return zip(each, image.levels).map { $0.expected(of: $1.own, $1.other) }
    case .apart(let predicted, let rest):
      return image.tally.classes.enumerated().map { c, tally in
        let both = Double(tally.overlap.predicted) * predicted[c]
        return Expected(
          both: both,
          truth: both + Double(tally.overlap.pixels - tally.overlap.predicted) * rest[c])
      }
    case .together(let shares):
      let classes = image.tally.classes.count
      var expected = [Expected](repeating: Expected(both: 0, truth: 0), count: classes)
      for entry in image.tally.confusion.entries {
        for c in 0..<classes {
          let found = Double(entry.count) * shares[entry.predicted * classes + c]
          expected[c].truth += found
          if entry.predicted == c { expected[c].both += found }
        }
      }
      return expected
    }
  }

  /// Of all images together, where it does not follow from each.
  func expected(of run: Evidence) -> [Expected]? {
    guard case .levels(let each) = rule, let levels = run.levels?.classes else { return nil }
    return zip(each, levels).map { $0.expected(of: $1.own, $1.other) }
  }

  /// The share of pixels and classes whose probability no pixel of the reference had.
  func unseen(in run: Evidence) -> Double? {
    guard basis == .levels, case .levels(let each) = rule, let levels = run.levels?.classes else {
      return nil
    }
    var (unseen, all) = (0, 0)
    for (worth, counts) in zip(each, levels) {
      for level in 0..<counts.levels {
        let pixels = counts.own[level] + counts.other[level]
        all += pixels
        if !worth.wasSeen[level] { unseen += pixels }
      }
    }
    return all == 0 ? nil : Double(unseen) / Double(all)
  }
}

/// How often a class is true at each level of its probability.
private struct LevelWorth: Sendable {
  let share: [Double]
  let isPredicted: [Bool]
  let wasSeen: [Bool]

  /// - Parameter counts: of a labelled run; at a level that no pixel had there, and everywhere where there is none, the
  ///   probability is taken for what it says.
  init(of scale: LevelScale, above threshold: Double?, as counts: LevelCounts?) {
    let limit = scale.rounded(threshold ?? 0.5)
    var (share, isPredicted, wasSeen) = ([Double](), [Bool](), [Bool]())
    for level in 0..<scale.levels {
      let range = scale.probabilities(of: level)
      let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
      isPredicted.append(middle > limit)
      let (own, other) =
        counts.map { $0.levels == 0 ? (0, 0) : ($0.own[level], $0.other[level]) } ?? (0, 0)
      wasSeen.append(own + other > 0)
      share.append(own + other > 0 ? Double(own) / Double(own + other) : middle)
    }
    (self.share, self.isPredicted, self.wasSeen) = (share, isPredicted, wasSeen)
  }

  func expected(of own: [Int], _ other: [Int]) -> Worth.Expected {
    var expected = Worth.Expected(both: 0, truth: 0)
    for level in own.indices where own[level] + other[level] > 0 {
      let found = Double(own[level] + other[level]) * share[level]
      expected.truth += found
      if isPredicted[level] { expected.both += found }
    }
    return expected
  }
}
