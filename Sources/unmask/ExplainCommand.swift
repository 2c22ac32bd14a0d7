internal import ArgumentParser
internal import Pipeline

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say how a framework comes to its number, or who would have printed a number.")

  @Argument(help: "A preset; `unmask presets` lists them.")
  var name: String?

  @Option(help: "A number from a log: which presets, batches and chains would have printed it?")
  var printed: String?

  @Option(
    name: .customLong("from"),
    help: "A finished run's evidence.sqlite or directory: explain with its numbers.")
  var evidence: String?

  func validate() throws {
    guard (name == nil) != (printed == nil) else {
      throw ValidationError("name a preset, or give a number with --printed")
    }
    guard printed == nil || evidence != nil else {
      throw ValidationError("--printed needs a finished run: --from out")
    }
  }

  func run() throws {
    let text: String
    do {
      text = try explained()
    } catch {
      complain(error.problem.description)
      throw CommandEnd(code: error.code.rawValue)
    }
    guard say(text) else { throw CommandEnd(code: CommandEnd.cannotWrite) }
  }

  private func explained() throws(Failure) -> String {
    guard let printed, let evidence else { return try explain(name ?? "", evidence: evidence) }
    return try explain(printed: PrintedNumber(parsing: printed), evidence: evidence)
  }
}

struct PresetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presets", abstract: "List the frameworks' numbers that can be recomputed.")

  func run() throws {
    guard say(listPresets()) else { throw CommandEnd(code: CommandEnd.cannotWrite) }
  }
}
