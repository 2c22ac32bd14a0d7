#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What the stages of a run cost, in seconds of the processors of all workers together.
package struct Timings: Sendable {
  /// Whether anybody wants to know: each reading of the clock is a call of the system.
  let areAsked: Bool
  package var decode = 0.0
  package var measure = 0.0
  /// A look at how the files of a few images are set up.
  package var setUp = 0.0
  package var evidence = 0.0
  /// What earlier nights counted: to find it, and to keep what is new.
  package var state = 0.0
  package var diagnosis = 0.0
  package var reports = 0.0

  package init(areAsked: Bool = false) { self.areAsked = areAsked }

  package var text: String {
    let stages = [
      ("decode", decode), ("measure", measure), ("set-up", setUp), ("evidence", evidence),
      ("state", state), ("diagnosis", diagnosis), ("reports", reports),
    ]
    let parts = stages.filter { $0 != ("state", 0) }.map { name, seconds in
      "\(name) \((seconds * 1000).rounded() / 1000) s"
    }
    return "timings: \(parts.joined(separator: ", ")) (CPU seconds of all workers)"
  }

  static func + (a: Timings, b: Timings) -> Timings {
    var sum = Timings(areAsked: a.areAsked || b.areAsked)
    sum.decode = a.decode + b.decode
    sum.measure = a.measure + b.measure
    sum.setUp = a.setUp + b.setUp
    sum.evidence = a.evidence + b.evidence
    sum.state = a.state + b.state
    sum.diagnosis = a.diagnosis + b.diagnosis
    sum.reports = a.reports + b.reports
    return sum
  }
}

extension Timings {
  /// Runs `body` and adds to a stage what it took of this thread's processor, where that is asked for.
  mutating func timed<Result, Failure: Error>(
    _ stage: WritableKeyPath<Timings, Double>, of clock: clockid_t = CLOCK_THREAD_CPUTIME_ID,
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard areAsked else { return try body() }
    let start = reading(of: clock)
    defer { self[keyPath: stage] += reading(of: clock) - start }
    return try body()
  }
}

private func reading(of clock: clockid_t) -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
