/// How often each probability occurs in a run, class by class: what curves over thresholds are
/// made of.
package struct RunLevels: Hashable, Sendable {
  package var kind: Kind
  /// One a class.
  package var classes: [LevelCounts]
  /// The probability of the class that was chosen, where classes exclude each other; *own* are the
  /// pixels at which it is the true one.
  package var chosen: LevelCounts

  /// What a level stands for.
  package enum Kind: String, Codable, Sendable {
    /// level / 255
    case bits8
    /// level / 65535
    case bits16
    /// A bin of probabilities in single precision, and in double.
    case single, double
  }

  package init(kind: Kind, classes: [LevelCounts], chosen: LevelCounts = .zero) {
    self.kind = kind
    self.classes = classes
    self.chosen = chosen
  }

  /// The levels of both parts of a run; `nil` where their kinds differ.
  ///
  /// Levels of different kinds cannot be added, so a run that mixes them has none.
  package static func + (a: RunLevels, b: RunLevels) -> RunLevels? {
    guard a.kind == b.kind else { return nil }
    var sum = a
    for c in sum.classes.indices { sum.classes[c] += b.classes[c] }
    sum.chosen += b.chosen
    return sum
  }
}
