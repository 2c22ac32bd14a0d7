package import Core
package import Raster

/// Counts images, one after the other; each worker has its own, because of the scratch it holds.
package struct Counter: Sendable {
  /// What is counted against a truth of yes and no.
  package let needs: Needs
  /// What is counted against shares, where the truth is soft.
  var shares: ShareCounter?
  let levelTables: LevelTables
  /// The same of 16-bit planes, once there is one.
  var wideTables: LevelTables?
  /// Everything that this counter has seen; only what a run has once is kept here.
  package internal(set) var levels: RunLevels?

  // What is true and predicted at the pixels of one block.
  var blocks: [ClassBlock] = []
  var standings: [UInt8] = .init(repeating: 0, count: Region.pixelsPerBlock)
  var bytes: [UInt8] = .init(repeating: 0, count: Region.pixelsPerBlock)
  var truth: [Label] = .init(repeating: .none, count: Region.pixelsPerBlock)
  var numbers: [UInt16] = .init(repeating: 0, count: Region.pixelsPerBlock)
  var chosen: [Label] = .init(repeating: .none, count: Region.pixelsPerBlock)
  /// The pixels' weights, where they have any.
  var weights: [Lanes] = []
  /// The part of the weights that a file gives.
  var factors = [Lanes](repeating: .one, count: Region.pixelsPerBlock / 8)
  /// How many probabilities of the blocks now being counted were taken as 0 or 1.
  var clipped = 0
  /// How many counted pixels had no probability above 0.
  var zeroRows = 0
  /// Whether a logit that counts was −∞.
  var hasMinusInfinity = false
  /// How many logits made 1 − p very small where the class is not true.
  var surelyWrong = 0

  package init(for needs: Needs) {
    shares = needs.scheme.hasShares ? ShareCounter(for: needs) : nil
    let needs = shares == nil ? needs : needs.ofDecisions
    self.needs = needs
    levelTables = LevelTables(needs, top: 255)
  }

  /// Counts some blocks of a region.
  ///
  /// - Throws: Problem: a probability outside 0…1, a logit that is not finite, or too large a loss.
  package mutating func count(
    _ pair: ImagePair, in region: Region, blocks range: Range<Int>
  ) throws(Problem) -> Counted {
    if case (.labels(let predicted), .labels(let truth)) = (pair.prediction, pair.truth),
      let predicted = predicted.runs, let truth = truth.runs, region.pixels == pair.pixels,
      needs.areClassesExclusive
    {
      // Runs are counted all at once, whichever blocks are asked for first.
      return range.contains(0) ? count(truth: truth, predicted: predicted) : .zero
    }
    var counted = Counted()
    counted.tally.classes = noTallies
    let runs = range.map(region.runs)
    clipped = 0
    zeroRows = 0
    hasMinusInfinity = false
    surelyWrong = 0
    switch (pair.prediction, pair.truth) {
    case (.labels(let predicted), .labels(let truth)):
      countLabels(truth, predicted, runs, into: &counted.tally)
    case (.labels, .masks), (.labels, .standings):
      preconditionFailure("exclusive classes have a label map as truth")
    case (.masks(let masks), _):
      countTruth(pair.truth, runs, into: &counted.tally)
      countMasks(masks, pair.truth, runs, into: &counted.tally)
    case (.levels(let planes), _):
      let hasHistograms = !needs.areClassesExclusive || needs.losses.count > 0 || needs.softSums
      if hasHistograms { try countLevels(pair, planes, runs, into: &counted) }
      try countRest(pair, runs, into: &counted.tally, hasHistograms: hasHistograms)
    case (.probabilities(let planes), _) where planes.allSatisfy({ $0.element == .u2 }):
      try countWideLevels(pair, planes, runs, into: &counted.tally)
      try countRest(pair, runs, into: &counted.tally, hasHistograms: true)
    case (.probabilities, _), (.logits, _):
      try countPixels(pair, runs, into: &counted.tally, levels: .none)
    }
    counted.clipped = clipped
    counted.zeroRows = zeroRows
    counted.surelyWrong = surelyWrong
    counted.minusInfinity = hasMinusInfinity ? 1 : 0
    try shares?.count(pair, runs, into: &counted)
    return counted
  }

  /// For each class what nothing was counted of.
  var noTallies: [ClassTally] {
    .init(
      repeating: ClassTally(
        losses: .init(repeating: .zero, count: needs.losses.count),
        weighted: .init(
          repeating: .zero, count: needs.sampleWeights == nil ? 0 : needs.losses.count)),
      count: needs.classes)
  }

  /// What histograms do not say: decisions among classes, and losses that look at several.
  private mutating func countRest(
    _ pair: ImagePair, _ runs: [[Range<Int>]], into tally: inout Tally, hasHistograms: Bool
  ) throws(Problem) {
    if needs.areClassesExclusive || needs.hasCategorical || needs.sampleWeights != nil {
      try countPixels(pair, runs, into: &tally, levels: hasHistograms ? .inHistograms : .uncounted)
    } else {
      countTruth(pair.truth, runs, into: &tally)
    }
  }

  /// Counts a whole region.
  ///
  /// - Throws: Problem: a probability outside 0…1, a logit that is not finite, or too large a loss.
  package mutating func count(_ pair: ImagePair, in region: Region) throws(Problem) -> Tally {
    let counted = try count(pair, in: region, blocks: 0..<region.blocks)
    return finished(counted).tally
  }

  /// Everything that follows from level histograms and confusions, added to what was counted
  /// directly.
  package func finished(_ counted: Counted) -> Counted {
    var finished = counted
    for (c, histogram) in counted.levels.enumerated() {
      finished.tally.classes[c] += LevelCounts(histogram).tally(levelTables, needs, class: c)
    }
    if needs.areClassesExclusive {
      let overlaps = counted.tally.confusion.overlaps(classes: needs.classes)
      for c in overlaps.indices {
        finished.tally.classes[c].overlap = overlaps[c]
        finished.tally.classes[c].first = overlaps[c].truth
      }
    }
    return finished
  }
}

/// What was counted of some pixels; the histograms are not yet turned into losses.
package struct Counted: Statistic {
  package var tally = Tally.zero
  package var levels: [LevelHistogram] = []
  /// How many probabilities lay outside 0…1 by rounding alone, and were taken as 0 or 1.
  package var clipped = 0
  /// Where no class has a probability above 0.
  package var zeroRows = 0
  /// How many parts have a logit of −∞.
  package var minusInfinity = 0
  /// Logits that make 1 − p very small where the class is not true.
  package var surelyWrong = 0

  package init() {}

  package static let zero = Counted()

  package static func + (a: Counted, b: Counted) -> Counted {
    var sum = Counted()
    sum.tally = a.tally + b.tally
    sum.clipped = a.clipped + b.clipped
    sum.zeroRows = a.zeroRows + b.zeroRows
    sum.minusInfinity = a.minusInfinity + b.minusInfinity
    sum.surelyWrong = a.surelyWrong + b.surelyWrong
    sum.levels =
      a.levels.isEmpty ? b.levels : b.levels.isEmpty ? a.levels : zip(a.levels, b.levels).map(+)
    return sum
  }
}

/// A block's sum, rounded once.
func exact(_ sum: Double) throws(Problem) -> ExactSum {
  guard let exact = ExactSum(sum) else {
    throw Problem(
      "the loss of a few thousand pixels adds up to \(sum), too much to be meant",
      remedy: "look at the predictions of this image: logits of this size are no model's")
  }
  return exact
}
