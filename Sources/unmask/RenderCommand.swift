internal import ArgumentParser
internal import Configuration
internal import Core
internal import Pipeline
internal import Reports

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Write a report in other forms, from its report.json alone.",
    discussion: """
      unmask render out/report.json --format sarif              one form, on standard output
      unmask render out/report.json --format junit,html --out o several, as files
      """)

  @Argument(help: "The report.json of a run.", completion: .file(extensions: ["json"]))
  var record: String

  @Option(help: "The forms, with commas between: \(Self.names).")
  var format: String

  @Option(help: "Where the files go; of a single form standard output.", completion: .directory)
  var out: String?

  @OptionGroup var overwriting: OverwritingOption

  @Option(
    help:
      "What the configuration is called where checks have their lines, as a path from the root of the repository."
  )
  var configuration: String?

  private static let forms = Format.allCases.filter { !$0.views.isEmpty }
  private static let names = forms.map(\.name).joined(separator: ", ")

  func validate() throws {
    guard out?.isEmpty != true else { throw ValidationError("--out is empty: name a directory") }
    _ = try formats
  }

  func run() throws {
    GitHub.stopCommands()
    let formats = try formats
    do {
      let view = try Pipeline.recordView(of: record, configuration: configuration)
      if let out {
        try Pipeline.write(view, as: formats, to: out, mayOverwrite: overwriting.overwrite)
      } else {
        let text = try Pipeline.text(of: view, as: formats[0])
        guard say(text) else { throw CommandEnd(.cannotWrite) }
      }
    } catch let failure as Failure {
      complain(failure.problem.description)
      throw CommandEnd(failure.code)
    }
  }

  private var formats: [Format] {
    get throws {
      let names = format.split(separator: ",").map(String.init)
      let formats = try names.map { name in
        guard let format = Format(rawValue: name) else {
          throw ValidationError(
            "--format \(name): \(suggestion(for: name, among: Self.forms.map(\.name), called: "the forms are"))"
          )
        }
        guard !format.views.isEmpty else {
          throw ValidationError(
            "--format \(name): it needs the images, which report.json has not; `unmask report --from DIR --out DIR` makes it from the evidence, by a configuration with formats: [\(name)]"
          )
        }
        return format
      }
      guard let first = formats.first else {
        throw ValidationError("--format is empty: name a form")
      }
      guard out != nil || formats.count == 1 && first.views.count == 1 else {
        throw ValidationError("several forms need files: name a directory with --out")
      }
      return formats
    }
  }
}
