internal import ArgumentParser
internal import Core
internal import Decoding
internal import Pipeline
internal import Reports
internal import Threads

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Decode, measure, reduce, diagnose and report.",
    discussion: """
      unmask run                                      pipeline.yml, which unmask init writes
      unmask run --predictions runs/2026-11-29        the same for another directory
      unmask run --set decode.threshold=0.6 --out o   with another value of any key
      """)

  @OptionGroup var options: RunOptions

  func run() throws {
    try options.run(ending: .run) { finished throws in try finished.tell(options.telling) }
  }
}

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Run, and end with 1 where a check of pipeline.yml fails.",
    discussion: """
      unmask check                       as unmask run, and the limits of check: fail it
      unmask check --warn-as-error       what warns fails too
      unmask check --exit-zero           they are said, and fail nothing
      """)

  @OptionGroup var options: RunOptions

  @Flag(help: "End with 0 where checks fail; what cannot be used is still an error.")
  var exitZero = false

  @Flag(help: "Let everything that warns fail as well.")
  var warnAsError = false

  @Option(help: "For which CI system what was found is also said.")
  var ci = CISystem.auto

  func run() throws {
    let ending = exitZero ? Ending.run : .check(warningsFail: warnAsError)
    try options.run(ending: ending, also: ci.formats) { finished throws in
      let isTold = ci.resolved != .github || GitHub.tell(finished)
      try finished.tell(options.telling, ending: isTold ? nil : .cannotWrite)
    }
  }
}

/// What the commands take that look at images.
struct RunOptions: ParsableArguments {
  @OptionGroup var pipeline: ConfigurationOptions

  @Option(
    help: "Where the reports go, instead of the configuration's report: {to: …}.",
    completion: .directory)
  var out: String?

  @OptionGroup var overwriting: OverwritingOption

  @OptionGroup var tables: TableOptions

  @Option(help: "How many images are worked on at once; the result is the same for any number.")
  var jobs = processors

  @Option(help: "Who decodes PNG files; the result is the same.")
  var decoder = PNGDecoder.fast

  @Flag(help: "Say on stderr what the stages cost.")
  var timings = false

  @OptionGroup var telling: TellingOptions

  @OptionGroup var nightly: NightlyOptions

  func validate() throws {
    guard (1...1024).contains(jobs) else {
      throw ValidationError("--jobs \(jobs): give a number from 1 to 1024")
    }
    guard out?.isEmpty != true else { throw ValidationError("--out is empty: name a directory") }
    guard !nightly.cron || !telling.json else {
      throw ValidationError("--cron says what is new, and --json everything: leave one out")
    }
  }

  /// - Parameters:
  ///   - formats: what is written besides what the configuration says.
  ///   - tell: says what came of a run; not called where nothing had changed.
  func run(
    ending: Ending, also formats: [Format] = [], telling tell: (Finished) throws -> Void
  ) throws {
    GitHub.stopCommands()
    Interruption.listen()
    try tables.expectPlace(overwriting)
    let progress = Progress(isShown: !telling.quiet && !nightly.cron)
    let requests: [RunRequest]
    requests = try finishing { () throws(Failure) in
      var request = RunRequest(
        configuration: tables.adjusting(pipeline.request), output: out, jobs: jobs,
        decoder: decoder)
      request.formats = formats
      request.mayOverwrite = overwriting.overwrite
      request.isTimed = timings
      request.ending = ending
      request.nightly = nightly.request
      request.nightly?.maySkip = tables.xlsx == nil && !telling.json
      return try Pipeline.expanded(request)
    }
    guard requests.count == 1 || tables.xlsx == nil else {
      complain("--xlsx is one file, and {run} stands for \(requests.count) runs")
      complain("  name one of them with --predictions, or leave --xlsx out")
      throw CommandEnd(.configuration)
    }
    // One that fails keeps no other from its report; the worst is what the command ends with.
    var worst: CommandEnd?
    for request in requests {
      do {
        try run(request, progress, tell)
      } catch let end as CommandEnd {
        if let number = Interruption.number { Interruption.end(by: number) }
        worst = worst.map { $0.isWorse(than: end) ? $0 : end } ?? end
      }
    }
    if let worst { throw worst }
  }

  private func run(
    _ request: RunRequest, _ progress: Progress, _ tell: (Finished) throws -> Void
  ) throws {
    let outcome = try finishing { () throws(Failure) in
      try Pipeline.run(request, progress: progress.show)
    }
    switch outcome {
    case .passedOver: break
    case .unchanged(let night): try night.tell()
    case .outlook(let outlook):
      if tables.xlsx != nil {
        complain("--xlsx is of runs with a truth; the table of this one is outlook.csv")
        throw CommandEnd(.configuration)
      }
      if timings { complain(outlook.timings.text) }
      try outlook.tell(telling)
    case .finished(let finished):
      try tables.write(finished.report, overwriting)
      if timings { complain(finished.timings.text) }
      if let night = finished.night, nightly.cron {
        try finished.tell(night, telling)
      } else {
        for line in finished.night.map({ $0.notices + $0.limits }) ?? [] { complain(line) }
        try tell(finished)
      }
    }
  }
}

extension PNGDecoder: ExpressibleByArgument {}

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Make a run's reports again from its evidence, without pixels."
  )

  @Option(
    name: .customLong("from"), help: "The run's evidence.sqlite, or its directory.",
    completion: .evidence)
  var evidence: String

  @Argument(
    help: "Another configuration: other chains, scores, batches or another headline.",
    completion: .pipeline)
  var pipeline: String?

  @Option(help: "Where the reports go.", completion: .directory)
  var out: String

  @OptionGroup var overwriting: OverwritingOption

  @OptionGroup var tables: TableOptions

  @OptionGroup var telling: TellingOptions

  func validate() throws {
    guard !out.isEmpty else { throw ValidationError("--out is empty: name a directory") }
  }

  func run() throws {
    try tables.expectPlace(overwriting)
    let finished = try finishing {
      () throws(Failure) in
      try Pipeline.report(
        from: evidence, configuration: pipeline, to: out, dialect: tables.csvDialect,
        mayOverwrite: overwriting.overwrite)
    }
    try tables.write(finished.report, overwriting)
    try finished.tell(telling)
  }
}

extension FinishedOutlook {
  /// With `--quiet` only where something moved, or an image could not be used.
  fileprivate func tell(_ telling: TellingOptions) throws {
    for cause in report.problems.causes.prefix(8) {
      complain(cause.first.problem.description)
      if let others = cause.others { complain("  \(others)") }
    }
    let text: String
    if telling.json {
      do throws(Problem) {
        text = try report.json
      } catch {
        complain(error.description)
        throw CommandEnd(.cannotWrite)
      }
    } else {
      text = telling.quiet && !isNews ? "" : report.summary(written: mainFile)
    }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
    if code != .complete { throw CommandEnd(code) }
  }
}

extension Finished {
  /// The summary, and the exit code that says whether everything could be used.
  ///
  /// - Parameter code: `nil` is the run's own.
  func tell(_ telling: TellingOptions, ending code: Pipeline.ExitCode? = nil) throws {
    let code = code ?? self.code
    let causes = report.inputs.problems.causes
    for cause in causes.prefix(8) {
      complain(cause.first.problem.description)
      if let others = cause.others { complain("  \(others)") }
    }
    let left = causes.count - 8
    if left > 0 { complain("… and \(left) more causes: see report.json") }
    let text: String
    if telling.json {
      text = try recordText()
    } else if telling.quiet {
      text = code == .complete ? "" : report.summary(written: mainFile)
    } else {
      let table = watchedTerminal().map { report.classTable($0) } ?? ""
      text = table + report.summary(written: mainFile)
    }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
    if code != .complete { throw CommandEnd(code) }
  }
}

/// How much a command says on standard output.
struct TellingOptions: ParsableArguments {
  @Flag(help: "Say nothing where all is well, as for cron.")
  var quiet = false

  @Flag(help: "Print report.json in place of the summary, and nothing else.")
  var json = false
}

extension Finished {
  /// report.json, whichever formats are written.
  fileprivate func recordText() throws -> String {
    do throws(Problem) {
      return try Record(report).json
    } catch {
      complain(error.description)
      throw CommandEnd(.cannotWrite)
    }
  }
}

extension ProblemCause {
  /// Which other images have the same problem.
  fileprivate var others: String? {
    let more = problems.count - 1
    guard more > 0 else { return nil }
    let names = otherExamples.map { "'\(printable($0))'" }.joined(separator: ", ")
    let rest = more > otherExamples.count ? " and others" : ""
    return "the same in \(Figure.count(more, "more image")): \(names)\(rest)"
  }
}

/// Says what went wrong and ends with its code.
private func finishing<Result>(
  _ body: () throws(Failure) -> Result
) throws(CommandEnd) -> Result {
  do {
    return try body()
  } catch {
    complain(error.problem.description)
    throw CommandEnd(error.code)
  }
}
