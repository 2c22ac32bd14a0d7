internal import Pipeline
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A line that moves at a terminal; elsewhere nothing is printed.
final class Progress: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let shown = Mutex(-1)

  /// Whether the run may go on: not after a signal to end it.
  func show(_ done: Int, of all: Int) -> Bool {
    draw(done, of: all)
    return Interruption.number == nil
  }

  private func draw(_ done: Int, of all: Int) {
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

/// Signals that end a run. The first is remembered, so that the run can clear up; the second ends
/// the program at once.
enum Interruption {
  // A signal's handler knows nothing but what is global.
  private static let received = Atomic<Int32>(0)

  static var number: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  static func listen() {
    // A limit on file sizes is then an error of the write, with a message.
    signal(SIGXFSZ, SIG_IGN)
    // Made now, since a handler must not be what makes it.
    _ = number
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        if Interruption.received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
      }
    }
  }

  /// Ends the program the way the signal itself would, so that whoever started it sees that.
  static func end(by number: Int32) -> Never {
    signal(number, SIG_DFL)
    raise(number)
    _exit(128 + number)
  }
}
