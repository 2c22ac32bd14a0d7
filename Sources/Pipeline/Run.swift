internal import Configuration
internal import Core
internal import Counting
package import Decoding
internal import Diagnosis
package import Reports
internal import Store
internal import Tables

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
  /// Whether it is measured what the stages take.
  package var isTimed = false
  package var ending = Ending.run
  /// `nil` for a run that remembers nothing.
  package var nightly: Nightly?

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
  /// By which the command ends.
  package var code: ExitCode
  package var timings = Timings()
  /// `nil` of a run that remembers nothing.
  package var night: NightAccount?

  /// What a person opens first.
  package var mainFile: String {
    formats.mainRunFile.map { "\(directory)/\($0)" } ?? directory
  }
}

/// The whole way, from a configuration to published reports.
///
/// Everything that can be wrong with the configuration is found before a pixel is read.
///
/// - Parameter progress: is told how many images are done, and says whether to go on.
package func run(
  _ request: RunRequest, progress: @Sendable (_ done: Int, _ of: Int) -> Bool
) throws(Failure) -> RunOutcome {
  guard let nightly = request.nightly else {
    let prepared = try PreparedRun(request)
    // Handed over and not copied, so that the paths of the images go when they were read.
    guard prepared.file.hasTruth else {
      return .outlook(try (consume prepared).lookOut(progress: progress))
    }
    return .finished(try (consume prepared).finish(progress: progress))
  }
  return try run(request, nightly, progress: progress)
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
    if let source = StoredEvidence(path).path {
      let origin = Pipeline.directory(of: source)
      if try output.isSame(as: origin.isEmpty ? "." : origin),
        source.hasSuffix("/\(evidenceName)") || source == evidenceName
      {
        try output.keep(evidenceName)
      }
    }
    try output.publish(replacing: setNames)
    return Finished(
      report: report, directory: directory, formats: file.report.formats,
      code: ExitCode(of: report))
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
    try StoredEvidence(path).read()
  }
  let own = try failing(.incomplete) { () throws(Problem) in
    try ownConfiguration(record, evidence, in: path)
  }
  let file = try failing(.configuration) { () throws(Problem) in
    try own.expectTruth()
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
let setNames =
  Format.allCases.runFiles + Format.outlookNames + [predictionsName] + Report.ClassPicture.names + [
    evidenceName
  ] + NightRun.names

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

func directory(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "" }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

extension String {
  func under(_ root: String) -> String {
    hasPrefix("/") || root.isEmpty ? self : "\(root)/\(self)"
  }
}
