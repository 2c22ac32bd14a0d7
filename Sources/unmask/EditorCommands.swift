internal import ArgumentParser
internal import Configuration
internal import Pipeline

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of pipeline.yml, by which editors complete and check it.",
    discussion: """
      unmask schema > pipeline.schema.json

      Editors that know YAML take it when the first line of pipeline.yml is
      # yaml-language-server: $schema=pipeline.schema.json
      """)

  func run() throws {
    guard say(Keys.schema) else { throw CommandEnd(.cannotWrite) }
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
