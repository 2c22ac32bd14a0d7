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

/// How many threads the system gives beside the first, asked for one a processor when the first are needed.
package let spareThreads = Int(unmask_threads_given(CInt(clamping: processors - 1)))
