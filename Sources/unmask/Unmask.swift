internal import ArgumentParser
internal import CMalloc
internal import Configuration
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
      unmask init data runs/last      look at the files, and write a pipeline.yml that fits them
      unmask validate                 check it in seconds
      unmask run                      make the report: out/report.md
      unmask explain hidden           what the report says, in words
      unmask inspect pred/0001.npy    what a file holds
      unmask init cron                how the checks are held every night; or systemd, github, gitlab, jenkins

      A pipeline.yml:

        decode: {predictions: "preds/{image}.png", truth: "masks/{image}.png", kind: labels,
                 classes: [sky, road, pole], ignore: 255}
        measure: [iou]
        reduce: {miou: "pool(batch, image, pixel) > score > mean(class)"}
        report: {to: out}

      Reads saved predictions and their truth, recomputes losses and scores, reduces them along the \
      axis orders that pipeline.yml names, shows the number after every step, and says which class \
      the headline does not show.

      Exit codes: 0 complete; 1 a check of unmask check failed; 2 the command or the configuration is wrong; 3 some inputs could not \
      be used; 4 no verdict is possible, as where no image could be used; 70 a fault of this \
      program; 74 the output could not be written; 75 another run is writing there. Treat any other code as a failure.
      """,
    version: unmaskVersion,
    subcommands: [
      RunCommand.self, CheckCommand.self, ReportCommand.self, RenderCommand.self,
      BaselineCommand.self,
      ExplainCommand.self,
      PresetsCommand.self,
      HistoryCommand.self, StateCommand.self,
      MapCommand.self, TotalCommand.self, CompareCommand.self, InspectCommand.self,
      InitCommand.self, ValidateCommand.self, ConfigCommand.self,
      SchemaCommand.self,
      CompletionsCommand.self,
    ])

  static func main() {
    // The next image takes the memory that this one leaves. Given back to the system in between,
    // each page would be cleared and mapped again: a quarter of the time of label maps.
    unmask_keep_freed_memory()
    // Swift reads the arguments from /proc, which a chroot may lack. Every command would look like none, whose
    // answer is the help and 0.
    guard !CommandLine.arguments.isEmpty else {
      complain("Error: the arguments cannot be read")
      complain("  mount /proc: from there a Swift program has them")
      end(Pipeline.ExitCode.configuration.rawValue)
    }
    if CommandLine.arguments.dropFirst().first == "-V" {
      end(say(unmaskVersion + "\n") ? 0 : Pipeline.ExitCode.cannotWrite.rawValue)
    }
    // A limit on file sizes is then an error of the write, with a message.
    signal(SIGXFSZ, SIG_IGN)
    expectCommand()
    do {
      var command = try parseAsRoot()
      try command.run()
      GitHub.resumeCommands()
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

extension Unmask {
  /// Ends the program where the first word is no command, with the one that was probably meant.
  private static func expectCommand() {
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else { return }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard word != "help", !names.contains(word) else { return }
    complain("Error: there is no command '\(printable(word))'")
    complain("  \(suggestion(for: word, among: names, called: "the commands are"))")
    end(Pipeline.ExitCode.configuration.rawValue)
  }
}

/// How a command ends when it does not end well; everything has been said already.
struct CommandEnd: Error {
  var code: Int32

  init(_ code: Pipeline.ExitCode) { self.code = code.rawValue }

  func isWorse(than other: CommandEnd) -> Bool {
    guard let own = Pipeline.ExitCode(rawValue: code),
      let other = Pipeline.ExitCode(rawValue: other.code)
    else { return true }
    return own.isWorse(than: other)
  }
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
private func end(_ code: Int32) -> Never {
  GitHub.resumeCommands()
  exit(code)
}
