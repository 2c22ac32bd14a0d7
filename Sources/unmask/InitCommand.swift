internal import ArgumentParser
internal import Core
internal import Inspecting
internal import Pipeline

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Look at a tree of files and write the pipeline.yml that fits it.",
    discussion: """
      unmask init                                 what lies below this directory
      unmask init data runs/last                  both sides are found by their names
      unmask init --truth masks --predictions out/probs
      unmask init y_true.npy y_pred.npy           files as well
      unmask init --stdout data                   print it, and write nothing

      Each key stands under the reason for it. What no file can tell is asked on stderr and at its \
      place, and the safest choice is written.
      """)

  @Argument(help: "Where predictions and truth lie: directories or files.", completion: .file())
  var directories: [String] = []

  @Option(help: "The directory or file of the truth.", completion: .file())
  var truth: String?

  @Option(help: "The directory or file of the predictions.", completion: .file())
  var predictions: String?

  @Flag(help: "Print the configuration and write no file.")
  var stdout = false

  @Flag(help: "Write over a pipeline.yml that is there.")
  var force = false

  func run() throws {
    let isPrinted = stdout || directories.contains("-")
    let named = directories.filter { $0 != "-" }
    let draft: Draft
    do throws(Problem) {
      draft = try Draft(
        of: named.isEmpty && (truth == nil || predictions == nil) ? ["."] : named, truth: truth,
        predictions: predictions)
      if !isPrinted { try writeNew(draft.text, to: "pipeline.yml", replacing: force) }
    } catch {
      complain(error.description)
      throw CommandEnd(.configuration)
    }
    for question in draft.questions { complain("check: \(question)") }
    let text =
      isPrinted
      ? draft.text
      : "pipeline.yml is written; next: unmask validate, then unmask run\n"
    guard say(text) else { throw CommandEnd(.cannotWrite) }
  }
}
