internal import ArgumentParser
internal import Core
internal import Pages
internal import Pipeline

struct TotalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "total",
    abstract: "The loss of a model with several outputs: the weighted sum of finished runs' losses."
  )

  @Argument(
    help:
      "NAME=RUN:WEIGHT for each output; RUN is a run's directory or evidence.sqlite, WEIGHT its loss_weights entry (1)."
  )
  var outputs: [String]

  func run() throws {
    let text: String
    do throws(Failure) {
      var parsed: [OutputLoss] = []
      for output in outputs { parsed.append(try OutputLoss(parsing: output)) }
      text = try total(of: parsed).terminal
    } catch {
      complain(error.problem.description)
      throw CommandEnd(error.code)
    }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
  }
}
