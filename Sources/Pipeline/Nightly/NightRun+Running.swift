internal import Configuration
internal import Core
internal import Decoding
internal import Foundation
internal import Reports
internal import Store

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A run with a memory, or the word that nothing has changed since the last one.
func run(
  _ request: RunRequest, _ nightly: Nightly, progress: @Sendable (_ done: Int, _ of: Int) -> Bool
) throws(Failure) -> RunOutcome {
  let started = Date().timeIntervalSince1970
  let lock = try failing(.cannotWrite) { () throws(Problem) in
    try makeDirectory(nightly.directory)
    return try StateLock(on: nightly.directory, patience: nightly.patience)
  }
  // To the end of the run.
  defer { withExtendedLifetime(lock) {} }
  let (store, notice) = try openedState(in: nightly.directory)
  defer { store.close() }
  let isEarlier = request.configuration.run?.isEarlier ?? false
  let prepared: PreparedRun
  do throws(Failure) {
    prepared = try PreparedRun(request)
  } catch {
    // A job that broke off must not keep the later ones waiting.
    if isEarlier, nightly.isUnattended, error.code == .tryLater { return .passedOver }
    throw error
  }
  let inputs = prepared.inputMark
  var night = Night(prepared, started: started)
  let number = try failing(.cannotWrite) { () throws(Problem) in try store.nextNumber }
  night.number = number
  let (last, previous) = try failing(.cannotWrite) { () throws(Problem) in
    // Of several directories the one whose name comes before.
    let previous =
      if let name = night.name {
        try store.last(of: night.series, before: name)
      } else {
        try store.last(of: night.series)
      }
    return (try store.last(of: night.series, named: night.name), previous)
  }
  // Said in the night that found it incomplete.
  if isEarlier, nightly.isUnattended, let last, let inputs, last.marks.inputs == inputs,
    last.night.exitCode == ExitCode.incomplete.rawValue
  {
    return .passedOver
  }
  if nightly.isUnattended, nightly.maySkip, let last, let inputs, last.marks.inputs == inputs,
    let code = ExitCode(rawValue: Int32(last.night.exitCode)), code != .incomplete,
    let output = last.marks.output, output == outputMark(of: prepared.place)
  {
    return try failing(.cannotWrite) { () throws(Problem) in
      .unchanged(try skip(night, since: last.night, code, to: prepared.place, store, notice))
    }
  }
  let run = try failing(.cannotWrite) { () throws(Problem) in
    try NightRun(
      nightly, store, night, after: previous, prepared.plan, isEarlier: isEarlier,
      inputs: inputs,
      notices: notice.map { [$0] } ?? [])
  }
  return .finished(try (consume prepared).finish(run, progress: progress))
}

func openedState(in directory: String) throws(Failure) -> (StateStore, notice: String?) {
  do throws(StateObstacle) {
    return try StateStore.open(in: directory)
  } catch {
    let code: ExitCode
    switch error {
    case .refused: code = .incomplete
    case .unwritable: code = .cannotWrite
    }
    throw Failure(problem: error.problem, code: code)
  }
}

/// A night in which nothing had changed: only what says that it ran is new.
private func skip(
  _ night: Night, since last: Night, _ code: ExitCode, to place: String, _ store: StateStore,
  _ notice: String?
) throws(Problem) -> Unchanged {
  var skipped = last
  skipped.number = night.number
  (skipped.started, skipped.ended) = (night.started, Date().timeIntervalSince1970)
  (skipped.host, skipped.tool) = (night.host, night.tool)
  skipped.sameAs = last.number
  skipped.newRecord = nil
  skipped.counted = 0
  touch(touchedFile.under(place))
  let facts = RunFacts(skipped, into: place)
  try writeFile(
    Array(facts.freshness(isComplete: true).utf8), to: RunFacts.freshness.under(place),
    replacing: .any)
  try store.add(skipped, NightMarks(inputs: nil, output: nil), listing: nil)
  return Unchanged(
    code: code, since: timeText(last.ended), directory: place,
    failing: last.checks.filter { $0.state == "fail" }.map { check in
      "\(check.id)\(check.className.map { " (\($0))" } ?? "")"
    }, notices: notice.map { [$0] } ?? [])
}

private func touch(_ path: String) {
  _ = unsafe utimensat(AT_FDCWD, path, nil, 0)
}
