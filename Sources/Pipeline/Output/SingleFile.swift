package import Core
internal import Decoding

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// One file, where `StagedOutput` has a directory to itself: that directory must exist, and only an
// older file is replaced.

/// Which file that is there may go.
package enum Replaceable: Sendable {
  case any, none
  /// One that has this text among its first bytes, by which it is known to be ours.
  case marked(String)
}

/// - Throws: Problem: there is no directory to write into, or something is in the way.
package func expectPlace(for path: String, replacing: Replaceable) throws(Problem) {
  try expectName(path)
  let (directory, _) = path.directoryAndName
  var status = stat()
  let isThere = unsafe stat(directory, &status) == 0
  guard isThere || errno == ENOENT || errno == ENOTDIR else {
    throw writeProblem(path, "cannot be written")
  }
  guard isThere, status.st_mode & S_IFMT == S_IFDIR else {
    throw Problem(
      "there is no directory '\(printable(directory))'", at: .file(path),
      remedy: "make it, or write elsewhere")
  }
  guard unsafe lstat(path, &status) == 0 else { return }
  guard status.st_mode & S_IFMT != S_IFREG else {
    switch replacing {
    case .any: return
    case .none: break
    case .marked(let mark):
      let start = try FileBytes.map(path).start(1 << 16)
      if String(decoding: start, as: UTF8.self).contains(mark) { return }
    }
    throw Problem(
      "is there already", at: .file(path),
      remedy: "write elsewhere, take it away, or write over it with --overwrite")
  }
  throw Problem(
    status.st_mode & S_IFMT == S_IFDIR ? "a directory is in the way" : "is no regular file",
    at: .file(path), remedy: "take it away, or write elsewhere")
}

/// Writes beside `path` and renames, so that a reader never sees half a file.
///
/// - Throws: Problem: there is no place for it, or it cannot be written.
package func writeFile(
  _ bytes: [UInt8], to path: String, replacing: Replaceable
) throws(Problem) {
  try expectPlace(for: path, replacing: replacing)
  let (directory, name) = path.directoryAndName
  do throws(Problem) {
    var output = try StagedOutput(to: directory)
    try output.write(to: name) { sink throws(Problem) in try sink(bytes) }
    try output.publishAlone()
  } catch {
    // Named as the user did.
    throw Problem(error.what, at: .file(path), remedy: error.remedy)
  }
}

extension String {
  var directoryAndName: (directory: String, name: String) {
    guard let slash = lastIndex(of: "/") else { return (".", self) }
    return (
      slash == startIndex ? "/" : String(self[..<slash]), String(self[index(after: slash)...])
    )
  }
}
