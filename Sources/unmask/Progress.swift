internal import Core
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
  private let isTerminal: Bool
  private let shown = Mutex(-1)
  private let start = ContinuousClock.now

  init(isShown: Bool) { isTerminal = isShown && isatty(STDERR_FILENO) == 1 }

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
    let line =
      done == all
      ? "\r\u{1b}[K" : "\r\(done) of \(all) images (\(percent) %)\(pace(done, of: all))\u{1b}[K"
    try? writeAll(line, to: STDERR_FILENO, named: "standard error")
  }
}

extension Progress {
  /// How fast it goes, and how long it takes if it goes on so; nothing before that can be said.
  private func pace(_ done: Int, of all: Int) -> String {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard done > 0, seconds > 1 else { return "" }
    let rate = Double(done) / seconds
    let left = Int((Double(all - done) / rate).rounded(.up))
    let clock =
      left < 3600
      ? "\(left / 60):\(twoDigits(left % 60))"
      : "\(left / 3600):\(twoDigits(left / 60 % 60)):\(twoDigits(left % 60))"
    return ", \(Figure.text(rate)) a second, \(clock) left"
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
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
