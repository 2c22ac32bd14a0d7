internal import ArgumentParser
internal import Core
internal import Pipeline
internal import Reports

struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Write the loss at each pixel of one image, which means only hide.",
    discussion: """
      What frameworks call reduction='none'. An array is float32: rows, columns and classes, or \
      rows and columns where --class names one; it is NaN where a pixel is ignored. Categorical \
      losses (ce, sparse-ce, categorical-…) have one value a pixel, so their arrays have rows and \
      columns: the loss at the true class. They are NaN as well where a pixel has no class and, \
      with --class, where it has another.

      A picture is 8-bit grey: 0 is black and the largest loss, or --max, is white; what is NaN \
      in an array is black. Where there is a loss for each class and no --class, it shows their \
      mean.
      """)

  @Option(help: "A loss with its parameters: bce, 'focal(gamma: 3)'.")
  var measure: String

  @Option(help: "The image's name, as the reports write it.")
  var image: String

  @Option(name: .customLong("class"), help: "One class instead of all.")
  var className: String?

  @Option(help: "The file to write, whose name ends in .npy or .png.")
  var out: String

  @Option(name: .customLong("max"), help: "The loss that is white in a picture.")
  var white: Double?

  @OptionGroup var overwriting: OverwritingOption

  @Argument(
    help: "The configuration; paths in it start from its directory.", completion: .pipeline)
  var pipeline = "pipeline.yml"

  func validate() throws {
    guard let format = MapRequest.Format(ofFile: out) else {
      throw ValidationError("--out '\(out)': name a file that ends in .npy or .png")
    }
    guard let white else { return }
    guard white > 0, white.isFinite else {
      throw ValidationError("--max \(white): give a loss above 0")
    }
    guard format == .png else {
      throw ValidationError("--max is for pictures (.png): an array holds the losses themselves")
    }
  }

  func run() throws {
    Interruption.listen()
    let text: String
    do {
      var request = MapRequest(
        configuration: pipeline, measure: measure, image: image, className: className,
        output: out, white: white)
      request.mayOverwrite = overwriting.overwrite
      text = try writeMap(request).text
    } catch {
      complain(error.problem.description)
      throw CommandEnd(error.code)
    }
    if let number = Interruption.number { Interruption.end(by: number) }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
  }
}
