package import Core
internal import Decoding

/// Why there is no report, and with which code the command ends.
package struct Failure: Error, Sendable {
  package var problem: Problem
  package var code: ExitCode

  package enum ExitCode: Int32, Sendable {
    /// The command line or the configuration is wrong.
    case configuration = 2
    /// An input that all images need cannot be used.
    case incomplete = 3
    case nothingFound = 4
    case cannotWrite = 74
    /// Someone ended the run; the command ends itself by the same signal.
    case interrupted = 130
  }
}

/// Runs `body`; a problem ends the command with `code`.
func failing<Result: ~Copyable>(
  _ code: Failure.ExitCode, _ body: () throws(Problem) -> Result
) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(problem: error, code: error == .interrupted ? .interrupted : code)
  }
}

extension Failure {
  init(_ fault: ListingFault) {
    switch fault {
    case .nothing(let problem): self.init(problem: problem, code: .nothingFound)
    case .unreadable(let problem): self.init(problem: problem, code: .incomplete)
    case .ambiguous(let problem): self.init(problem: problem, code: .configuration)
    }
  }
}
