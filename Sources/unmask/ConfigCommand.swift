internal import ArgumentParser
internal import Core
internal import Pipeline

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print the configuration as it holds, with every default.",
    discussion: """
      unmask config                                   the keys and their values
      unmask config --show-origin                     and where each comes from
      unmask config --set decode.threshold=0.6 --show-origin

      What is printed is a configuration again.
      """)

  @OptionGroup var pipeline: ConfigurationOptions

  @Flag(help: "Say where each value comes from: a line, an option, the environment, a default.")
  var showOrigin = false

  func run() throws {
    let text: String
    do {
      text = try pipeline.request.effective(showingOrigins: showOrigin)
    } catch {
      complain(error.problem.description)
      throw CommandEnd(error.code)
    }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
  }
}
