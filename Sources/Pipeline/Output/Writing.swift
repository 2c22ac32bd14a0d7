package import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Writes a file that is not there yet, or in the place of one that may go.
///
/// - Throws: Problem: it is there and may not be replaced, or cannot be written.
package func writeNew(_ text: String, to path: String, replacing: Bool) throws(Problem) {
  let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (replacing ? O_TRUNC : O_EXCL)
  let file = unsafe open(path, flags, 0o666)
  guard file >= 0 else {
    if errno == EEXIST, !replacing {
      throw Problem(
        "is there already", at: .file(path),
        remedy: "write over it with --force, or print with --stdout")
    }
    throw writeProblem(path, "cannot be created")
  }
  do throws(Problem) {
    try writeAll(text, to: file, named: path)
  } catch {
    close(file)
    throw error
  }
  guard close(file) == 0 else { throw writeProblem(path, "could not be completed") }
}

/// Writes to an open file, a pipe or a terminal; short writes go on, and errors are never lost.
///
/// - Throws: Problem: the system could not write it all.
package func writeAll(_ text: String, to file: Int32, named name: String) throws(Problem) {
  try writeAll(text.utf8.span, to: file, named: name)
}

func writeAll(_ bytes: Span<UInt8>, to file: Int32, named name: String) throws(Problem) {
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.extracting(written...).withUnsafeBytes { rest in
      unsafe write(file, rest.baseAddress, rest.count)
    }
    if count < 0, errno != EINTR { throw writeProblem(name, "could not be written") }
    written += max(0, count)
  }
}

/// Writes text behind what a file has; the file is made where there is none.
///
/// - Throws: Problem: it cannot be opened or written.
package func appendText(_ text: String, to path: String) throws(Problem) {
  // A pipe that nobody reads would be waited for.
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o666)
  guard file >= 0 else { throw writeProblem(path, "cannot be opened") }
  defer { close(file) }
  var status = stat()
  guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw Problem("is no regular file", at: .file(path), remedy: "name a file")
  }
  try writeAll(text, to: file, named: path)
}

/// - Throws: Problem: the path has a zero byte, at which the system would stop reading it.
func expectName(_ path: String) throws(Problem) {
  guard path.utf8.contains(0) else { return }
  throw Problem(
    "is no file name: it holds a zero byte", at: .file(path), remedy: "correct the path")
}

/// Makes a directory, and those above it that are missing.
///
/// - Throws: Problem: one of them cannot be made.
func makeDirectory(_ path: String) throws(Problem) {
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/\(part)"
    guard unsafe mkdir(made, 0o777) == 0 || errno == EEXIST || errno == EISDIR else {
      throw writeProblem(made, "cannot be made")
    }
  }
}

/// What `errno` says of a path, with what to do.
func writeProblem(_ path: String, _ what: String) -> Problem {
  let code = errno
  let reason = unsafe String(cString: strerror(code))
  let remedy =
    switch code {
    case EFBIG: "raise the limit on file sizes (ulimit -f), or write less"
    case ENOSPC, EDQUOT: "make room there, or write elsewhere"
    case EACCES, EPERM, EROFS: "get permission to write there, or write elsewhere"
    case ENOTDIR, EEXIST: "a file is in the way; write elsewhere"
    default: "write elsewhere"
    }
  return Problem("\(what): \(reason)", at: .file(path), remedy: remedy)
}
