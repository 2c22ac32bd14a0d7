internal import ArgumentParser
internal import Pipeline

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say how a framework comes to its number, step by step.")

  @Argument(help: "A preset; `unmask presets` lists them.")
  var name: String

  @Option(
    name: .customLong("from"),
    help: "A finished run's evidence.sqlite or directory: explain with its numbers.")
  var evidence: String?

  func run() throws {
    let text: String
    do {
      text = try explain(name, evidence: evidence)
    } catch {
      complain(error.problem.description)
      throw CommandEnd(code: error.code.rawValue)
    }
    guard say(text) else { throw CommandEnd(code: CommandEnd.cannotWrite) }
  }
}

struct PresetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presets", abstract: "List the frameworks' numbers that can be recomputed.")

  func run() throws {
    guard say(listPresets()) else { throw CommandEnd(code: CommandEnd.cannotWrite) }
  }
}
