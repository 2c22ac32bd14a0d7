internal import ArgumentParser
internal import Core
internal import Inspecting
internal import Pages
internal import Pipeline

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what files hold, or of which form the files of a directory are.",
    discussion: """
      unmask inspect pred/0001.npy      shape, type, range, sums, and what it looks like
      unmask inspect truth/0001.png     bits, palette, labels and how often each occurs
      unmask inspect data               the forms of the files below, and a few looked into

      What a file looks like is a guess; only pipeline.yml says what it means.

      Exit codes: 0 all could be read; 3 some could not.
      """)

  @Argument(help: "PNG, NPY, NPZ and safetensors files, or directories.", completion: .file())
  var paths: [String]

  func run() throws {
    var page: Page = []
    var isComplete = true
    for path in paths {
      do throws(Problem) {
        page += try inspected(path)
      } catch {
        complain(error.description)
        isComplete = false
      }
    }
    guard say(page.terminal) else { throw CommandEnd(.cannotWrite) }
    if !isComplete { throw CommandEnd(.incomplete) }
  }
}
