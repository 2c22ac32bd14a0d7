internal import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Waits until the bytes of a file, or the names of a directory, are on the disk.
///
/// - Throws: Problem: the disk could not take them.
func synchronise(_ path: String, called name: String) throws(Problem) {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw writeProblem(name, "could not be completed") }
  let result = fsync(file)
  let reason = errno
  close(file)
  // Some file systems have nothing to wait for.
  guard result == 0 || reason == EINVAL || reason == ENOTSUP || reason == EROFS else {
    errno = reason
    throw writeProblem(name, "could not be completed")
  }
}

func isThere(_ path: String) -> Bool {
  var status = stat()
  return unsafe lstat(path, &status) == 0
}

func makeTemporaryDirectory(_ start: String) -> String? {
  var template = Array((start + "XXXXXX").utf8CString)
  return unsafe template.withUnsafeMutableBufferPointer { template in
    guard let start = template.baseAddress, let path = unsafe mkdtemp(start) else { return nil }
    return unsafe String(cString: path)
  }
}

/// The names in a directory; one that is not UTF-8 has marks in place of its bytes, so it is no name of ours.
///
/// - Throws: Problem: not all of them can be read.
func entries(of path: String) throws(Problem) -> [String] {
  guard let directory = unsafe opendir(path) else {
    throw writeProblem(path, "cannot be looked at")
  }
  defer { unsafe closedir(directory) }
  var names: [String] = []
  while true {
    errno = 0
    guard let entry = unsafe readdir(directory) else { break }
    // Where it lies: a copy would have 256 bytes, and reach beyond the system's memory where the name is the last in it.
    guard let letters = unsafe entry.pointer(to: \.d_name) else { continue }
    let name = unsafe String(
      cString: UnsafeRawPointer(letters).assumingMemoryBound(to: CChar.self))
    if name != ".", name != ".." { names.append(name) }
  }
  guard errno == 0 else { throw writeProblem(path, "cannot be looked at") }
  return names
}

/// Without links, from the root.
func realPath(_ path: String) -> String? {
  guard let resolved = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}

extension String {
  var parent: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  var lastName: String {
    lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self
  }
}
