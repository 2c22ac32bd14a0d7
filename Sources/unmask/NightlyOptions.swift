internal import ArgumentParser
internal import Core
internal import Pipeline
internal import Reports

/// How a run remembers, and behaves where nobody looks on.
struct NightlyOptions: ParsableArguments {
  @Option(
    help:
      "Remember images and verdicts in this directory: a run then counts only what is new or has changed.",
    completion: .directory)
  var state: String?

  @Flag(
    help:
      "For cron: silent where all is well, a few lines where something is new, everything where it fails."
  )
  var cron = false

  @Option(help: "How many seconds to wait for another run that works with the same state.")
  var lockWait = 0.0

  @Option(help: "Of how many runs the state keeps the evidence.")
  var keepRuns = Nightly.usualRuns

  func validate() throws {
    guard state?.isEmpty != true else {
      throw ValidationError("--state is empty: name a directory")
    }
    guard !cron || state != nil else {
      throw ValidationError(
        "--cron needs a memory to tell what is new: add --state and a directory, as .unmask")
    }
    guard lockWait >= 0, lockWait <= 1e9 else {
      throw ValidationError("--lock-wait \(lockWait): give seconds, 0 or more")
    }
    guard (1...100_000).contains(keepRuns) else {
      throw ValidationError("--keep-runs \(keepRuns): give a number from 1 to 100000")
    }
  }

  var request: Nightly? {
    guard let state else { return nil }
    var nightly = Nightly(directory: state)
    nightly.isUnattended = cron
    nightly.patience = lockWait
    nightly.keptRuns = keepRuns
    return nightly
  }
}

extension Finished {
  /// What cron mails: nothing, what is new, or everything.
  func tell(_ night: NightAccount, _ telling: TellingOptions) throws {
    for notice in night.notices { complain(notice) }
    guard code == .complete else {
      for change in night.changes { complain(change) }
      return try tell(telling)
    }
    guard !night.changes.isEmpty else { return }
    let lines = night.changes + ["report: \(printable(mainFile))"]
    guard say(lines.joined(separator: "\n") + "\n") else { throw CommandEnd(.cannotWrite) }
  }
}

extension Unchanged {
  func tell() throws {
    for notice in notices { complain(notice) }
    guard code != .complete else { return }
    complain("nothing has changed since \(since), which ended with \(code.rawValue):")
    for line in failing.prefix(20) { complain("  \(printable(line)) failed") }
    complain("  see the report in \(printable(directory))")
    throw CommandEnd(code)
  }
}
