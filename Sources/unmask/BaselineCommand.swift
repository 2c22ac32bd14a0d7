internal import ArgumentParser
internal import Core
internal import Pipeline
internal import Threads

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Say which run later ones are held to.",
    subcommands: [Accept.self])

  struct Accept: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accept", abstract: "Write baseline.json from a finished run.",
      discussion: """
        unmask baseline accept out     where the run's configuration looks for it

        The file is small, with a line for each class and image, and belongs beside pipeline.yml in version \
        control: a new one is a change that somebody reviews.
        """)

    @Argument(help: "The run's directory, or its evidence.sqlite.", completion: .evidence)
    var finished: String

    @Option(help: "Where it goes, instead of where the configuration looks for it.")
    var to: String?

    @OptionGroup var overwriting: OverwritingOption

    @Option(help: "How many threads there are; the result is the same for any number.")
    var jobs = processors

    func validate() throws {
      guard to?.isEmpty != true else { throw ValidationError("--to is empty: name a file") }
      guard (1...1024).contains(jobs) else {
        throw ValidationError("--jobs \(jobs): give a number from 1 to 1024")
      }
    }

    func run() throws {
      let written: AcceptedBaseline
      do {
        written = try acceptBaseline(
          of: finished, to: to, jobs: jobs, mayOverwrite: overwriting.overwrite)
      } catch {
        complain(error.problem.description)
        throw CommandEnd(error.code)
      }
      let limits =
        written.hasImages
        ? ""
        : "; they are too many for the file to have them, so that changes have the interval of the run alone"
      let text =
        "\(printable(written.path)) is written, of \(Figure.count(written.images, "image"))\(limits)\n"
      guard say(text) else { throw CommandEnd(.cannotWrite) }
    }
  }
}
