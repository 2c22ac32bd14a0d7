import Foundation
import Synchronization
import Threads

/// How often the diagnosis is right, on runs whose truth is known.
///
///     bench-diagnosis [--jobs N] [--seed N] [--every N]   the tables of docs/diagnosis.md
///     bench-diagnosis --certainty [--runs N]              how often intervals hold
///     bench-diagnosis --speed [--jobs N]                  2,000 replicates over 10,000 images × 19 classes
///
/// The same seed gives the same tables, whatever the number of jobs.
@main
struct BenchDiagnosis {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func number(after name: String) -> Int? {
      arguments.firstIndex(of: name).flatMap { index in
        arguments.dropFirst(index + 1).first.flatMap { Int($0) }
      }
    }
    let jobs = max(1, number(after: "--jobs") ?? ProcessInfo.processInfo.activeProcessorCount)
    if arguments.contains("--speed") {
      try Speed.measure(jobs: jobs)
    } else if arguments.contains("--certainty") {
      let trials = CertaintyTrial.grid(
        seed: number(after: "--seed") ?? 1, runs: max(1, number(after: "--runs") ?? 60))
      print(CertaintySummary(outcomes: try all(trials, jobs: jobs) { try $0.outcome() }).table)
    } else {
      let trials = Trial.grid(seed: number(after: "--seed") ?? 1)
      let every = max(1, number(after: "--every") ?? 1)
      try simulate(trials.indices.filter { $0 % every == 0 }.map { trials[$0] }, jobs: jobs)
    }
  }

  private static func simulate(_ trials: [Trial], jobs: Int) throws {
    let start = ContinuousClock.now
    let runs = try all(trials, jobs: jobs) { try $0.cases(replicates: 2000) }
    let summary = Summary(of: runs)
    print(summary.tables)
    print("\n\(runs.count) runs in \(seconds(since: start)) s on \(jobs) threads\n")
    print(summary.lastLine)
  }
}

/// What comes of each trial, several at once.
private func all<Trial: Sendable, Outcome: Sendable>(
  _ trials: [Trial], jobs: Int, _ outcome: @Sendable (Trial) throws -> Outcome
) throws -> [Outcome] {
  let results = Mutex([Result<Outcome, any Error>?](repeating: nil, count: trials.count))
  let next = Atomic(0)
  concurrently(iterations: jobs) { _ in
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < trials.count else { return }
      let result = Result { try outcome(trials[index]) }
      results.withLock { $0[index] = result }
    }
  }
  return try results.withLock { try $0.compactMap { try $0?.get() } }
}

func seconds(since start: ContinuousClock.Instant) -> String {
  rounded((ContinuousClock.now - start) / .seconds(1))
}

func rounded(_ x: Double) -> String { "\((x * 100).rounded() / 100)" }
