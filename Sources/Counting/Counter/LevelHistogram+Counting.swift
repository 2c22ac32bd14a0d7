internal import Core

/// Everything that a histogram of levels is multiplied by.
struct LevelTables: Sendable {
  /// One a class, or one for all; `nil` for a loss that does not follow from histograms.
  private var losses: [[LevelLoss]?]
  /// Where sums of probabilities are wanted.
  var soft: SoftTerms?

  /// - Parameter top: the level of 1, 255 or 65535.
  init(_ needs: Needs, top: Int) {
    losses = needs.losses.map { loss in
      guard case .separable(let loss) = loss else { return nil }
      return (0..<min(needs.classes, loss.variants)).map { c in
        LevelLoss(loss.ofClass(c), needs.quantisation, top: top)
      }
    }
    soft = needs.softSums ? SoftTerms(top: top) : nil
  }

  /// The losses of one class, in the order of the scheme.
  func losses(ofClass c: Int) -> [LevelLoss?] {
    losses.map { each in each.map { $0[min(c, $0.count - 1)] } }
  }
}

/// The probabilities that levels stand for, formed in single precision, and their squares.
struct SoftTerms: Sendable {
  var probability: LevelTerms
  var square: LevelTerms

  init(top: Int) {
    let p = (0...top).map { Double(Float($0) / Float(top)) }
    probability = LevelTerms(p)
    square = LevelTerms(p.map { $0 * $0 })
  }
}

/// A loss at the levels of a plane, each rounded once, so that a histogram's loss is a sum of
/// integers.
struct LevelLoss: Sendable {
  var saved: Levels
  /// The least and the most that it may have been before the plane was rounded.
  var lowest: Levels
  var highest: Levels
  var isClipped: Bool
  var terms: LossTable.TermDomain
  /// The levels at which the loss has no finite value; of losses of the catalogue none.
  var undefined: (own: [(level: Int, value: Double)], other: [(level: Int, value: Double)])

  struct Levels: Sendable {
    var own: LevelTerms
    var other: LevelTerms

    init(own: [Double], other: [Double]) {
      self.own = LevelTerms(own)
      self.other = LevelTerms(other)
    }
  }

  /// - Parameter top: the level of 1, 255 or 65535.
  init(_ loss: any SeparableLoss, _ quantisation: Quantisation, top: Int) {
    let (own, other) = loss.levels(top: top)
    let (low, high) = loss.levelBounds(quantisation, top: top)
    saved = Levels(own: own, other: other)
    lowest = Levels(own: low.own, other: low.other)
    highest = Levels(own: high.own, other: high.other)
    isClipped = loss.isClipped(fromLogits: false)
    terms = loss.terms
    func undefined(_ values: [Double]) -> [(level: Int, value: Double)] {
      values.enumerated().filter { !$0.element.isFinite }.map {
        (level: $0.offset, value: $0.element)
      }
    }
    self.undefined = (undefined(own), undefined(other))
  }
}

extension LevelCounts {
  /// Everything that one class's histogram says; decisions only where there is a threshold.
  func tally(_ tables: LevelTables, _ needs: Needs, class c: Int) -> ClassTally {
    let threshold = needs.areClassesExclusive ? nil : needs.thresholds[c]
    let saturated = SaturatedCounts(
      ownAtZero: own[0], ownAtOne: own[top], otherAtZero: other[0], otherAtOne: other[top])
    let losses = tables.losses(ofClass: c)
    let sums = losses.map { $0.map(self.sums) ?? (saved: .zero, bounds: .zero) }
    let found = threshold.map(overlap(above:))
    let from = needs.countsTies ? threshold.map { overlap(above: Double(Float($0).nextDown)) } : nil
    return ClassTally(
      overlap: found ?? .zero,
      soft: tables.soft.map(softSums) ?? .zero,
      losses: sums.map(\.saved), saturated: saturated,
      ties: from.flatMap { from in found.map { $0.ties(below: from) } } ?? .zero,
      bounds: sums.map(\.bounds),
      capped: saturated.wrong == 0
        ? [] : losses.map { $0.map { cost(of: saturated, $0) } ?? .zero })
  }

  private func sums(_ loss: LevelLoss) -> (saved: LossSum, bounds: LossBounds) {
    let (owns, others) = (pixels(own), pixels(other))
    func sum(_ levels: LevelLoss.Levels) -> SplitSum {
      SplitSum(
        own: levels.own.sum(own, pixels: owns), other: levels.other.sum(other, pixels: others))
    }
    let saved = sum(loss.saved)
    return (
      LossSum(
        positive: saved.own, negative: saved.other, positives: owns,
        negatives: loss.terms == .ownPixels ? 0 : others),
      LossBounds(low: sum(loss.lowest), high: sum(loss.highest))
    )
  }

  private func cost(of saturated: SaturatedCounts, _ loss: LevelLoss) -> SplitSum {
    guard loss.isClipped else { return .zero }
    return SplitSum(
      own: loss.saved.own[0] * saturated.ownAtZero,
      other: loss.saved.other[top] * saturated.otherAtOne)
  }

  private func overlap(above threshold: Double) -> Overlap {
    let limit = Float(threshold)
    // Two levels below the threshold the quotient cannot be rounded to above it.
    let below = max(0, Int(min(max(threshold, 0), 1) * Double(top)) - 2)
    let first = (below...top).first { Float($0) / Float(top) > limit } ?? levels
    let (found, wrong) = (pixels(own[first...]), pixels(other[first...]))
    return Overlap(
      both: found, onlyTrue: pixels(own[..<first]), onlyPredicted: wrong,
      neither: pixels(other[..<first]))
  }

  /// No image has 2⁶³ pixels; without the overflow check eight counts are added at a time.
  private func pixels(_ counts: some Sequence<Int>) -> Int { counts.reduce(0, &+) }

  private func softSums(_ terms: SoftTerms) -> SoftSums {
    let (owns, others) = (pixels(own), pixels(other))
    let both = terms.probability.sum(own, pixels: owns)
    let bothSquared = terms.square.sum(own, pixels: owns)
    return SoftSums(
      predicted: both + terms.probability.sum(other, pixels: others), both: both,
      predictedSquared: bothSquared + terms.square.sum(other, pixels: others),
      bothSquared: bothSquared, truth: owns)
  }

  /// The level of 1.
  private var top: Int { levels - 1 }
}
