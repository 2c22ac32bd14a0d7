import Dispatch
import Foundation
import Synchronization

/// How often the diagnosis is right, on runs whose truth is known.
///
///     bench-diagnosis [--jobs N] [--seed N] [--every N]   the tables of docs/diagnosis.md
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
    } else {
      let trials = Trial.grid(seed: number(after: "--seed") ?? 1)
      let every = max(1, number(after: "--every") ?? 1)
      try simulate(trials.indices.filter { $0 % every == 0 }.map { trials[$0] }, jobs: jobs)
    }
  }

  private static func simulate(_ trials: [Trial], jobs: Int) throws {
    let start = ContinuousClock.now
    let results = Mutex([Result<[Case], any Error>?](repeating: nil, count: trials.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < trials.count else { return }
        let result = Result { try trials[index].cases(replicates: 2000) }
        results.withLock { $0[index] = result }
      }
    }
    let runs = try results.withLock { try $0.compactMap { try $0?.get() } }
    let summary = Summary(of: runs)
    print(summary.tables)
    print("\n\(runs.count) runs in \(seconds(since: start)) s on \(jobs) threads\n")
    print(summary.lastLine)
  }
}

func seconds(since start: ContinuousClock.Instant) -> String {
  rounded((ContinuousClock.now - start) / .seconds(1))
}

func rounded(_ x: Double) -> String { "\((x * 100).rounded() / 100)" }
