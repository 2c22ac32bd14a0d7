/// What a measure makes of a soft truth.
extension Measure {
  /// Whether it is taken against the shares of the truth. Decisions are compared with the truth that is
  /// cut.
  package var readsShares: Bool { isElementwise || readsSoftSums }

  /// Why it has no value against shares; `nil` where it has one, or compares decisions.
  package var obstacleToShares: String? {
    switch form {
    case .separable(let loss):
      loss.isLinearInTruth
        ? nil : "it is not linear in the truth, and only such losses are counted against shares"
    case .categorical(let loss): loss.takesShares ? nil : "it takes labels and no shares"
    case .ratio: nil
    }
  }
}
