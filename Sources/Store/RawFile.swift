import Core

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An evidence file as bytes, beside what SQLite sees of it. What a signal interrupts is done again.
final class RawFile {
  private let path: String
  private let file: Int32
  private let direction: Direction
  let size: Int

  /// - Throws: Problem: it cannot be opened, or is no regular file.
  init(_ path: String, for direction: Direction) throws(Problem) {
    self.path = path
    self.direction = direction
    // A pipe would wait for its other end.
    let flags = (direction == .reading ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NONBLOCK
    let opened = repeating { unsafe open(path, flags) }
    guard opened >= 0 else { throw RawFile.failure(path, direction) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0 else {
      let failure = RawFile.failure(path, direction)
      close(opened)
      throw failure
    }
    file = opened
    size = Int(status.st_size)
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Problem("is not a file", at: .file(path), remedy: RawFile.nameEvidence)
    }
  }

  deinit { close(file) }

  /// The bytes at a place, fewer where the file ends.
  func read(_ count: Int, at place: Int) throws(Problem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let some = unsafe bytes.withUnsafeMutableBytes { memory in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[done...])
        return repeating {
          unsafe pread(file, rest.baseAddress, rest.count, off_t(place + done))
        }
      }
      guard some >= 0 else { throw RawFile.failure(path, direction) }
      if some == 0 { break }
      done += some
    }
    return Array(bytes.prefix(done))
  }

  func write(_ bytes: [UInt8], at place: Int) throws(Problem) {
    var done = 0
    while done < bytes.count {
      let some = unsafe bytes.withUnsafeBytes { memory in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: memory[done...])
        return repeating {
          unsafe pwrite(file, rest.baseAddress, rest.count, off_t(place + done))
        }
      }
      guard some >= 0 else { throw RawFile.failure(path, direction) }
      done += some
    }
  }

  func truncate(to size: Int) throws(Problem) {
    guard repeating({ ftruncate(file, off_t(size)) }) == 0 else {
      throw RawFile.failure(path, direction)
    }
  }

  private static let nameEvidence = "name the evidence.sqlite that a run wrote"

  /// What the system said.
  private static func failure(_ path: String, _ direction: Direction) -> Problem {
    let code = errno
    let reason = unsafe String(cString: strerror(code))
    return switch (direction, code) {
    case (.reading, ENOENT), (.reading, ENOTDIR):
      Problem("does not exist", at: .file(path), remedy: nameEvidence)
    case (.reading, _):
      Problem(
        "cannot be read: \(reason)", at: .file(path), remedy: "check who may read it, and the disk")
    case (.writing, ENOSPC), (.writing, EDQUOT):
      Problem(
        "cannot be written: \(reason)", at: .file(path),
        remedy: "make room, or write to another disk")
    case (.writing, _):
      Problem(
        "cannot be written: \(reason)", at: .file(path),
        remedy: "check who may write there, and the disk")
    }
  }
}

/// Calls again as long as a signal came in between.
private func repeating<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
