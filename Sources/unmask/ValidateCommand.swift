internal import ArgumentParser
internal import Core
internal import Pipeline

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a configuration and its files in seconds, before a run.",
    discussion: """
      The configuration, which files belong together, the sizes that headers state, and 16 images as \
      a whole, also for errors of the set-up; all mistakes are said at once.

      Exit codes: 0 nothing is wrong; 2 the configuration is wrong; 3 some images cannot be used; \
      4 there is no image, or the set-up is wrong.
      """)

  @OptionGroup var pipeline: ConfigurationOptions

  func run() throws {
    let found: Validation
    do {
      found = try Pipeline.validate(pipeline.request)
    } catch {
      complain(error.problem.description)
      throw CommandEnd(error.code)
    }
    for cause in found.problems.causes.prefix(8) {
      complain(cause.first.problem.description)
      let more = cause.problems.count - 1
      if more > 0 { complain("  and \(Figure.count(more, "more image")) like it") }
    }
    for note in found.notes { complain("note: \(note)") }
    guard say(found.text) else { throw CommandEnd(.cannotWrite) }
    if found.exitCode != .complete { throw CommandEnd(found.exitCode) }
  }
}
