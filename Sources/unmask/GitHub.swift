internal import Core
internal import Pipeline
internal import Reports
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a job of GitHub Actions gets besides: annotations at the lines of the checks, the report as
/// the step's summary, and outputs for later steps.
///
/// Names of files and classes are printed, and a runner takes a line such as `::error::…` for a command. So
/// from the beginning commands are stopped, by a token that nobody knows before.
enum GitHub {
  private static let token: String? =
    variable("GITHUB_ACTIONS") == "true" ? "unmask-\(UInt64.random(in: 0 ... .max))" : nil

  private static let areStopped = Atomic(false)

  static func stopCommands() {
    guard let token, !areStopped.exchange(true, ordering: .relaxed) else { return }
    complain("::stop-commands::\(token)")
  }

  /// Also when the program ends: what follows in the same step has commands of its own.
  static func resumeCommands() {
    guard let token, areStopped.exchange(false, ordering: .relaxed) else { return }
    complain("::\(token)::")
  }

  /// - Returns: whether everything could be written.
  static func tell(_ finished: Finished) -> Bool {
    let view = RecordView(Record(finished.report))
    resumeCommands()
    for command in view.gitHubAnnotations { complain(command) }
    // The summary names files again.
    stopCommands()
    let isSummed = append(view.gitHubSummary, to: "GITHUB_STEP_SUMMARY")
    return append(view.gitHubOutputs(reportAt: finished.mainFile), to: "GITHUB_OUTPUT") && isSummed
  }

  private static func append(_ text: String, to name: String) -> Bool {
    guard let path = variable(name), !path.isEmpty else { return true }
    do throws(Problem) {
      try appendText(text, to: path)
      return true
    } catch {
      complain("\(name): \(error.description)")
      return false
    }
  }

}

/// Of the environment.
func variable(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}
