internal import CMalloc
internal import Configuration
internal import Core
internal import Counting
internal import Decoding
internal import Diagnosis
internal import Reports
internal import Store
internal import Synchronization
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A run of which everything is looked up that can be wrong before a pixel is read.
struct PreparedRun {
  let request: RunRequest
  let file: PipelineFile
  var plan: Plan
  let baseline: Baseline?
  /// Where the reports go.
  let place: String
  let formats: [Format]

  init(_ request: RunRequest) throws(Failure) {
    self.request = request
    file = try failing(.configuration) { () throws(Problem) in
      try request.configuration.read()
    }
    if request.nightly != nil, !file.hasTruth {
      throw Failure(
        problem: Problem(
          "decode has no truth, and a state remembers what was measured", at: .file(file.path),
          remedy:
            "leave --state and --cron out; with --quiet such a run is silent until something moves"),
        code: .configuration)
    }
    let root = request.configuration.root
    try file.expectMarker(in: root)
    plan = try Plan(resolving: file, in: root)
    plan.decoder = request.decoder
    try plan.expectImages()
    try plan.expectQuiet()
    baseline = try file.loadBaseline(in: root)
    place = request.output ?? file.report.directory.under(root)
    formats = file.report.formats + request.formats
  }
}

extension PreparedRun {
  /// Counts, diagnoses and publishes; a bad image is a problem in the report and stops no other.
  ///
  /// - Parameter night: what it has of earlier nights, and leaves to later ones.
  consuming func finish(
    _ night: NightRun? = nil, progress: @Sendable (_ done: Int, _ of: Int) -> Bool
  ) throws(Failure) -> Finished {
    let names = [evidenceName] + formats.inOrder.runFiles
    return try failing(.cannotWrite) { () throws(Problem) in
      var output = try StagedOutput(to: place, mayOverwrite: request.mayOverwrite)
      do throws(Problem) {
        // Said now, and not after a night.
        try output.expectRoom(for: names, replacing: setNames)
        if request.mayOverwrite {
          try plan.expectNoInput(
            at: (names + Report.ClassPicture.names).map { "\(place)/\($0)" },
            configuration: file.path)
        }
        var (evidence, timings) = try gather(
          plan, request, night?.recall, into: output.path(for: evidenceName), progress: progress)
        let worst = file.report.drawsPictures ? WorstPlaces(of: plan, in: evidence) : nil
        try night?.take(evidence, of: plan)
        // Only the evidence is needed from here; the paths of 100,000 images take a tenth of the
        // memory.
        let isLarge = plan.images.count > 10_000
        plan.images = []
        if isLarge { unmask_return_freed_memory() }
        var report = timings.timed(\.diagnosis, of: CLOCK_PROCESS_CPUTIME_ID) {
          Report(of: evidence, by: file, notes: plan.notes, jobs: request.jobs, since: baseline)
        }
        var directory = place
        try timings.timed(\.reports) { () throws(Problem) in
          if let worst {
            let (pictures, notes) = worst.pictures(for: report)
            report.pictures = pictures
            report.inputs.notes += notes
          }
          if let night, let aside = try night.aside(for: report, instead: place) {
            var other = try StagedOutput(to: aside, mayOverwrite: request.mayOverwrite)
            try other.take(evidenceName, from: output)
            output = other
            directory = aside
          }
          try output.write(report, as: formats)
          try night?.write(report, into: &output)
          try output.publish(replacing: setNames)
        }
        var finished = Finished(
          report: report, directory: directory, formats: formats,
          code: request.ending.code(of: report), timings: timings)
        finished.night = try night?.end(finished, evidence)
        return finished
      } catch {
        throw output.unstaged(error)
      }
    }
  }
}

/// Gathers the evidence and keeps it in a file as it comes.
///
/// - Parameter look: sees each image with its levels, which most runs keep only that long.
func gather(
  _ plan: Plan, _ request: RunRequest, _ recall: Recall?, into path: String,
  lookingAtEach look: @Sendable (ImageEvidence) -> Void = { _ in },
  progress: @Sendable (_ done: Int, _ of: Int) -> Bool
) throws(Problem) -> (evidence: Evidence, timings: Timings) {
  let writer = Mutex(try EvidenceWriter(creating: path, run: plan.record))
  var (evidence, timings) = try gather(
    plan, jobs: request.jobs, keepsLevels: plan.file.selectsAmongPixels, isTimed: request.isTimed,
    recall: recall,
    sink: { image throws(Problem) in
      try writer.withLock { writer throws(Problem) in try writer.add(image) }
      look(image)
    },
    progress: { progress($0, plan.images.count) })
  try timings.timed(\.evidence) { () throws(Problem) in
    try writer.withLock { writer throws(Problem) in
      try writer.finish(problems: evidence.problems, levels: evidence.levels)
    }
  }
  return (evidence, timings)
}

extension Plan {
  func expectImages() throws(Failure) {
    guard images.isEmpty else { return }
    let first = problems.first.map { "; the first of \(problems.count): \($0.problem.what)" } ?? ""
    throw Failure(
      problem: Problem(
        "no image has \(file.hasTruth ? "both predictions and truth" : "predictions")\(first)",
        at: .file(file.path),
        remedy: (["correct the paths under decode"] + notes).joined(separator: "\n  ")),
      code: .noVerdict)
  }

  /// What the evidence file says of the run.
  var record: RunRecord {
    RunRecord(
      configuration: file.text, configurationFile: file.path, tool: tool,
      scheme: scheme, listed: images.count, notes: notes)
  }
}

/// As the evidence names it.
let tool = "unmask \(unmaskVersion)"
