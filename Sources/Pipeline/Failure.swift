package import Core
internal import Decoding

/// Why there is no report, and with which code the command ends.
package struct Failure: Error, Sendable {
  package var problem: Problem
  package var code: ExitCode
}

/// Runs `body`; a problem ends the command with `code`.
func failing<Result: ~Copyable>(
  _ code: ExitCode, _ body: () throws(Problem) -> Result
) throws(Failure) -> Result {
  do {
    return try body()
  } catch {
    throw Failure(
      problem: error, code: error == .interrupted ? .interrupted : error.isBusy ? .tryLater : code)
  }
}

extension Failure {
  init(_ fault: ListingFault) {
    switch fault {
    case .nothing(let problem): self.init(problem: problem, code: .noVerdict)
    // An array of all images, or a mask for all: without it none can be used.
    case .unreadable(let problem): self.init(problem: problem, code: .noVerdict)
    case .ambiguous(let problem): self.init(problem: problem, code: .configuration)
    }
  }
}
