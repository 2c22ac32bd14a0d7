internal import Reports

/// What a run is asked to do with a memory of earlier ones.
package struct Nightly: Sendable {
  /// Where the state lies; made where there is none.
  package var directory: String
  /// Whether it runs where nobody looks on: what is unchanged is skipped, and nothing complete is replaced by
  /// something incomplete.
  package var isUnattended = false
  /// Whether an unchanged night may be skipped: not where more is asked for than the reports.
  package var maySkip = true
  /// Seconds to wait for another run that works with the same state.
  package var patience = 0.0
  /// Of so many runs the evidence is kept.
  package var keptRuns = Nightly.usualRuns

  /// A month of nights.
  package static let usualRuns = 30

  package init(directory: String) { self.directory = directory }
}

/// How a run's exit code is decided.
package enum Ending: Hashable, Sendable {
  /// By whether everything could be used.
  case run
  /// By the configuration's checks as well.
  case check(warningsFail: Bool)

  func code(of report: Report) -> ExitCode {
    switch self {
    case .run: ExitCode(of: report)
    case .check(let warningsFail): ExitCode(checking: report, warningsFail: warningsFail)
    }
  }
}

/// What a night had that others have not.
package struct NightAccount: Sendable {
  /// Images that were decoded and counted, and not taken from earlier nights.
  package var counted = 0
  /// What is new since the last night, line by line.
  package var changes: [String] = []
  /// What went wrong with the state.
  package var notices: [String] = []
  /// What it does not keep, which is so every night.
  package var limits: [String] = []
}

/// A night in which nothing had changed.
package struct Unchanged: Sendable {
  /// As in the night that made the reports.
  package var code: ExitCode
  /// When that was.
  package var since: String
  package var directory: String
  /// Checks that failed then, line by line.
  package var failing: [String]
  package var notices: [String]
}

package enum RunOutcome: Sendable {
  case finished(Finished)
  /// There is no truth.
  case outlook(FinishedOutlook)
  case unchanged(Unchanged)
  /// An earlier directory of several that is not complete, and was said to be so.
  case passedOver
}
