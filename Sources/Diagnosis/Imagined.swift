internal import Tables

/// What is imagined of a run's predictions. The truth and the reduction stay as they are.
enum Imagined: Hashable, Sendable {
  /// Nothing: the run as it is.
  case asItIs
  /// Every class predicted as the truth has it.
  case perfect
  /// Every class but one predicted as the truth has it.
  case perfectExcept(Int)
  /// One class told by an oracle at every pixel, all others as they are.
  case repaired(Int)
  /// One class predicted by its constant, all others perfect.
  case unknown(Int)
  /// Every class predicted by its constant.
  case constant
}

extension MeasureTable {
  /// The table as it would be; `nil` where the counts for that are missing.
  ///
  /// - Parameter guess: the constants that are best for the table's number.
  func imagining(_ imagined: Imagined, _ guess: BlindGuess) -> MeasureTable? {
    switch imagined {
    case .asItIs: self
    case .perfect: perfect
    case .perfectExcept(let c): perfect(except: c)
    case .repaired(let c): repaired(c)
    case .unknown(let c): perfect.unknown(c, guess: guess)
    case .constant: constant(guess)
    }
  }
}
