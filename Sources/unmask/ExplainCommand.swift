internal import ArgumentParser
internal import Core
internal import Explaining
internal import Pages
internal import Pipeline

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say how a number comes about, who would have printed it, or what a verdict means.",
    discussion: """
      unmask explain keras.binary_crossentropy                what is combined first, sum or mean
      unmask explain keras.binary_crossentropy --from out     the same in a run's numbers
      unmask explain --class pole --from out                  where one class's loss went
      unmask explain --printed 0.0102 --from out              who would have printed this
      unmask explain epoch --from out                         from the pixel to a trainer's log
      unmask explain epoch torch.BCELoss --from out           the same of another loss
      unmask explain gradient --from out                      what training hears of each class
      unmask explain upgrade smp 0.5 0.6                      what moved between two versions
      unmask explain upgrade smp 0.5 0.6 --from out           which numbers of a run move, and why
      unmask explain hidden                                   what verdicts and findings mean
      unmask explain hidden --from out                        what decided a run's verdicts
      unmask explain audibility --from out                    one finding, and where it was made
      unmask explain headroom                                 a word or a column of the outputs
      unmask explain iou                                      what a measure computes
      """)

  @Argument(
    help: "A preset (`unmask presets` lists them), `hidden`, a verdict, or the kind of a finding.",
    completion: .list(explainableNames))
  var name: String?

  @Argument(
    help:
      "For `upgrade`: the library, the version before, and the version after. For `epoch`: a preset."
  )
  var versions: [String] = []

  @Option(
    name: .customLong("class"),
    help: "A class: where did its loss go, in the preset or the run's headline?")
  var className: String?

  // A loss can be negative, which is no option.
  @Option(
    parsing: .unconditional,
    help: "A number from a log: which presets, batches and chains would have printed it?")
  var printed: String?

  @Option(
    name: .customLong("from"),
    help: "A finished run's evidence.sqlite or directory: explain with its numbers.",
    completion: .evidence)
  var evidence: String?

  @Option(help: "For a terminal, as Markdown, or as one page for a browser.")
  var format = PageFormat.terminal

  func validate() throws {
    guard name != nil || className != nil || printed != nil else {
      throw ValidationError("name a preset or a --class, or give a number with --printed")
    }
    guard versions.isEmpty || name == "upgrade" || name == "epoch" && versions.count == 1 else {
      throw ValidationError("explain one name at a time, not '\(printable(versions[0]))' as well")
    }
    guard name != "upgrade" || className == nil else {
      throw ValidationError("--class asks for the loss of a class, and an upgrade has none")
    }
    guard printed == nil || (name == nil && className == nil) else {
      throw ValidationError("--printed goes alone: it searches all presets")
    }
    guard name != "epoch" || className == nil else {
      throw ValidationError("--class asks for the loss of a class, and an epoch has all")
    }
    guard evidence != nil || (printed == nil && className == nil && name != "epoch") else {
      let option = printed == nil ? (className == nil ? "epoch" : "--class") : "--printed"
      throw ValidationError("\(option) needs a finished run: --from out")
    }
  }

  func run() throws {
    let page: Page
    do {
      page = try explained()
    } catch {
      complain(error.problem.description)
      throw CommandEnd(error.code)
    }
    guard say(format.text(of: page)) else { throw CommandEnd(.cannotWrite) }
  }

  private func explained() throws(Failure) -> Page {
    if let printed, let evidence {
      return try explain(printed: printed, evidence: evidence)
    }
    if let className, let evidence {
      return try explain(class: className, of: name, evidence: evidence)
    }
    if name == "epoch", let evidence {
      return try explain(epochOf: versions.first, evidence: evidence)
    }
    if name == "gradient" { return try explain(gradientOf: evidence) }
    if name == "upgrade" { return try explain(upgrade: versions, evidence: evidence) }
    return try explain(name ?? "", evidence: evidence)
  }
}

extension PageFormat: ExpressibleByArgument {}

struct PresetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "presets", abstract: "List the frameworks' numbers that can be recomputed.",
    discussion: """
      unmask presets           all of them
      unmask presets torch     those whose name or call has the word
      """)

  @Argument(help: "A word of the name or the call: torch, dice, keras-3.0.")
  var word = ""

  func run() throws {
    let text = listPresets(with: word)
    guard !text.isEmpty else {
      complain("no preset has '\(printable(word))' in its name or call")
      complain("  `unmask presets` lists them all")
      throw CommandEnd(.configuration)
    }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
  }
}
