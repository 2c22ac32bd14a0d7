internal import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// One file, where `StagedOutput` has a directory to itself: that directory must exist, and only an
// older file is replaced.

/// - Throws: Problem: there is no directory to write into, or something is in the way.
func expectPlace(for path: String) throws(Problem) {
  let (directory, _) = path.directoryAndName
  var status = stat()
  guard unsafe stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
    throw Problem(
      "there is no directory '\(printable(directory))'", at: .file(path),
      remedy: "make it, or write elsewhere")
  }
  guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
  throw Problem(
    status.st_mode & S_IFMT == S_IFDIR ? "a directory is in the way" : "is no regular file",
    at: .file(path), remedy: "take it away, or write elsewhere")
}

/// Writes beside `path` and renames, so that a reader never sees half a file.
func write(_ bytes: [UInt8], to path: String) throws(Problem) {
  let (directory, name) = path.directoryAndName
  var output = try StagedOutput(to: directory)
  guard writeNew(bytes, output.path(for: name)) else {
    let reason = unsafe String(cString: strerror(errno))
    throw Problem(
      "could not be written: \(reason)", at: .file(path),
      remedy: "make room there, or write elsewhere")
  }
  try output.publish(replacing: [])
}

/// Whether everything was written; `errno` says why not.
private func writeNew(_ bytes: [UInt8], _ path: String) -> Bool {
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
  guard file >= 0 else { return false }
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes[written...].withUnsafeBytes { rest in
      unsafe write(file, rest.baseAddress, rest.count)
    }
    if count < 0, errno != EINTR {
      let reason = errno
      close(file)
      errno = reason
      return false
    }
    written += max(0, count)
  }
  return close(file) == 0
}

extension String {
  var directoryAndName: (directory: String, name: String) {
    guard let slash = lastIndex(of: "/") else { return (".", self) }
    return (
      slash == startIndex ? "/" : String(self[..<slash]), String(self[index(after: slash)...])
    )
  }
}
