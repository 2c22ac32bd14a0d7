internal import Configuration
internal import Core
internal import Decoding
internal import Diagnosis
internal import Reports
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A baseline that was written, for those who say so.
package struct AcceptedBaseline: Sendable {
  package var path: String
  package var images: Int
  /// Whether it has them; without, a change has no interval of its own.
  package var hasImages: Bool
}

/// Makes a finished run the one that later runs are held to.
///
/// - Parameters:
///   - run: its directory, or its evidence.
///   - path: where the baseline goes; `nil` is where the run's configuration looks for it.
///   - mayOverwrite: whether anything else than an older baseline may go there.
/// - Throws: Failure: the evidence cannot be read, the run gives no verdict, or the file cannot be written.
package func acceptBaseline(
  of run: String, to path: String?, jobs: Int, mayOverwrite: Bool = false
) throws(Failure) -> AcceptedBaseline {
  let (file, evidence, _) = try readEvidence(run)
  let measurements = file.measurements(of: evidence)
  guard !measurements.images.isEmpty,
    !SetUp(of: measurements, accepting: file.accepted).faults.withholdVerdict
  else {
    throw Failure(
      problem: Problem(
        measurements.images.isEmpty ? "has no image that could be used" : "has a wrong set-up",
        at: .file(run), remedy: "mend that first: nothing can be held to such a run"),
      code: .noVerdict)
  }
  let bootstrap = Bootstrap(
    of: measurements, poor: file.headline.poor, settings: file.diagnose.bootstrap, jobs: jobs)
  let baseline = measurements.baseline(for: file.gates, by: bootstrap)
  let place: String
  if let path { place = path } else { place = try file.ownBaseline() }
  let (text, hasImages) = baseline.text(by: unmaskVersion)
  try failing(.cannotWrite) { () throws(Problem) in
    // An older baseline is what this one is for; anything else at its place is somebody's.
    try writeFile(
      Array(text.utf8), to: place, replacing: mayOverwrite ? .any : .marked(Baseline.mark))
  }
  return AcceptedBaseline(path: place, images: measurements.images.count, hasImages: hasImages)
}

extension PipelineFile {
  /// Where its checks look for the baseline, if the file that the run was made by is there: paths start where
  /// the run was started, which may not be here.
  fileprivate func ownBaseline() throws(Failure) -> String {
    guard (try? readText(path)) == text else {
      throw Failure(
        problem: Problem(
          "is not the configuration of the run, or the run had other values by --set",
          at: .file(path),
          remedy: "say where the baseline goes: --to \(baseline)"),
        code: .configuration)
    }
    return baseline.under(directory(of: path))
  }

  /// The baseline that some checks ask for; `nil` where none does, or there is none yet.
  func loadBaseline(in root: String) throws(Failure) -> Baseline? {
    guard gates.contains(where: { $0.decline != nil }) else { return nil }
    let path = baseline.under(root)
    return try failing(.configuration) { () throws(Problem) in
      try ifThere { () throws(Problem) in try Baseline(reading: try readText(path), from: path) }
    }
  }
}

/// In UTC, or as `SOURCE_DATE_EPOCH` says (reproducible-builds.org).
func today() -> CalendarDay {
  let set = unsafe getenv("SOURCE_DATE_EPOCH").flatMap { unsafe Int(String(cString: $0)) }
  return CalendarDay(secondsSince1970: set ?? time(nil))
}
