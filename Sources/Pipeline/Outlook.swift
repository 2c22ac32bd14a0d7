internal import Configuration
internal import Core
internal import Counting
internal import Decoding
internal import Diagnosis
internal import Pages
package import Reports
internal import Store
internal import Synchronization
internal import Tables

/// A finished run without a truth: its report, and where it lies.
package struct FinishedOutlook: Sendable {
  package var report: OutlookReport
  package var directory: String
  package var formats: [Format]
  package var timings: Timings

  /// What a person opens first.
  package var mainFile: String {
    formats.outlookFiles.mainFile().map { "\(directory)/\($0)" } ?? directory
  }

  /// Whether there is something that a job which is silent otherwise should say.
  package var isNews: Bool { !report.outlook.moved.isEmpty || code != .complete }

  package var code: ExitCode {
    report.outlook.pixels == 0 || report.setUp.withholdVerdict
      ? .noVerdict : report.problems.isEmpty ? .complete : .incomplete
  }
}

/// The evidence of predictions alone. Its name is another, because whoever takes it for that of a run would find every
/// prediction wrong.
let predictionsName = "predictions.sqlite"

extension PreparedRun {
  /// Counts what is predicted, and holds it against an earlier run.
  consuming func lookOut(
    progress: @Sendable (_ done: Int, _ of: Int) -> Bool
  ) throws(Failure) -> FinishedOutlook {
    if case .check = request.ending { try failing(.configuration, file.expectTruth) }
    try failing(.configuration) { () throws(Problem) in
      guard formats.outlookFiles.isEmpty else { return }
      throw Problem(
        "report: formats: \(formats.map(\.name).joined(separator: ", ")) is of runs with a truth",
        at: .file(file.path), remedy: "name markdown, html, csv or json")
    }
    let reference = try file.readReference(in: request.configuration.root, besides: place)
    return try failing(.cannotWrite) { () throws(Problem) in
      var output = try StagedOutput(to: place, mayOverwrite: request.mayOverwrite)
      do throws(Problem) {
        let names = [predictionsName] + formats.outlookFiles.map(\.name)
        try output.expectRoom(for: names, replacing: setNames)
        if !request.mayOverwrite, isThere("\(place)/\(evidenceName)") {
          throw Problem(
            "has a run with a truth, whose evidence and reports would go", at: .file(place),
            remedy: "name another directory with --out, or say --overwrite")
        }
        if request.mayOverwrite {
          try plan.expectNoInput(
            at: names.map { "\(place)/\($0)" }, configuration: file.path)
        }
        let (report, counted) = try lookOut(
          since: reference, into: output.path(for: predictionsName), progress: progress)
        var timings = counted
        try timings.timed(\.reports) { () throws(Problem) in
          try output.write(report, as: formats.outlookFiles)
          try output.publish(replacing: setNames)
        }
        return FinishedOutlook(
          report: report, directory: place, formats: formats, timings: timings)
      } catch {
        throw output.unstaged(error)
      }
    }
  }
}

extension PreparedRun {
  private func lookOut(
    since reference: Evidence?, into path: String,
    progress: @Sendable (_ done: Int, _ of: Int) -> Bool
  ) throws(Problem) -> (OutlookReport, Timings) {
    let scheme = plan.scheme
    let worth = reference.flatMap { Worth(in: $0, for: scheme) } ?? Worth(saidIn: scheme)
    // Of 8-bit planes, whose levels an image has only as long as it is handed on.
    let ofImage = worth?.ofImages
    let expected = Mutex([Int: [Worth.Expected?]]())
    var (evidence, timings) = try gather(
      plan, request, nil, into: path,
      lookingAtEach: { image in
        guard let found = ofImage?(image) else { return }
        expected.withLock { $0[image.index] = found }
      }, progress: progress)
    let ofImages = expected.withLock { $0 }
    let each = evidence.images.map { ofImages[$0.index] }
    let known = each.compactMap(\.self)
    var report = timings.timed(\.diagnosis) {
      OutlookReport(
        version: unmaskVersion, configuration: file.path,
        predictions: file.decode.predictions.text, reference: file.reference,
        kind: file.decode.kind.rawValue,
        outlook: Outlook(
          of: evidence, worth: worth, expected: known.count == each.count ? known : nil,
          since: reference, level: file.diagnose.bootstrap.level),
        listed: evidence.listed, problems: evidence.problems,
        notes: plan.notes + evidence.outlookNotes + unwritten)
    }
    report.dialect = file.report.dialect
    report.setUp =
      SetUp(of: file.measurements(of: evidence), accepting: file.accepted)
      .faultsOfPredictions
    return (report, timings)
  }

  /// Formats that predictions alone do not have, but for those that every run has.
  private var unwritten: [String] {
    let others = formats.inOrder.filter { $0.outlook.isEmpty && !$0.isUsual }.map(\.name)
    return others.isEmpty
      ? []
      : ["not written, because they are of runs with a truth: \(others.joined(separator: ", "))"]
  }
}

extension Evidence {
  /// What was read otherwise than it is written, and what was predicted as no class.
  fileprivate var outlookNotes: [String] {
    let unlisted = images.reduce(0) { $0 + $1.unlistedPredictions }
    return remarkNotes
      + (unlisted == 0
        ? []
        : [
          "\(Figure.count(unlisted, "pixel")) predicted as a label that no class has, in no class's figures"
        ])
  }
}

extension PipelineFile {
  /// The evidence of the reference, where there is one.
  ///
  /// - Parameter place: where the reports go, which take the place of what is there.
  func readReference(
    in root: String, besides place: String
  ) throws(Failure) -> Evidence? {
    guard let reference else { return nil }
    let path = reference.under(root)
    func unfit(_ why: String, _ remedy: String) -> Problem {
      Problem(
        "the reference '\(printable(reference))' \(why)", at: .file(self.path), remedy: remedy)
    }
    return try failing(.configuration) { () throws(Problem) in
      if let own = realPath(path), own == realPath(place) {
        throw unfit(
          "is where the reports go, and they would take its place",
          "name another directory with --out or report: {to: …}")
      }
      let alone = "\(path)/\(predictionsName)"
      let run: RunRecord
      let evidence: Evidence
      do throws(Problem) {
        (run, evidence) = try StoredEvidence(isThere(alone) ? alone : path).read()
      } catch {
        throw unfit(
          "cannot be read: \(error.place.map { "\($0): " } ?? "")\(error.what)",
          "name the directory of a finished run, as in unmask run labelled.yml --out validation")
      }
      try expectSame(evidence.scheme, unfit)
      guard !evidence.images.isEmpty else {
        throw unfit("has no image that could be used", "name another run, or take reference out")
      }
      guard evidence.scheme.lacksTruth != true else { return evidence }
      let file = try PipelineFile(parsing: run.configuration, path: run.configurationFile)
      let faults = SetUp(of: file.measurements(of: evidence), accepting: file.accepted).faults
      if faults.withholdVerdict, let first = faults.first {
        throw unfit(
          "is a run with a wrong set-up: \(first.title.plain)",
          "mend it as its report says, and run it again; or take reference out")
      }
      return evidence
    }
  }

  private func expectSame(
    _ theirs: Scheme, _ unfit: (String, String) -> Problem
  ) throws(Problem) {
    let own = try countedScheme
    let remedy = "name a run of the same model with the same decode, or take reference out"
    guard own.classes.names == theirs.classes.names else {
      throw unfit("has other classes", remedy)
    }
    guard own.kind == theirs.kind else {
      throw unfit("has \(theirs.kind.rawValue), and these are \(own.kind.rawValue)", remedy)
    }
    guard own.activation == theirs.activation else {
      throw unfit(
        "has the activation \(theirs.activation.rawValue), and these \(own.activation.rawValue)",
        remedy)
    }
    guard own.decision == theirs.decision else {
      throw unfit(
        "decides by \(theirs.decision.words), and here it is \(own.decision.words)", remedy)
    }
  }
}

extension Scheme.Decision {
  fileprivate var words: String {
    switch self {
    case .mostProbable: "one class a pixel"
    case .above(let threshold): "a class where it is above \(shortest(threshold))"
    case .aboveEach(let each):
      "classes above thresholds of their own, \(each.map(shortest).joined(separator: ", "))"
    }
  }
}
