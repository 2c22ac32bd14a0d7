internal import ArgumentParser
internal import CMalloc
internal import Core
internal import Pipeline

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The command line; every subcommand declares its options and calls one function.
@main
struct Unmask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmask",
    abstract: "Names the classes which the mean of a segmentation model's loss hides.",
    discussion: """
      Reads saved predictions and their truth, recomputes losses and scores, reduces them along the \
      axis orders that pipeline.yml names, shows the number after every step, and says which class \
      the headline does not show.

      Exit codes: 0 complete; 2 the command or the configuration is wrong; 3 some inputs could not \
      be used; 4 no verdict is possible, as where no image could be used; 70 a fault of this \
      program; 74 the output could not be written. Treat any other code as a failure.
      """,
    version: unmaskVersion,
    subcommands: [
      RunCommand.self, ReportCommand.self, ExplainCommand.self, PresetsCommand.self,
      MapCommand.self, TotalCommand.self, CompareCommand.self, InspectCommand.self,
      InitCommand.self,
      SchemaCommand.self,
      CompletionsCommand.self,
    ])

  static func main() {
    // The next image takes the memory that this one leaves. Given back to the system in between,
    // each page would be cleared and mapped again: a quarter of the time of label maps.
    unmask_keep_freed_memory()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let ending as CommandEnd {
      end(ending.code)
    } catch {
      let code = exitCode(for: error).rawValue
      let text = fullMessage(for: error)
      if code == 0 {
        end(say(text + "\n") ? code : Pipeline.ExitCode.cannotWrite.rawValue)
      }
      complain(text)
      end(Pipeline.ExitCode.configuration.rawValue)
    }
  }
}

/// How a command ends when it does not end well; everything has been said already.
struct CommandEnd: Error {
  var code: Int32

  init(_ code: Pipeline.ExitCode) { self.code = code.rawValue }
}

/// The result, on stdout; a full disk must not look like success.
func say(_ text: String) -> Bool {
  do {
    try writeAll(text, to: STDOUT_FILENO, named: "standard output")
    return true
  } catch {
    complain(error.description)
    return false
  }
}

/// A message, on stderr. When not even that can be written there is nobody left to tell.
func complain(_ text: String) {
  try? writeAll(text + "\n", to: STDERR_FILENO, named: "standard error")
}

/// Outside the command, which has a method called exit of its own.
private func end(_ code: Int32) -> Never { exit(code) }
