internal import Core
internal import Counting
package import Diagnosis
internal import Pages
internal import Resampling
internal import Tables

/// Everything that documents say about two runs; each is a view of it.
package struct ComparisonReport: Sendable {
  package var version: String
  /// As the user named them.
  package var runs: (before: String, after: String)
  package var comparison: Comparison
  package var pairing: Pairing
  /// What else differs between the runs, and whose configuration was taken.
  package var notes: [Note]
  /// What came of the newer run's checks, where they were asked for; against the older as baseline.
  package var gates: [GateResult] = []
  /// For whom its table is written.
  package var dialect = CSVDialect.plain

  package init(
    version: String, runs: (before: String, after: String), comparison: Comparison,
    pairing: Pairing, notes: [Note]
  ) {
    self.version = version
    self.runs = runs
    self.comparison = comparison
    self.pairing = pairing
    self.notes = notes
  }

  /// Which images could be compared.
  package struct Pairing: Hashable, Sendable {
    package var paired: Int
    package var unpaired: [Unpaired]
    /// Images whose truth is not the same in both runs.
    package var changedTruth: [String]

    package init(paired: Int, unpaired: [Unpaired], changedTruth: [String]) {
      self.paired = paired
      self.unpaired = unpaired
      self.changedTruth = changedTruth
    }

    package var isComplete: Bool { unpaired.isEmpty }
  }

  /// An image that only one run could use, or none.
  package struct Unpaired: Hashable, Sendable {
    package var image: String
    package var reason: Reason

    package init(image: String, reason: Reason) {
      self.image = image
      self.reason = reason
    }

    package enum Reason: String, CaseIterable, Sendable {
      case onlyBefore = "only_a"
      case onlyAfter = "only_b"
      case problemBefore = "problem_a"
      case problemAfter = "problem_b"
      case problemBoth = "problem_both"

      package var text: String {
        switch self {
        case .onlyBefore: "only A has"
        case .onlyAfter: "only B has"
        case .problemBefore: "A could not use"
        case .problemAfter: "B could not use"
        case .problemBoth: "neither could use"
        }
      }
    }
  }
}

extension ComparisonReport {
  /// How many images a report that people read names.
  static let shownImages = 5
}

// Words that the documents share.
extension ComparisonReport {
  /// `0.0102 → 0.0120, +0.00180 [0.00144, 0.00216]`
  static func line(_ change: Change) -> Line {
    "\(change.before) → \(change.after), \(differenceLine(change))"
  }

  static func differenceLine(_ change: Change) -> Line {
    guard change.difference != nil else { return "–" }
    let interval = change.interval.map { " [\($0.low), \($0.high)]" as Line }
    return "\(signed: change.difference)\(interval)"
  }

  /// What the headline's own change amounts to.
  var headlineOutcome: String {
    guard comparison.printed.difference != nil else {
      let runs = undefinedRuns
      return runs.isEmpty ? "no value" : "NaN in \(runs.joined(separator: " and "))"
    }
    let word =
      comparison.direction == 0 ? "the same" : comparison.direction > 0 ? "worse" : "better"
    if comparison.direction == 0 || comparison.printed.isCertain { return word }
    return comparison.printed.interval == nil ? "\(word), without an interval" : "undecided"
  }

  /// The headline's change as a share of its scale.
  var scaleLine: Line? {
    guard let cost = comparison.cost, let scale = comparison.before.scale, scale > 0,
      let tolerance = comparison.tolerance
    else { return nil }
    return
      "\(percent: cost.magnitude / scale) of the headline's scale \(scale); what a class moves it by is not seen below \(tolerance)"
  }

  var splitLine: Line? {
    guard !pairing.changedTruth.isEmpty, let split = comparison.split else { return nil }
    return
      "\(signed: split.within) from the classes' losses and \(signed: split.mix) from their weights, which the truth decides"
  }

  /// `12 images: a, b, c and 9 more`
  static func line(_ images: [String]) -> Line {
    let names = images.prefix(shownImages).map(Line.name).joined(separator: ", ")
    let left = images.count - shownImages
    return "\(count: images.count, "image"): \(names)\(text: left > 0 ? " and \(left) more" : "")"
  }

  var unpairedLines: [Line] {
    Unpaired.Reason.allCases.compactMap { reason in
      let images = pairing.unpaired.filter { $0.reason == reason }.map(\.image)
      return images.isEmpty ? nil : "\(text: reason.text) \(Self.line(images))"
    }
  }

  /// Where a loss curve is what people look at.
  var missedTitle: Line {
    let headline = comparison.headline
    return
      "A reader of the \(text: headline.isScore ? "score" : "loss") curve (\(headline.words)) would have missed"
  }

  /// Where classes are undecided, nothing more can be said.
  var nothingLine: Line {
    if comparison.printed.difference == nil {
      return
        " everything: there is no number to compare in \(text: undefinedRuns.isEmpty ? "one of the runs" : undefinedRuns.joined(separator: " and ")). The classes' own scores are compared all the same."
    }
    let images: Line =
      pairing.paired == 1 ? "this image" : "these \(count: pairing.paired) images"
    let detectable = comparison.classes.filter { $0.outcome == .undecided }
      .compactMap { change in change.score.detectable.map { (change, $0) } }
    guard let least = detectable.min(by: { $0.1 < $1.1 }),
      let most = detectable.max(by: { $0.1 < $1.1 })
    else { return " nothing that \(images) can show." }
    // Scores lie between 0 and 1.
    guard least.1 < 1 else {
      return " nothing that \(images) can show: they are too few to show any change of a score."
    }
    let range: Line =
      least.0.name == most.0.name
      ? "\(least.1) (\(name: least.0.name))"
      : "\(least.1) (\(name: least.0.name)) to \(most.1) (\(name: most.0.name))"
    return
      " nothing that \(images) can show: a score would have had to change by \(range) to be seen four times in five."
  }

  static func verdictText(_ before: ClassDiagnosis, _ after: ClassDiagnosis) -> String {
    func text(_ found: ClassDiagnosis) -> String {
      found.verdict.map { $0.rawValue + (found.tendency.map { " (\($0.rawValue))" } ?? "") }
        ?? found.state.rawValue
    }
    return text(before) == text(after) ? text(before) : "\(text(before)) → \(text(after))"
  }

  /// Both runs' diagnoses of each class beside its change, worst first.
  var rows: [(change: ClassChange, before: ClassDiagnosis, after: ClassDiagnosis)] {
    comparison.worstFirst.compactMap { change in
      guard let before = comparison.before.classes.first(where: { $0.name == change.name }),
        let after = comparison.after.classes.first(where: { $0.name == change.name })
      else { return nil }
      return (change, before, after)
    }
  }
}
