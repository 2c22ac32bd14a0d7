package import Core
internal import Counting
internal import Diagnosis
internal import Pages
package import Tables

extension Report {
  /// What the saved form of the probabilities leaves open: rounding to levels gives a number an
  /// interval, and clipping gives it a part that depends on the clip rather than on the model.
  package struct Saving: Hashable, Sendable {
    /// How many levels the planes have, where they have any.
    package var levels: Int?
    package var quantisation: Quantisation
    /// How many of each class's probabilities are exactly 0 or 1; empty where there are none.
    package var saturated: [SaturatedCounts]
    /// The share of the headline that comes from saturated wrong values, 0…1, where its measure
    /// clips.
    package var cappedShare: Double?
    /// Of the headline's measure, one a class; empty where it has no intervals.
    package var classes: [ClassRounding]

    package init(
      levels: Int? = nil, quantisation: Quantisation = .round, saturated: [SaturatedCounts] = [],
      cappedShare: Double? = nil, classes: [ClassRounding] = []
    ) {
      self.levels = levels
      self.quantisation = quantisation
      self.saturated = saturated
      self.cappedShare = cappedShare
      self.classes = classes
    }

    func interval(_ c: Int) -> ClassRounding? { classes.indices.contains(c) ? classes[c] : nil }

    func saturated(_ c: Int) -> SaturatedCounts? {
      saturated.indices.contains(c) ? saturated[c] : nil
    }

    /// Those of all classes; none where there are no probabilities.
    var allSaturated: SaturatedCounts? {
      saturated.isEmpty ? nil : saturated.reduce(.zero, +)
    }
  }

  /// The headline's own among the reductions.
  var reducedHeadline: Reduced? {
    reductions.first {
      $0.measure == headline.headline.name && $0.reduction == headline.headline.reductionName
    }
  }
}

// MARK: - In words

extension Report {
  /// What the headline may have been, and how much of it is the clip.
  var savingLine: Line? {
    var sentences: [Line] = []
    if let interval = reducedHeadline?.bounds?.interval, let planes = levelsLine {
      sentences.append(
        interval.isVisible(beside: headline.printed)
          ? "\(planes.capitalised): before they were rounded it may have been anything from \(interval.low) to \(interval.high)."
          : "That \(planes) does not show in these digits.")
    }
    if let share = saving.cappedShare, share > 0.01, let saturated = saving.allSaturated {
      let (carry, were) = saturated.wrong == 1 ? ("carries", "it was") : ("carry", "they were")
      sentences.append(
        "\(count: saturated.wrong, "saturated wrong value") (\(percent: shareOfValues(saturated.wrong))) \(text: carry) \(percent: share) of the loss; a saved probability cannot say how wrong \(text: were)."
      )
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// What the brackets of a table mean, and why some of its values have none.
  var intervalNote: Line? {
    let reasons = reductions.compactMap(\.unbounded).reduce(into: [String]()) { reasons, reason in
      if !reasons.contains(reason) { reasons.append(reason) }
    }
    let brackets =
      reductions.contains { $0.bounds?.interval != nil }
      ? levelsLine.map { "In brackets: what a value may have been, because \($0)." as Line } : nil
    let sentences = [brackets].compactMap(\.self) + reasons.map { "\(name: $0)." }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  var saturationFact: Line? {
    guard let saturated = saving.allSaturated, saturated.all > 0 else { return nil }
    let wrong: Line = saturated.wrong == 0 ? "none" : "\(count: saturated.wrong)"
    return
      "\(percent: shareOfValues(saturated.all)) of the probabilities are exactly 0 or 1, \(wrong) of them wrongly"
  }

  private var levelsLine: Line? {
    saving.levels.map { levels in
      let truncated: Line = saving.quantisation == .truncate ? ", truncated" : ""
      return "the planes have \(count: levels) levels\(truncated)"
    }
  }

  /// Of all counted pixels times classes.
  private func shareOfValues(_ count: Int) -> Double? {
    let values = inputs.pixels * headline.classes.count
    return values == 0 ? nil : Double(count) / Double(values)
  }
}

/// `0.0102 [0.0096, 0.0149]`; the value alone where the digits do not show the interval.
func bracketed(_ value: Double?, _ interval: RoundingInterval?) -> Line {
  guard let interval, interval.isVisible(beside: value) else { return "\(value)" }
  return "\(value) [\(interval.low), \(interval.high)]"
}

extension RoundingInterval {
  fileprivate func isVisible(beside value: Double?) -> Bool {
    value != nil && Set([low, high, value].map { Figure.text($0) }).count > 1
  }
}
