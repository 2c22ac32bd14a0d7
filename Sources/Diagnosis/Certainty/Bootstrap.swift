internal import Core
package import Resampling
package import Tables

/// What other images of the same kind might have said: the run drawn again and again.
///
/// Images are drawn as a whole, or groups of them where the paths name groups: neighbouring pixels
/// say nothing new, nor do frames of one scene. Draws depend on seed, replicate and name alone.
package struct Bootstrap: Sendable {
  package struct Settings: Hashable, Sendable {
    package var replicates: Int
    package var seed: UInt64
    /// The level of intervals; a verdict may be wrong with probability 1 − level.
    package var level: Double

    package init(replicates: Int = 2000, seed: UInt64 = 1, level: Double = 0.95) {
      self.replicates = replicates
      self.seed = seed
      self.level = level
    }

    package var alpha: Double { 1 - level }
  }

  package let settings: Settings
  let jobs: Int
  /// For each image of the run the cluster that it is drawn with.
  let clusters: [String]
  let clustering: Clustering
  /// What is left out at once where a whole chain is applied to the rest: the clusters, or groups of
  /// them where there are many.
  let leftOut: Clustering
  /// One a class.
  let classes: [ClassCertainty]

  /// So many groups say how much a number varies: the error itself is then known to 2 %, and from the
  /// fewest of a very large run to 15 % (Kott: "The delete-a-group jackknife", J. Official Statistics
  /// 17, 2001).
  private static let groups = 20...1000
  /// What all tables without a group may have in all, a few seconds of the slowest chains.
  private static let mostCells = 30_000_000

  /// Whether there is anything to draw: with one cluster every draw is the same.
  var canDraw: Bool { clusters.contains { $0 != clusters[0] } }

  /// - Parameter jobs: how many threads; without influence on the result.
  package init(
    of measurements: Measurements, poor: PoorRule, settings: Settings = Settings(), jobs: Int
  ) {
    self.settings = settings
    self.jobs = jobs
    let images = measurements.images
    clusters = images.map(\.cluster)
    clustering = Clustering(of: clusters, named: images.map(\.name))
    let overlaps = measurements.overlaps
    leftOut = clustering.grouped(
      into: max(
        Bootstrap.groups.lowerBound,
        min(
          Bootstrap.groups.upperBound,
          Bootstrap.mostCells / max(1, images.count * overlaps.count))))
    // No claim is made of a class that is not averaged.
    func isPoor(_ c: Int) -> Bool {
      measurements.weighting.isAveraged[c] && overlaps[c].truth > 0
        && poor.badness(of: overlaps[c]) > poor.largestBadness
    }
    let poorClasses = overlaps.indices.count(where: isPoor)
    let replicates =
      clusters.contains { $0 != images[0].cluster }
      ? max(
        settings.replicates,
        min(20_000, Holm.replicates(for: poorClasses, level: settings.alpha)))
      : 1
    let resamples = Resamples(
      of: Clusters(clustering, columns: 4 * overlaps.count) { index in
        images[index].overlapCells
      }, replicates: replicates, seed: settings.seed, jobs: jobs)
    func badness(_ c: Int, _ sums: Span<Double>) -> Double? {
      let overlap = Overlap(drawn: sums.extracting(4 * c..<4 * c + 4))
      return overlap.truth > 0 ? poor.badness(of: overlap) : nil
    }
    let left = resamples.clusters.leavingOut(
      of: { sums in overlaps.indices.map { c in badness(c, sums).map { 1 - $0 } } },
      sizes: { row in
        overlaps.indices.map { c in
          poor.size(of: Overlap(drawn: row.extracting(4 * c..<4 * c + 4)), in: overlaps[c])
        }
      })
    var found = overlaps.indices.map { c in
      ClassCertainty(
        Jackknife(left[c]), names: resamples.clusters.names,
        level: settings.level,
        poorShare: resamples.share { sums in badness(c, sums).map { $0 > poor.largestBadness } },
        isPoor: isPoor(c))
    }
    // All claims "this class is poor" are adjusted together.
    let claims = found.indices.filter { found[$0].isPoor }
    let adjusted = Holm.adjusted(claims.map { found[$0].poorShare.pValue })
    for (c, pValue) in zip(claims, adjusted) { found[c].pValue = pValue }
    classes = found
  }
}

/// How sure it is that a class is poor, or is not.
package struct ClassCertainty: Hashable, Sendable {
  /// Of the score by which classes count as poor.
  package var score: Interval?
  /// Where one image, or group, has more than half of the class: there is no interval, because
  /// nothing says how much such an image differs from its kind.
  package var dominating: Dominating?
  /// How sure the score is by itself: its standard error, on the scale of the logit.
  package var error: Double?
  /// In how many replicates the class is poor; `undefined` where it does not occur.
  package var poorShare: Share
  /// Whether the class counts as poor on the images at hand.
  package var isPoor: Bool
  /// Of "the class is poor", adjusted to the number of poor classes (Holm); `nil` for a class that
  /// is not poor.
  package var pValue: Double?

  /// P(poor), over the replicates in which the class occurs.
  package var poorProbability: Double? {
    let saying = poorShare.holding + poorShare.failing
    return saying > 0 ? Double(poorShare.holding) / Double(saying) : nil
  }

  /// Whether the images decide at 1 − alpha whether the class is poor.
  package func isDecided(alpha: Double) -> Bool {
    if let pValue { return pValue <= alpha }
    return Double(poorShare.holding) / Double(poorShare.replicates) <= alpha
  }
}

extension ClassCertainty {
  /// What is drawn as a whole, and its part of the class.
  package struct Dominating: Hashable, Sendable {
    /// The image's name, or the group's.
    package var name: String
    /// Above ½, to 1.
    package var share: Double
  }

  fileprivate init(
    _ jackknife: Jackknife?, names: [String], level: Double, poorShare: Share, isPoor: Bool
  ) {
    self.poorShare = poorShare
    self.isPoor = isPoor
    guard let jackknife else { return }
    if let place = jackknife.dominating {
      dominating = Dominating(name: names[place], share: jackknife.shares[place])
      return
    }
    // A correlation may be negative.
    let isUnit = jackknife.estimate >= 0 && jackknife.others.allSatisfy { $0 >= 0 }
    score = jackknife.interval(level: level, on: isUnit ? .unit : .unbounded)
    let (score, error) = (jackknife.estimate, jackknife.standardError)
    if score > 0, score < 1 { self.error = error / (score * (1 - score)) }
  }
}

extension PoorRule {
  /// How much an image counts in the score of all: what it has of the number that the score divides
  /// by, as a part of all the others'.
  ///
  /// Whatever the score divides by, an image that is right throughout adds as much above the line as
  /// below: (n + d) / (1 + d) with n the score.
  fileprivate func size(of image: Overlap, in all: Overlap) -> Double {
    guard let score = score(of: all), score < 1,
      let better = self.score(of: all + Overlap(both: image.union, neither: image.neither)),
      better < 1
    else { return Double(image.union) }
    return max(0, (better - score) / (1 - better))
  }
}

extension ImageEvidence {
  /// What it is drawn with.
  var cluster: String { group ?? name }

  /// Class by class.
  fileprivate var overlapCells: [Double] {
    var cells: [Double] = []
    cells.reserveCapacity(4 * tally.classes.count)
    let classes = tally.classes.span
    for c in classes.indices { classes[c].overlap.append(to: &cells) }
    return cells
  }
}
