internal import Configuration
internal import Core
internal import Decoding
internal import Store

/// The requests that one stands for: where the template of the predictions has `{run}`, one for each directory that
/// stands there, and otherwise itself.
///
/// Each has its own reports below those of the whole, and its own row in the history. A run that nobody looks on at does
/// not look again at directories that it has finished with, the last one excepted; at an incomplete one only where its files
/// have changed.
package func expanded(_ request: RunRequest) throws(Failure) -> [RunRequest] {
  var request = request
  let file = try failing(.configuration) { () throws(Problem) in
    request.configuration.given = try request.configuration.text
    return try request.configuration.read()
  }
  let root = request.configuration.root
  guard let place = RunPlace(in: file) else { return [request] }
  let runs = try failing(.noVerdict) { () throws(Problem) in try place.runs(in: root) }
  let finished = try request.nightly.map { nightly throws(Failure) in
    try finishedRuns(nightly, of: file)
  }
  return runs.filter { run in
    !(request.nightly?.isUnattended ?? false) || run == runs.last
      || !(finished?.contains(run) ?? false)
  }.map { run in
    var own = request
    own.configuration.run = place.run(run, isEarlier: run != runs.last)
    own.output = run.under(request.output ?? file.report.directory.under(root))
    return own
  }
}

extension ConfigurationRequest {
  /// The same of the last run, where `{run}` stands for several.
  func ofLastRun() throws(Problem) -> ConfigurationRequest {
    var own = self
    own.given = try text
    guard run == nil, let file = try? own.read(), let place = RunPlace(in: file),
      let last = try place.runs(in: root).last
    else { return own }
    own.run = place.run(last, isEarlier: false)
    return own
  }
}

private func finishedRuns(_ nightly: Nightly, of file: PipelineFile) throws(Failure) -> Set<String>
{
  guard isThere(StateStore.file.under(nightly.directory)) else { return [] }
  do throws(Problem) {
    let store = try StateStore(reading: nightly.directory)
    defer { store.close() }
    return Set(
      try store.nights(of: realPath(file.path) ?? file.path)
        .filter { $0.exitCode != ExitCode.incomplete.rawValue }.compactMap(\.name))
  } catch {
    // Whoever writes to it says so, or sets it aside.
    return []
  }
}

/// Where `{run}` stands in the template of the predictions.
private struct RunPlace {
  /// The directory whose entries are runs, and what stands around the name of each.
  let directory: String
  let before: String
  let after: String
  /// What follows.
  let rest: String

  private static let capture = "{run}"

  /// `nil` where it stands nowhere, or in the truth's as well: then it tells images apart.
  init?(in file: PipelineFile) {
    let text = file.decode.predictions.text
    guard text.contains(RunPlace.capture),
      file.decode.truth?.template.names.contains("run") != true,
      let found = text.firstRange(of: RunPlace.capture)
    else { return nil }
    let start = text[..<found.lowerBound].lastIndex(of: "/").map(text.index(after:))
    let end = text[found.upperBound...].firstIndex(of: "/") ?? text.endIndex
    directory = start.map { String(text[..<$0]) } ?? ""
    before = String(text[(start ?? text.startIndex)..<found.lowerBound])
    after = String(text[found.upperBound..<end])
    rest = String(text[end...])
  }

  func run(_ name: String, isEarlier: Bool) -> NamedRun {
    let literal = name.literalInPattern
    return NamedRun(
      name: name,
      predictions: directory + before + literal + after
        + rest.replacing(RunPlace.capture, with: literal), isEarlier: isEarlier)
  }

  /// In the order of their names.
  ///
  /// - Throws: Problem: there is none, or the directory cannot be looked at.
  func runs(in root: String) throws(Problem) -> [String] {
    let place = directory.isEmpty ? "." : String(directory.dropLast()).under(root)
    guard isThere(place) else { throw .notThere(place) }
    let runs = try entries(of: place).filter { name in
      name.hasPrefix(before) && name.hasSuffix(after)
        && name.utf8.count > before.utf8.count + after.utf8.count && !name.hasPrefix(".")
        && isDirectory("\(place)/\(name)")
    }.map { String($0.dropFirst(before.count).dropLast(after.count)) }
    guard !runs.isEmpty else {
      throw .notThere("\(place)/\(before){run}\(after)")
    }
    return runs.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
