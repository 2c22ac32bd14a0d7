internal import CThreads
internal import Dispatch
internal import Synchronization

/// Calls `body` with each number below `iterations`, several at once as far as there are threads.
///
/// Dispatch waits for ever for a thread that the system does not give (`ulimit -u`, a container's limit of processes).
/// So it is asked for no more than were to be had; with none, all is done on the caller's own.
package func concurrently(iterations: Int, _ body: @Sendable (Int) -> Void) {
  let workers = iterations > 1 ? min(iterations, 1 + spareThreads) : 1
  guard workers > 1 else {
    for index in 0..<iterations { body(index) }
    return
  }
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < iterations else { break }
      body(index)
    }
  }
}

/// What `body` makes of each number below `count`, in their order, by at most `jobs` threads.
package func concurrently<Value: Sendable>(
  _ count: Int, jobs: Int, _ body: @Sendable (Int) -> Value
) -> [Value] {
  let workers = max(1, min(jobs, count))
  let next = Atomic(0)
  let values = Mutex([Value?](repeating: nil, count: count))
  concurrently(iterations: workers) { _ in
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      let value = body(index)
      values.withLock { $0[index] = value }
    }
  }
  return values.withLock { $0.compactMap { $0 } }
}

/// How many threads the system gives beside the first, asked for one a processor when the first are needed.
package let spareThreads = Int(unmask_threads_given(CInt(clamping: processors - 1)))
