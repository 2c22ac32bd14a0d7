internal import ArgumentParser
internal import Core
internal import Inspecting
internal import Pipeline
internal import Recipes

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract:
      "Look at a tree of files and write the pipeline.yml that fits it, or print a recipe for a nightly or CI job.",
    discussion: """
      unmask init                                 what lies below this directory
      unmask init data runs/last                  both sides are found by their names
      unmask init --truth masks --predictions out/probs
      unmask init y_true.npy y_pred.npy           files as well
      unmask init --stdout data                   print it, and write nothing

      Each key stands under the reason for it. What no file can tell is asked on stderr and at its \
      place, and the safest choice is written.

      A first word that is a recipe's name prints how that system runs the configuration at hand, and writes nothing. A directory \
      called cron is ./cron.

      \(Recipe.all.map(example(of:)).joined(separator: "\n"))
      unmask init cron --at 04:15 --mail you@example.org --configuration eval/pipeline.yml
      """)

  // "cron" and the like are words of it, and no commands below this one: these would stand in a help of their own, and so would
  // what a draft takes.
  @Argument(
    help: "Where predictions and truth lie: directories or files. Or the name of a recipe.",
    completion: .file())
  var directories: [String] = []

  @Option(help: "The directory or file of the truth.", completion: .file())
  var truth: String?

  @Option(help: "The directory or file of the predictions.", completion: .file())
  var predictions: String?

  @Flag(help: "Print the configuration and write no file.")
  var stdout = false

  @Flag(help: "Write over a pipeline.yml that is there.")
  var force = false

  @OptionGroup(title: "Options of recipes")
  var job: RecipeOptions

  private var recipe: Recipe? { Recipe.all.first { $0.name == directories.first } }

  func validate() throws {
    guard let recipe else {
      guard job.given.isEmpty else {
        let names = Recipe.all.map(\.name).joined(separator: ", ")
        throw ValidationError("\(job.given[0]) is for a recipe, named first: \(names)")
      }
      return
    }
    guard directories.count == 1, truth == nil, predictions == nil, !force else {
      throw ValidationError(
        "\(recipe.name) is a recipe, for the configuration that --configuration names; a directory called so is ./\(recipe.name)"
      )
    }
    try job.expect(by: recipe)
  }

  func run() throws {
    let text: String
    do throws(Problem) {
      text = if let recipe { try job.text(of: recipe) } else { try drafted() }
    } catch {
      complain(error.description)
      throw CommandEnd(.configuration)
    }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
  }
}

extension InitCommand {
  /// Writes pipeline.yml, unless it is to be printed.
  ///
  /// - Returns: what is said.
  private func drafted() throws(Problem) -> String {
    let isPrinted = stdout || directories.contains("-")
    let named = directories.filter { $0 != "-" }
    let draft = try Draft(
      of: named.isEmpty && (truth == nil || predictions == nil) ? ["."] : named, truth: truth,
      predictions: predictions)
    if !isPrinted { try writeNew(draft.text, to: "pipeline.yml", replacing: force) }
    for question in draft.questions { complain("check: \(question)") }
    return isPrinted
      ? draft.text : "pipeline.yml is written; next: unmask validate, then unmask run\n"
  }
}

/// A call with what it prints, for the help.
private func example(of recipe: Recipe) -> String {
  let call = "unmask init \(recipe.name)"
  return call + String(repeating: " ", count: max(1, 26 - call.count)) + recipe.summary
}
