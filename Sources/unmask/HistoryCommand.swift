internal import ArgumentParser
internal import Core
internal import History
internal import Pages
internal import Pipeline
internal import Store

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show the nights that a state remembers, with trends and change points.",
    discussion: """
      unmask history .unmask                         trends, what broke, and the last nights
      unmask history .unmask --all                   and all nights
      unmask history .unmask --csv > history.csv     a row for each night and class
      unmask history .unmask --html > history.html   one page with the trends drawn
      unmask history .unmask --openmetrics           with the time of each night, to fill Prometheus

      A change point is where the last two or three nights stand apart from the level before; see docs/nightly.md.
      """)

  @Argument(help: "The directory that --state named.", completion: .directory)
  var state: String

  @Flag(help: "List all nights, and not only the last.")
  var all = false

  @Flag(help: "How it is written.")
  var form = HistoryForm.text

  func run() throws {
    let histories: [History]
    do throws(Problem) {
      let store = try StateStore(reading: state)
      defer { store.close() }
      histories = History.all(of: try store.nights())
    } catch {
      complain(error.description)
      throw CommandEnd(.incomplete)
    }
    let page = histories.page(listingAll: all)
    let text =
      switch form {
      case .text: page.terminal
      case .markdown: page.markdown
      case .html: page.html()
      case .csv: histories.csv
      case .openmetrics: histories.openMetrics
      }
    guard say(text) else { throw CommandEnd(.cannotWrite) }
  }
}

enum HistoryForm: String, EnumerableFlag {
  case text, markdown, html, csv, openmetrics
}

struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state",
    abstract: "Say what a state holds and how large it is, and let go of old evidence.",
    discussion: """
      unmask state .unmask                   what is in it
      unmask state .unmask --keep-runs 7     keep the evidence of the last seven runs; all nights stay in the history

      Deleting the directory costs the history, and otherwise only time.
      """)

  @Argument(help: "The directory that --state named.", completion: .directory)
  var state: String

  @Option(help: "Forget the evidence of all runs but so many.")
  var keepRuns: Int?

  func validate() throws {
    guard keepRuns.map((1...100_000).contains) ?? true else {
      throw ValidationError("--keep-runs: give a number from 1 to 100000")
    }
  }

  func run() throws {
    let account: StateAccount
    do throws(Failure) {
      if let keepRuns { try Pipeline.prune(stateIn: state, keeping: keepRuns) }
      account = try Pipeline.account(ofStateIn: state)
    } catch {
      complain(error.problem.description)
      throw CommandEnd(error.code)
    }
    guard say(account.text) else { throw CommandEnd(.cannotWrite) }
  }
}

extension StateAccount {
  fileprivate var text: String {
    let perImage = images > 0 ? bytes / images : 0
    let kept = self.kept
    let runs =
      kept.isEmpty
      ? "none"
      : "\(Figure.count(kept.count)) (\(kept.first ?? 0) to \(kept.last ?? 0))"
    return """
      size      \(Figure.count(bytes)) bytes, \(Figure.count(perImage)) an image
      images    \(Figure.count(images)), their evidence \(Figure.count(evidenceBytes)) bytes, counted in \(Figure.count(schemes, "way"))
      files     of \(Figure.count(places, "image")) known by size and times, and read only when these change
      runs      \(Figure.count(self.runs)), \(Figure.count(skipped)) of them unchanged
      evidence  of runs: \(runs)

      """
  }
}
