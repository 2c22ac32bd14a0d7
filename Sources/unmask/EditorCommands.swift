internal import ArgumentParser
internal import Configuration
internal import Explaining
internal import Pipeline
internal import Reports

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract:
      "Print a JSON Schema of pipeline.yml, by which editors complete and check it, or of report.json.",
    discussion: """
      unmask schema > pipeline.schema.json
      unmask schema report > report.schema.json

      Editors that know YAML take it when the first line of pipeline.yml is
      # yaml-language-server: $schema=pipeline.schema.json
      """)

  @Argument(help: "pipeline or report.")
  var of = Subject.pipeline

  enum Subject: String, CaseIterable, ExpressibleByArgument { case pipeline, report }

  func run() throws {
    let schema =
      switch of {
      case .pipeline: Keys.schema
      case .report: Record.schema { Term.meaning(ofColumn: $0) }
      }
    guard say(schema) else { throw CommandEnd(.cannotWrite) }
  }
}

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script by which a shell completes commands, options and names.",
    discussion: """
      source <(unmask completions bash)
      unmask completions zsh > ~/.zsh/completions/_unmask
      unmask completions fish > ~/.config/fish/completions/unmask.fish
      """)

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var described: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  func run() throws {
    guard say(Unmask.completionScript(for: shell.described) + "\n") else {
      throw CommandEnd(.cannotWrite)
    }
  }
}

extension CompletionKind {
  static let pipeline = file(extensions: ["yml", "yaml"])
  /// A run's directory, or the evidence in it.
  static let evidence = file(extensions: ["sqlite"])
}
