internal import Pipeline
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A line that moves, for a person at a terminal; nothing at all elsewhere.
final class Progress: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let shown = Mutex(-1)

  func show(_ done: Int, of all: Int) {
    guard isTerminal, all > 0 else { return }
    let percent = done * 100 / all
    let isNew = shown.withLock { shown in
      defer { shown = percent }
      return shown != percent
    }
    guard isNew else { return }
    let line = done == all ? "\r\u{1b}[K" : "\r\(done) of \(all) images (\(percent) %)\u{1b}[K"
    try? writeAll(line, to: STDERR_FILENO, named: "standard error")
  }
}
