internal import Configuration
internal import Core
internal import Decoding
internal import Foundation
internal import History
internal import Reports
internal import Store

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// One run with a memory: what it takes from earlier nights, and what it leaves to later ones.
final class NightRun {
  let recall: Recall
  private let nightly: Nightly
  private let store: StateStore
  private let inputs: Data?
  private let last: StateStore.LastNight?
  /// What is known before the run has a result.
  private var night: Night
  private var listing: (id: Int64, newTruth: String?)?
  private let notices: [String]
  private var limits: [String] = []
  /// Whether it is one of several directories, and not the last.
  private let isEarlier: Bool

  /// The files that only such a run writes.
  static let names = [RunFacts.file, RunFacts.freshness]

  init(
    _ nightly: Nightly, _ store: StateStore, _ night: Night, after last: StateStore.LastNight?,
    _ plan: Plan,
    isEarlier: Bool, inputs: Data?, notices: [String]
  ) throws(Problem) {
    self.isEarlier = isEarlier
    self.nightly = nightly
    self.store = store
    self.night = night
    self.last = last
    self.inputs = inputs
    self.notices = notices
    recall = try Recall(store, counting: plan.scheme, tool: tool, in: night.number)
  }

  /// Keeps which images the run had.
  func take(_ evidence: Evidence, of plan: Plan) throws(Problem) {
    let contents = try recall.finish()
    night.counted = recall.counted
    if recall.unkept > 0 {
      limits.append(
        "\(Figure.count(recall.unkept, "image")) will be counted again every night: diagnose: {curves: true} counts planes that are not 8-bit over the whole run, and of valid pixels or weights in one array, or an array whose images do not lie one after the other, no image is known again"
      )
    }
    let known = evidence.images.compactMap { image in
      contents[image.index].map {
        (ListedImage(name: image.name, index: image.index, group: image.group), content: $0)
      }
    }
    // Of a run with images that no state keeps only the numbers stay.
    guard known.count == evidence.images.count else { return }
    let id = try store.keep(
      known, of: plan.record, problems: evidence.problems, counted: recall.schemeID,
      in: night.number)
    guard let id else { return }
    var newTruth: String?
    if let earlier = last?.listing, earlier != id {
      newTruth = try store.relabelled(evidence, in: id, since: earlier)
    }
    listing = (id, newTruth)
  }

  /// Where an incomplete set goes that would replace a complete one.
  func aside(for report: Report, instead place: String) throws(Problem) -> String? {
    guard nightly.isUnattended, !report.inputs.isComplete,
      try isComplete(reportIn: place) ?? false
    else { return nil }
    return asidePlace(of: place)
  }

  func write(_ report: Report, into output: inout StagedOutput) throws(Problem) {
    night.ended = Date().timeIntervalSince1970
    let facts = RunFacts(night, of: report, into: output.directory)
    try output.write(try facts.json, to: RunFacts.file)
    if nightly.isUnattended {
      try output.write(
        facts.freshness(isComplete: report.inputs.isComplete), to: RunFacts.freshness)
    }
  }

  /// When everything is published.
  func end(_ finished: Finished, _ evidence: Evidence) throws(Problem) -> NightAccount {
    let (report, place) = (finished.report, finished.directory)
    night.take(report, finished.code)
    night.scheme = recall.schemeID
    if let last {
      var before: Scheme?
      if let id = last.night.scheme { before = try store.scheme(numbered: id) }
      night.newRecord = night.newRecord(
        since: last.night, isCountedOtherwise: before.map { $0 != evidence.scheme } ?? false,
        relabelled: listing?.newTruth)
    }
    let isComplete = report.inputs.isComplete
    if isComplete { try removeSet(at: asidePlace(of: place)) }
    try store.add(
      night, NightMarks(inputs: inputs, output: outputMark(of: place)), listing: listing?.id)
    try store.prune(keeping: nightly.keptRuns)
    if night.name != nil, !isEarlier { linkLatest(to: place) }
    let broke = History.all(of: try store.nights(of: night.series)).flatMap { $0.news(of: night) }
    return NightAccount(
      counted: night.counted, changes: (last.map { night.changes(since: $0.night) } ?? []) + broke,
      notices: notices, limits: limits)
  }
}

/// Beside the directories of several runs, the last one under a name that stays: for whatever watches it every night. What
/// somebody else has there stays.
private func linkLatest(to place: String) {
  let (link, temporary) = ("latest".under(place.parent), ".latest-\(getpid())".under(place.parent))
  var status = stat()
  if unsafe lstat(link, &status) == 0, status.st_mode & S_IFMT != S_IFLNK { return }
  unsafe unlink(temporary)
  if unsafe symlink(place.lastName, temporary) == 0, unsafe rename(temporary, link) != 0 {
    unsafe unlink(temporary)
  }
}

/// Where an incomplete set goes beside a complete one.
private func asidePlace(of place: String) -> String {
  var directory = place
  // Of `out/.` and `..` the name is none.
  if ["", ".", ".."].contains(place.lastName) { directory = realPath(place) ?? place }
  while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
  return "\(directory).incomplete"
}

/// `nil` where there is no report, or none of ours.
private func isComplete(reportIn place: String) throws(Problem) -> Bool? {
  let path = "report.json".under(place)
  guard let text = try ifThere({ () throws(Problem) in try readText(path) }) else { return nil }
  return (try? Record(reading: text, from: path))?.isComplete
}
