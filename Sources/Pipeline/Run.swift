internal import CMalloc
internal import Configuration
internal import Core
internal import Counting
package import Decoding
internal import Diagnosis
package import Reports
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

/// What one run was asked to do.
package struct RunRequest: Sendable {
  package var configuration: ConfigurationRequest
  /// Instead of the configuration's `report: {to: …}`.
  package var output: String?
  package var jobs: Int
  package var decoder: PNGDecoder
  /// Besides those of the configuration.
  package var formats: [Format] = []
  /// Whether files go that are where the reports go, and that no earlier ones wrote.
  package var mayOverwrite = false

  package init(
    configuration: String, output: String? = nil, jobs: Int, decoder: PNGDecoder = .fast
  ) {
    self.init(
      configuration: ConfigurationRequest(path: configuration), output: output, jobs: jobs,
      decoder: decoder)
  }

  package init(
    configuration: ConfigurationRequest, output: String? = nil, jobs: Int,
    decoder: PNGDecoder = .fast
  ) {
    self.configuration = configuration
    self.output = output
    self.jobs = jobs
    self.decoder = decoder
  }
}

/// A finished run: its report, and where it lies.
package struct Finished: Sendable {
  package var report: Report
  package var directory: String
  package var formats: [Format]
  package var timings = Timings()

  package var exitCode: ExitCode { ExitCode(of: report) }

  /// Of a command that fails by the configuration's checks.
  package func exitCode(warningsFail: Bool) -> ExitCode {
    ExitCode(checking: report, warningsFail: warningsFail)
  }

  /// What a person opens first.
  package var mainFile: String {
    formats.mainRunFile.map { "\(directory)/\($0)" } ?? directory
  }
}

/// The whole way, from a configuration to published reports.
///
/// Everything that can be wrong with the configuration is found before a pixel is read; a bad image
/// is a problem in the report and stops no other.
///
/// - Parameter progress: is told how many images are done, and says whether to go on.
package func run(
  _ request: RunRequest, progress: @Sendable (_ done: Int, _ of: Int) -> Bool
) throws(Failure) -> Finished {
  let file = try failing(.configuration) { () throws(Problem) in
    try request.configuration.read()
  }
  let root = request.configuration.root
  var plan = try Plan(resolving: file, in: root)
  plan.decoder = request.decoder
  try plan.expectImages()
  let baseline = try file.loadBaseline(in: root)
  let place = request.output ?? file.report.directory.under(root)
  let formats = file.report.formats + request.formats
  return try failing(.cannotWrite) { () throws(Problem) in
    var output = try StagedOutput(to: place, mayOverwrite: request.mayOverwrite)
    do throws(Problem) {
      // Said now, and not after a night.
      let names = [evidenceName] + formats.inOrder.runFiles
      try output.expectRoom(for: names, replacing: setNames)
      if request.mayOverwrite {
        try plan.expectNoInput(
          at: (names + Report.ClassPicture.names).map { "\(place)/\($0)" },
          configuration: file.path)
      }
      var (evidence, timings) = try gather(
        plan, request, into: output.path(for: evidenceName), progress: progress)
      let worst = file.report.drawsPictures ? WorstPlaces(of: plan, in: evidence) : nil
      // Only the evidence is needed from here; the paths of 100,000 images take a tenth of the
      // memory.
      let isLarge = plan.images.count > 10_000
      plan.images = []
      if isLarge { unmask_return_freed_memory() }
      var report = timed(&timings.diagnosis, of: CLOCK_PROCESS_CPUTIME_ID) {
        Report(of: evidence, by: file, notes: plan.notes, jobs: request.jobs, since: baseline)
      }
      try timed(&timings.reports) { () throws(Problem) in
        if let worst {
          let (pictures, notes) = worst.pictures(for: report)
          report.pictures = pictures
          report.inputs.notes += notes
        }
        try output.write(report, as: formats)
        try output.publish(replacing: setNames)
      }
      return Finished(
        report: report, directory: place, formats: formats, timings: timings)
    } catch {
      throw output.unstaged(error)
    }
  }
}

/// Gathers the evidence and keeps it in a file as it comes.
private func gather(
  _ plan: Plan, _ request: RunRequest, into path: String,
  progress: @Sendable (_ done: Int, _ of: Int) -> Bool
) throws(Problem) -> (evidence: Evidence, timings: Timings) {
  let writer = Mutex(try EvidenceWriter(creating: path, run: plan.record))
  var (evidence, timings) = try gather(
    plan, jobs: request.jobs, keepsLevels: plan.file.selectsAmongPixels,
    sink: { image throws(Problem) in
      try writer.withLock { writer throws(Problem) in try writer.add(image) }
    },
    progress: { progress($0, plan.images.count) })
  try timed(&timings.evidence) { () throws(Problem) in
    try writer.withLock { writer throws(Problem) in
      try writer.finish(problems: evidence.problems, levels: evidence.levels)
    }
  }
  return (evidence, timings)
}

/// The same reports from a run's evidence, without its images.
///
/// - Parameter configuration: other chains, measures of what was counted, or another headline;
///   `nil` takes the run's own.
/// - Parameter dialect: instead of the configuration's.
package func report(
  from path: String, configuration: String?, to directory: String, dialect: CSVDialect? = nil,
  mayOverwrite: Bool = false
) throws(Failure) -> Finished {
  var (file, evidence, notes) = try readEvidence(path, by: configuration)
  // As in the run: with every image's levels more chains could be tried than it tried.
  if !file.selectsAmongPixels {
    for image in evidence.images.indices { evidence.images[image].levels = [] }
  }
  let baseline = try file.loadBaseline(in: Pipeline.directory(of: file.path))
  return try failing(.cannotWrite) { () throws(Problem) in
    var output = try StagedOutput(to: directory, mayOverwrite: mayOverwrite)
    var report = Report(of: evidence, by: file, notes: notes, since: baseline)
    if let dialect { report.dialect = dialect }
    if file.report.drawsPictures {
      let failing = report.headline.poorClasses.prefix(Report.shownClasses).map(\.name)
      report.pictures = try pictures(beside: path).filter {
        failing.contains($0.className)
          || report.setUp.withholdVerdict && $0.name == Report.ClassPicture.setUpName
      }
    }
    try output.write(report, as: file.report.formats)
    // A report belongs to the evidence beside it: that of another run goes, its own stays.
    let source = path.hasSuffix(".sqlite") ? path : evidenceName.under(path)
    let origin = Pipeline.directory(of: source)
    if try output.isSame(as: origin.isEmpty ? "." : origin),
      source.hasSuffix("/\(evidenceName)") || source == evidenceName
    {
      try output.keep(evidenceName)
    }
    try output.publish(replacing: setNames)
    return Finished(report: report, directory: directory, formats: file.report.formats)
  }
}

/// The pictures of a run, which lie beside its evidence with what report.json says of them.
private func pictures(beside evidence: String) throws(Problem) -> [Report.ClassPicture] {
  let place = evidence.hasSuffix(".sqlite") ? directory(of: evidence) : evidence
  let path = "report.json".under(place)
  guard let text = try ifThere({ () throws(Problem) in try readText(path) }),
    let record = try? Record(reading: text, from: path)
  else { return [] }
  return try record.pictures(beside: path)
}

/// `nil` where a file does not exist.
func ifThere<Result>(_ read: () throws(Problem) -> Result) throws(Problem) -> Result? {
  do throws(Problem) {
    return try read()
  } catch {
    guard error.what == "does not exist" else { throw error }
    return nil
  }
}

/// A run's evidence, and the configuration to read it by: its own, or another that asks only for
/// what was counted.
func readEvidence(
  _ path: String, by configuration: String? = nil
) throws(Failure) -> (file: PipelineFile, evidence: Evidence, notes: [String]) {
  let (record, evidence) = try failing(.incomplete) { () throws(Problem) in
    try EvidenceStore.read(path.hasSuffix(".sqlite") ? path : "\(path)/\(evidenceName)")
  }
  let own = try failing(.incomplete) { () throws(Problem) in
    try ownConfiguration(record, evidence, in: path)
  }
  let file = try failing(.configuration) { () throws(Problem) in
    guard let configuration else { return own.withoutForeignLines }
    let file = try PipelineFile(parsing: readText(configuration), path: configuration)
    let asked = try file.scheme(in: directory(of: configuration))
    if let obstacle = evidence.obstacle(to: asked) { throw obstacle.inFile(configuration) }
    if own.order != file.order {
      throw Problem(
        "the run took its images in the order \(own.order?.rawValue ?? "of its files"), and this asks for \(file.order?.rawValue ?? "that of the files")",
        at: .file(configuration), remedy: "run again on the images for another batch: {order: …}")
    }
    return file
  }
  return (file, evidence, record.notes)
}

/// The configuration that stands in an evidence file; it asks for what was counted, or the file was altered.
private func ownConfiguration(
  _ record: RunRecord, _ evidence: Evidence, in path: String
) throws(Problem) -> PipelineFile {
  do throws(Problem) {
    if let part = evidence.partialImage {
      throw Problem(
        "of the image '\(printable(part.name, most: 60))' there are not the counts that the run made",
        remedy: "")
    }
    _ = try Needs(evidence.scheme)
    let file = try PipelineFile(parsing: record.configuration, path: record.configurationFile)
    guard file.decode.classes == evidence.scheme.classes else {
      throw Problem(
        "its configuration has other classes", remedy: "make it again with `unmask run`")
    }
    var asked = try file.countedScheme
    asked.sampleWeights = evidence.scheme.sampleWeights
    if let obstacle = evidence.obstacle(to: asked) { throw obstacle }
    return file
  } catch {
    throw Problem(
      "is damaged: \(error.what)", at: .file(path), remedy: "make it again with `unmask run`")
  }
}

let evidenceName = "evidence.sqlite"

/// What a run's set can have.
private let setNames = Format.allCases.runFiles + Report.ClassPicture.names + [evidenceName]

extension StagedOutput {
  /// Of the record only one is made for all formats.
  mutating func write(_ report: Report, as formats: [Format]) throws(Problem) {
    for picture in report.pictures {
      try write(to: picture.name) { sink throws(Problem) in try sink(picture.bytes) }
    }
    var view = RecordView(Record(report))
    view.take(report.pictures)
    for format in formats.inOrder {
      try write(report, as: format.run)
      try write(view, as: format.views)
    }
  }

  mutating func write<Subject>(
    _ subject: Subject, as files: [ReportFile<Subject>]
  ) throws(Problem) {
    for file in files {
      try write(to: file.name) { sink throws(Problem) in try file.write(subject, to: sink) }
    }
  }
}

extension Plan {
  func expectImages() throws(Failure) {
    guard images.isEmpty else { return }
    let first = problems.first.map { "; the first of \(problems.count): \($0.problem.what)" } ?? ""
    throw Failure(
      problem: Problem(
        "no image has both predictions and truth\(first)", at: .file(file.path),
        remedy: (["correct the paths under decode"] + notes).joined(separator: "\n  ")),
      code: .noVerdict)
  }

  /// What the evidence file says of the run.
  fileprivate var record: RunRecord {
    RunRecord(
      configuration: file.text, configurationFile: file.path, tool: "unmask \(unmaskVersion)",
      scheme: scheme, listed: images.count, notes: notes)
  }
}

func directory(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "" }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

extension String {
  func under(_ root: String) -> String {
    hasPrefix("/") || root.isEmpty ? self : "\(root)/\(self)"
  }
}
