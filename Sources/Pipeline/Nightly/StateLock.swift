internal import Core
internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A state that no other process works with as long as this lives. The kernel takes the lock away with the process,
/// however that ends, so that none is ever left over.
final class StateLock {
  private let file: Int32

  static let name = "lock"

  /// - Parameter patience: seconds to wait for another process.
  /// - Throws: Problem: another process has it, or the directory cannot be written.
  init(on directory: String, patience: Double) throws(Problem) {
    let path = "\(directory)/\(StateLock.name)"
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { throw writeProblem(path, "the state cannot be locked") }
    self.file = file
    var waited = 0.0
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw writeProblem(path, "the state cannot be locked")
      }
      guard waited < patience else { throw StateLock.busy(directory, file) }
      usleep(50_000)
      waited += 0.05
    }
    // For whoever is kept out.
    let word =
      "process \(getpid()) on \(hostName()) since \(timeText(Date().timeIntervalSince1970))"
    _ = ftruncate(file, 0)
    try? writeAll(Array(word.utf8).span, to: file, named: path)
  }

  deinit { close(file) }

  private static func busy(_ directory: String, _ file: Int32) -> Problem {
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = unsafe pread(file, &bytes, bytes.count, 0)
    let holder = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return Problem(
      Problem.stateBusy + (holder.isEmpty ? "" : " (\(printable(holder)))"), at: .file(directory),
      remedy: "wait for it: --lock-wait 600 does, for so many seconds")
  }
}

func hostName() -> String {
  var name = [CChar](repeating: 0, count: 256)
  guard unsafe gethostname(&name, name.count - 1) == 0 else { return "unknown" }
  return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
