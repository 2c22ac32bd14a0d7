package import Core
package import Diagnosis
internal import Pages

/// Everything that documents say about predictions without a truth; each is a view of it.
package struct OutlookReport: Sendable {
  package var version: String
  /// As the user named it.
  package var configuration: String
  /// Where the files are, as the configuration says.
  package var predictions: String
  /// As the configuration names it.
  package var reference: String?
  package var kind: String
  package var outlook: Outlook
  /// What is wrong with how the files are read, as far as that is seen without a truth; said before anything else.
  package var setUp: [SetUpFault] = []
  /// Images of the run, used or not.
  package var listed: Int
  package var problems: [ImageProblem]
  package var notes: [String]
  /// For whom its table is written.
  package var dialect = CSVDialect.plain

  package init(
    version: String, configuration: String, predictions: String, reference: String?, kind: String,
    outlook: Outlook, listed: Int, problems: [ImageProblem], notes: [String]
  ) {
    self.version = version
    self.configuration = configuration
    self.predictions = predictions
    self.reference = reference
    self.kind = kind
    self.outlook = outlook
    self.listed = listed
    self.problems = problems
    self.notes = notes
  }
}

// Words that the documents share.
extension OutlookReport {
  /// One sentence a class of which something moved.
  var moves: [Line] {
    outlook.moved.map { found, figures in
      let parts = figures.map { figure -> Line in
        "\(text: figure.kind.words) \(percent: figure.drift?.before) → \(percent: figure.value) (p \(figure.drift?.pValue))"
      }
      return "\(name: found.name): \(Line(listing: parts))"
    }
  }

  /// What came of comparing.
  var comparedLine: Line {
    guard outlook.pixels > 0 else {
      return "No pixel of these images counts, so there is nothing to tell."
    }
    guard let reference, let found = outlook.reference else {
      return
        "Nothing is compared: say `reference:` with the directory of an earlier run of the same model, best one with a truth."
    }
    let images: Line =
      "\(code: reference) (\(count: found.images, "image")\(text: found.hasTruth ? "" : ", without a truth"))"
    let (all, tested) = outlook.compared
    guard tested > 0 else {
      return
        "Nothing could be tested against \(images): \(text: min(outlook.observations, found.observations) < Outlook.fewestObservations ? "it takes \(Outlook.fewestObservations) images (or groups) in either run" : "nothing differs among the images, or one has more than half of all")."
    }
    let untested: Line? =
      tested < all ? "; \(count: all - tested) of \(count: all, "figure") could not be tested" : nil
    return moves.isEmpty
      ? "Nothing has moved since \(images), as far as these images tell\(untested)."
      : "\(count: moves.count, "class has", "classes have") moved since \(images)\(untested):"
  }

  /// On standard output.
  package func summary(written place: String?) -> String {
    func line(_ head: String, _ text: String) -> String { "\(head.padded(to: 13)) \(text)" }
    var lines = setUp.summaryLines + moves.prefix(5).map { line("moved", $0.plain) }
    if moves.count > 5 { lines.append("… and \(moves.count - 5) more classes: see the report") }
    if moves.isEmpty { lines.append(line("no truth", comparedLine.plain)) }
    lines.append(
      line("no verdict", "decode has no truth, and no prediction was found right or wrong"))
    lines.append(
      line("images", "\(outlook.images) used, \(problems.count) not usable"))
    if let place { lines.append(line("report", place)) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension OutlookFigure.Kind {
  var words: String {
    switch self {
    case .share: "predicted share"
    case .probability: "mean probability"
    case .saturated: "saturated"
    case .dice: "expected Dice"
    }
  }
}

extension Format {
  /// The names of an outlook's files in every format that has one.
  package static var outlookNames: [String] { allCases.flatMap { $0.outlook.map(\.name) } }
}

extension Sequence<Format> {
  package var outlookFiles: [ReportFile<OutlookReport>] { inOrder.flatMap(\.outlook) }
}
