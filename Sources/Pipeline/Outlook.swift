internal import Configuration
internal import Core
internal import Counting
internal import Decoding
internal import Diagnosis
package import Reports
internal import Store
internal import Synchronization
internal import Tables

/// A finished run without a truth: its report, and where it lies.
package struct FinishedOutlook: Sendable {
  package var report: OutlookReport
  package var directory: String
  package var formats: [Format]

  /// What a person opens first.
  package var mainFile: String {
    formats.outlookFiles.mainFile().map { "\(directory)/\($0)" } ?? directory
  }

  /// Whether there is something that a job which is silent otherwise should say.
  package var isNews: Bool { !report.outlook.moved.isEmpty || !report.problems.isEmpty }

  package var code: ExitCode {
    report.outlook.images == 0 ? .noVerdict : report.problems.isEmpty ? .complete : .incomplete
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
    let reference = try file.readReference(in: request.configuration.root)
    return try failing(.cannotWrite) { () throws(Problem) in
      var output = try StagedOutput(to: place, mayOverwrite: request.mayOverwrite)
      do throws(Problem) {
        let names = [predictionsName] + formats.outlookFiles.map(\.name)
        try output.expectRoom(for: names, replacing: setNames)
        if request.mayOverwrite {
          try plan.expectNoInput(
            at: names.map { "\(place)/\($0)" }, configuration: file.path)
        }
        let report = try OutlookReport(
          of: plan, request, since: reference, into: output.path(for: predictionsName),
          progress: progress)
        try output.write(report, as: formats.outlookFiles)
        try output.publish(replacing: setNames)
        return FinishedOutlook(report: report, directory: place, formats: formats)
      } catch {
        throw output.unstaged(error)
      }
    }
  }
}

extension OutlookReport {
  fileprivate init(
    of plan: Plan, _ request: RunRequest, since reference: Evidence?, into path: String,
    progress: @Sendable (_ done: Int, _ of: Int) -> Bool
  ) throws(Problem) {
    let file = plan.file
    let scheme = plan.scheme
    let worth = reference.flatMap { Worth(in: $0, for: scheme) }
    // Of 8-bit planes, whose levels an image has only as long as it is handed on.
    let byItself = worth ?? Worth(saidBy: .bits8, for: scheme)
    let writer = Mutex(try EvidenceWriter(creating: path, run: plan.record))
    let expected = Mutex([Int: [Worth.Expected]]())
    let (evidence, _) = try gather(
      plan, jobs: request.jobs, keepsLevels: false, isTimed: false,
      sink: { image throws(Problem) in
        try writer.withLock { writer throws(Problem) in try writer.add(image) }
        guard let found = byItself?.expected(of: image) else { return }
        expected.withLock { $0[image.index] = found }
      },
      progress: { progress($0, plan.images.count) })
    try writer.withLock { writer throws(Problem) in
      try writer.finish(problems: evidence.problems, levels: evidence.levels)
    }
    let ofImages = expected.withLock { $0 }
    let each = evidence.images.map { ofImages[$0.index] }
    let known = each.compactMap(\.self)
    self.init(
      version: unmaskVersion, configuration: file.path, predictions: file.decode.predictions.text,
      reference: file.reference, kind: file.decode.kind.rawValue,
      outlook: Outlook(
        of: evidence,
        worth: worth ?? evidence.levels.flatMap { Worth(saidBy: $0.kind, for: scheme) },
        expected: known.count == each.count ? known : nil, since: reference,
        level: file.diagnose.bootstrap.level),
      listed: evidence.listed, problems: evidence.problems, notes: plan.notes)
    dialect = file.report.dialect
  }
}

extension PipelineFile {
  /// The evidence of the reference, where there is one.
  fileprivate func readReference(in root: String) throws(Failure) -> Evidence? {
    guard let reference else { return nil }
    let path = reference.under(root)
    let alone = "\(path)/\(predictionsName)"
    let evidence = try failing(.incomplete) { () throws(Problem) in
      try StoredEvidence(isThere(alone) ? alone : path).read().evidence
    }
    return try failing(.configuration) { () throws(Problem) in
      let (own, theirs) = (try countedScheme, evidence.scheme)
      let differences: [(isSame: Bool, what: String)] = [
        (own.classes.names == theirs.classes.names, "other classes"),
        (own.kind == theirs.kind, "predictions that are \(theirs.kind.rawValue)"),
        (own.activation == theirs.activation, "the activation \(theirs.activation.rawValue)"),
        (own.decision == theirs.decision, "another threshold"),
      ]
      if let other = differences.first(where: { !$0.isSame }) {
        throw Problem(
          "the reference '\(printable(reference))' has \(other.what)", at: .file(self.path),
          remedy: "name a run of the same model, or take reference out")
      }
      return evidence
    }
  }
}
