internal import ArgumentParser
internal import Core
internal import Pipeline
internal import Reports
internal import Threads

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what changed between two runs, class by class, and what the headline hides.",
    discussion: """
      A and B are directories of finished runs, or their evidence.sqlite; B is the newer one. \
      Images are paired by name, and no pixel is read.

      Exit codes: 0 all images could be paired; 1 a check failed; 3 some could not, and the others were compared, or \
      a run's evidence cannot be read; 2 the runs cannot be compared; 4 they have no image in common.
      """)

  @Argument(help: "The older run.", completion: .evidence)
  var a: String

  @Argument(help: "The newer run.", completion: .evidence)
  var b: String

  @Option(
    name: .customLong("config"), help: "Whose headline is taken for both, instead of A's own.",
    completion: .pipeline)
  var file: String?

  @Option(
    help: "Where compare.md, compare.csv and compare.json go; without it there are none.",
    completion: .directory)
  var out: String?

  @OptionGroup var overwriting: OverwritingOption

  @Flag(
    help:
      "Hold B to the limits of check: in its configuration, or in --config, with A as the baseline; end with 1 where one fails."
  )
  var check = false

  @Option(help: "How much a class's score must differ to be news.")
  var floor: Double = 0.01

  @Option(help: "How sure intervals and proofs are, instead of the configuration's level.")
  var level: Double?

  @Option(help: "How many threads there are; the result is the same for any number.")
  var jobs = processors

  func validate() throws {
    guard (0..<1).contains(floor) else {
      throw ValidationError("--floor \(floor): give a difference of scores, from 0 to below 1")
    }
    if let level, !(0.5...0.999).contains(level) {
      throw ValidationError("--level \(level): give a number from 0.5 to 0.999")
    }
    guard (1...1024).contains(jobs) else {
      throw ValidationError("--jobs \(jobs): give a number from 1 to 1024")
    }
    guard out?.isEmpty != true else { throw ValidationError("--out is empty: name a directory") }
  }

  func run() throws {
    let report: ComparisonReport
    do {
      var request = CompareRequest(
        before: a, after: b, configuration: file, output: out, floor: floor, level: level,
        jobs: jobs)
      request.checks = check
      report = try Pipeline.compare(request)
      if let out { try Pipeline.write(report, to: out, mayOverwrite: overwriting.overwrite) }
    } catch {
      complain(error.problem.description)
      throw CommandEnd(error.code)
    }
    let place = out.map { out in
      Format.allCases.comparisonFiles.mainFile().map { "\(out)/\($0)" } ?? out
    }
    guard say(report.summary(written: place)) else {
      throw CommandEnd(.cannotWrite)
    }
    let code = Pipeline.ExitCode(of: report)
    if code != .complete { throw CommandEnd(code) }
  }
}
