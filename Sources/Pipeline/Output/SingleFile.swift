package import Core

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
///
/// - Throws: Problem: there is no place for it, or it cannot be written.
package func writeFile(_ bytes: [UInt8], to path: String) throws(Problem) {
  try expectPlace(for: path)
  let (directory, name) = path.directoryAndName
  do throws(Problem) {
    var output = try StagedOutput(to: directory)
    try output.write(to: name) { sink throws(Problem) in try sink(bytes) }
    try output.publish(replacing: [])
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
