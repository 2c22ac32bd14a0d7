package import Counting
package import Tables

/// A limit that fails a build: on each class's score, on one number, or on the verdicts.
package struct Gate: Sendable {
  /// By which every document knows it.
  package var id: String
  package var subject: Subject
  /// How much worse than the baseline its number may be; `nil` where it is held to none.
  package var decline: Decline?
  package var level: Level
  /// What it means that a class or number is not there, or in too few images.
  package var onMissing: Reaction
  /// What it means that the limit is broken, but not by more than other images of the same kind may do.
  package var onInsufficient: Reaction
  /// In how many images, or groups, a class must be.
  package var fewestImages: Int
  /// Where the configuration has it, for tools that show a place; from 1.
  package var line: Int?

  package enum Subject: Sendable {
    /// The verdicts that no class, or not this one, may have.
    case verdict(not: Set<Verdict>, class: Int?)
    /// A score of each class, or of one, over all pixels of the run; limits are none where there is only a
    /// baseline.
    case score(Measure, class: Int?, Limits)
    /// One number of the run.
    case number(Formula, called: String, Limits)
  }

  package struct Limits: Hashable, Sendable {
    package var least: Double?
    package var most: Double?

    package init(least: Double?, most: Double?) {
      (self.least, self.most) = (least, most)
    }
  }

  /// What becomes of a gate that fails.
  package enum Level: String, CaseIterable, Sendable { case off, warn, error }

  /// What becomes of a gate that cannot be decided.
  package enum Reaction: String, CaseIterable, Sendable { case pass, warn, fail }

  package init(
    id: String, subject: Subject, decline: Decline? = nil, level: Level, onMissing: Reaction,
    onInsufficient: Reaction,
    fewestImages: Int, line: Int?
  ) {
    self.id = id
    self.subject = subject
    self.decline = decline
    self.level = level
    self.onMissing = onMissing
    self.onInsufficient = onInsufficient
    self.fewestImages = fewestImages
    self.line = line
  }
}

extension Gate {
  /// `nil` of a gate on verdicts.
  package var limits: Limits? {
    switch subject {
    case .verdict: nil
    case .score(_, _, let limits), .number(_, _, let limits): limits
    }
  }

  /// What must be counted for it beside what every run counts.
  package var formula: Formula? {
    if case .number(let formula, _, _) = subject { formula } else { nil }
  }
}

extension Gate.Limits {
  /// Whether a number keeps them.
  func allow(_ value: Double) -> Bool {
    (least.map { value >= $0 } ?? true) && (most.map { value <= $0 } ?? true)
  }

  /// The one that a number breaks.
  func broken(by value: Double) -> Double? {
    if let least, value < least { return least }
    if let most, value > most { return most }
    return nil
  }
}
