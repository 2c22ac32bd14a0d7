package import Core
package import Counting

/// The least and the most that a number may have been before probabilities were rounded to levels.
package struct RoundingInterval: Hashable, Sendable {
  package var low: Double
  package var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  fileprivate init?(_ low: Double?, _ high: Double?) {
    guard let low, let high else { return nil }
    self.init(low: low, high: high)
  }
}

/// The steps of a chain with every loss as small, and as large, as the levels allow.
package struct Bounds: Hashable, Sendable {
  package var low: [StepResult]
  package var high: [StepResult]

  /// Of the last step's one number.
  package var interval: RoundingInterval? { RoundingInterval(low.last?.value, high.last?.value) }
}

/// The intervals of one class's mean loss: at all pixels, on its own, on the others.
package struct ClassRounding: Hashable, Sendable {
  package var mean: RoundingInterval?
  package var positive: RoundingInterval?
  package var negative: RoundingInterval?
}

extension Measurements {
  /// Which losses a table has: as they were saved, or as they may have been.
  package enum Reading: Sendable {
    case saved, lowest, highest
    /// Of saturated wrong values only; all others cost nothing.
    case capped
  }

  /// The bounds of a measure by a chain; `nil` where nothing was rounded that it is made of.
  ///
  /// A chain of losses adds, averages and selects, with weights that are not negative, so it never
  /// falls where a loss rises: applied to the least losses it gives the least value.
  ///
  /// - Throws: why there are none although planes were rounded.
  package func bounds(of measure: Measure, by chain: Chain) throws(Problem) -> Bounds? {
    guard hasBounds else { return nil }
    switch measure.form {
    case .ratio(let ratio):
      if ratio.countsDecisions { return nil }
      throw Problem(
        "'\(measure.name)' has no interval: only losses that have a value at every pixel do",
        remedy: "save the predictions as floats")
    case .categorical:
      throw Problem(
        "'\(measure.name)' has no interval: each of its terms is made from all classes of a pixel, and their roundings are not known together",
        remedy: "save the predictions as floats")
    case .separable(let loss):
      guard (0..<evidence.classes.count).allSatisfy({ loss.ofClass($0).hasOneValley }) else {
        throw Problem(
          "'\(measure.name)' has no interval: it falls and rises more than once between 0 and 1",
          remedy: "save the predictions as floats")
      }
    }
    if chain.weighsSamples {
      throw Problem(
        "'\(measure.name)' by '\(chain)' has no interval: sums with sample weights have no bounds",
        remedy: "save the predictions as floats")
    }
    let byTile = chain.axes.contains(.tile)
    return Bounds(
      low: table(of: measure, byTile: byTile, as: .lowest).reduced(by: chain).steps,
      high: table(of: measure, byTile: byTile, as: .highest).reduced(by: chain).steps)
  }

  /// For each class the interval of its mean losses over the run; `nil` as above, or for a measure
  /// without bounds.
  package func classIntervals(of measure: Measure) -> [ClassRounding]? {
    guard hasBounds, case .separable(let loss) = measure.form,
      (0..<evidence.classes.count).allSatisfy({ loss.ofClass($0).hasOneValley }),
      case .losses(let low) = table(of: measure, byTile: false, as: .lowest),
      case .losses(let high) = table(of: measure, byTile: false, as: .highest)
    else { return nil }
    let all = low.layout.places.indices
    return (0..<low.layout.classes).map { c in
      let (low, high) = (low.table.sums.sum(all, class: c), high.table.sums.sum(all, class: c))
      func interval(_ sum: (LossSum) -> ExactSum, _ count: Int) -> RoundingInterval? {
        count == 0
          ? nil
          : RoundingInterval(
            low: Double(sum(low)) / Double(count), high: Double(sum(high)) / Double(count))
      }
      return ClassRounding(
        mean: interval(\.total, low.terms), positive: interval(\.positive, low.positives),
        negative: interval(\.negative, low.negatives))
    }
  }

  /// How many of each class's probabilities are exactly 0 or 1.
  package var saturated: [SaturatedCounts] {
    let none = [SaturatedCounts](repeating: .zero, count: evidence.classes.count)
    return images.reduce(into: none) { counts, image in
      for (c, tally) in image.tally.classes.enumerated() { counts[c] += tally.saturated }
    }
  }

  /// The part of a value that saturated wrong probabilities make, whose loss is what the clip says;
  /// `nil` where the chain is not a sum over pixels or the measure has no clip.
  package func cappedShare(of measure: Measure, by chain: Chain) -> Double? {
    guard case .separable(let loss) = measure.form, loss.isClipped(fromLogits: false),
      !scheme.hasShares,
      !chain.isSelective, !chain.weighsSamples,
      !chain.reductions.contains(where: { $0.substitute != nil })
    else { return nil }
    let byTile = chain.axes.contains(.tile)
    let whole = table(of: measure, byTile: byTile).value(by: chain)
    let capped = table(of: measure, byTile: byTile, as: .capped).value(by: chain)
    guard let whole, let capped, whole > 0 else { return nil }
    return capped / whole
  }

  /// Whether probabilities of the run were rounded to levels, and their losses bounded.
  package var hasBounds: Bool {
    images.contains { $0.tally.classes.contains { !$0.bounds.isEmpty } }
  }
}

extension ClassTally {
  /// The sums of a loss as it may have been; an image that was not rounded has those that it has.
  func loss(_ index: Int, as reading: Measurements.Reading) -> LossSum {
    let saved = losses[index]
    let other: SplitSum? =
      switch reading {
      case .saved: nil
      case .lowest: bounds.isEmpty ? nil : bounds[index].low
      case .highest: bounds.isEmpty ? nil : bounds[index].high
      case .capped: capped.isEmpty ? .zero : capped[index]
      }
    guard let other else { return saved }
    return LossSum(
      positive: other.own, negative: other.other, positives: saved.positives,
      negatives: saved.negatives)
  }
}
