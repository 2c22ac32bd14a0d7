internal import CFiles
package import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A directory that gets all of a run's files, or none.
///
/// They are written into a hidden directory beside it, which in the end changes places with it: whoever reads
/// there sees the old set or the new one. Where the directory holds something else as well, is in use as
/// a working directory, or is the root of a file system, the files are renamed into it one by one instead.
package struct StagedOutput: ~Copyable {
  private let directory: String
  /// The same without links, from the root.
  private let place: String
  package let stage: String
  /// Whether `stage` lies beside the directory; otherwise in it.
  private let isBeside: Bool
  /// Locked as long as this lives, by which others know that it is no litter.
  private let held: Int32
  private var names: [String] = []

  /// Makes the directory, where it is missing, and the hidden one; removes what runs that were killed left.
  ///
  /// - Throws: Problem: one of them cannot be made, or another program keeps the directory.
  package init(to directory: String) throws(Problem) {
    let made = try StagedOutput.stage(for: directory)
    self.directory = directory
    (place, stage, isBeside, held) = made
  }

  deinit {
    for name in names { unsafe unlink("\(stage)/\(name)") }
    unsafe rmdir(stage)
    close(held)
  }

  /// Where a file that someone else writes has to go.
  package mutating func path(for name: String) -> String {
    names.append(name)
    let path = "\(stage)/\(name)"
    unsafe unlink(path)
    return path
  }

  /// - Throws: Problem: the file cannot be created or written.
  package mutating func write(_ text: String, to name: String) throws(Problem) {
    try write(to: name) { write throws(Problem) in try write(Array(text.utf8)) }
  }

  /// - Parameter body: is handed what writes one part after the other.
  /// - Throws: Problem: the file cannot be created or written, or what `body` threw.
  package mutating func write(
    to name: String, _ body: (([UInt8]) throws(Problem) -> Void) throws(Problem) -> Void
  ) throws(Problem) {
    let path = path(for: name)
    let shown = "\(directory)/\(name)"
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw writeProblem(shown, "cannot be created") }
    do throws(Problem) {
      try body { bytes throws(Problem) in try writeAll(bytes.span, to: file, named: shown) }
    } catch {
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw writeProblem(shown, "could not be completed") }
  }

  /// Takes over a file that lies in the directory already.
  ///
  /// - Throws: Problem: it cannot be linked.
  package mutating func keep(_ name: String) throws(Problem) {
    guard unsafe link("\(place)/\(name)", path(for: name)) == 0 else {
      throw writeProblem("\(directory)/\(name)", "cannot be kept")
    }
  }

  /// Whether a path is that of the directory itself.
  package func isSame(as path: String) -> Bool { realPath(path) == place }

  /// The same problem, at the place that the user knows.
  package func unstaged(_ problem: Problem) -> Problem {
    guard case .file(let file) = problem.place, file.hasPrefix(stage) else { return problem }
    var moved = problem
    moved.place = .file(directory + file.dropFirst(stage.count))
    return moved
  }

  /// Puts every file in its place, and removes those of `others` that this run did not write: they
  /// are an older run's. All is on the disk before anything is seen.
  ///
  /// - Throws: Problem: a directory is in the way, another program keeps the directory, or a file cannot be
  ///   put in its place.
  package mutating func publish(replacing others: [String]) throws(Problem) {
    for name in names { try synchronise("\(stage)/\(name)", called: "\(directory)/\(name)") }
    try synchronise(stage, called: directory)
    // Held to the end: another run waits.
    let lock = try DirectoryLock(on: directory)
    try expectNoDirectory(names + others)
    let known = Set(names + others)
    // Neither a file of somebody else, nor the hidden directory of a run that stands in this one.
    let isOurs = rawEntries(of: lock.place).allSatisfy(known.contains)
    if isBeside, isOurs, unsafe unmask_exchange(stage, lock.place) == 0 {
      try synchronise(lock.place.parent, called: directory)
      // What is hidden now is the older set.
      for name in known { unsafe unlink("\(stage)/\(name)") }
      names = []
      return
    }
    for name in others where !names.contains(name) { unsafe unlink("\(lock.place)/\(name)") }
    for name in names {
      guard unsafe rename("\(stage)/\(name)", "\(lock.place)/\(name)") == 0 else {
        throw writeProblem("\(directory)/\(name)", "cannot be put in its place")
      }
    }
    try synchronise(lock.place, called: directory)
  }

  private func expectNoDirectory(_ names: [String]) throws(Problem) {
    for name in names {
      var status = stat()
      let isThere = unsafe lstat("\(place)/\(name)", &status) == 0
      guard !isThere || status.st_mode & S_IFMT != S_IFDIR else {
        throw Problem(
          "a directory is in the way", at: .file("\(directory)/\(name)"),
          remedy: "take it away, or write elsewhere")
      }
    }
  }
}

// MARK: - The hidden directory

extension StagedOutput {
  private static let mark = ".unmask-stage-"

  private typealias Stage = (place: String, path: String, isBeside: Bool, lock: Int32)

  /// A new one, which no other run has.
  private static func stage(for directory: String) throws(Problem) -> Stage {
    try makeDirectory(directory)
    let lock = try DirectoryLock(on: directory)
    return try stage(for: lock.place, called: directory)
  }

  /// The same, while the directory is locked.
  private static func stage(
    for place: String, called directory: String
  ) throws(Problem) -> Stage {
    var status = stat()
    guard unsafe stat(place, &status) == 0, unsafe access(place, W_OK | X_OK) == 0 else {
      throw writeProblem(directory, "nothing can be written there")
    }
    let beside = "\(place.parent)/.\(place.lastName)\(mark)"
    let inside = "\(place)/\(mark)"
    for start in [beside, inside] { removeLitter(startingWith: start) }
    let candidates =
      isWorkingDirectory(place) ? [(inside, false)] : [(beside, true), (inside, false)]
    for (start, isBeside) in candidates {
      guard let path = makeTemporaryDirectory(start) else { continue }
      guard !isBeside || isOnSameFileSystem(path, place) else {
        unsafe rmdir(path)
        continue
      }
      unsafe chmod(path, status.st_mode & 0o7777)
      let lock = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      flock(lock, LOCK_EX | LOCK_NB)
      return (place, path, isBeside, lock)
    }
    throw writeProblem(directory, "nothing can be written there")
  }

  /// A directory with a name as `makeTemporaryDirectory` gives it, that nobody holds, is what a killed run left.
  private static func removeLitter(startingWith start: String) {
    let names = rawEntries(of: start.parent).filter { name in
      let mark = name.dropFirst(start.lastName.count)
      return name.hasPrefix(start.lastName) && mark.utf8.count == 6
        && mark.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    for entry in names {
      let path = "\(start.parent)/\(entry)"
      let lock = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard lock >= 0 else { continue }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 {
        for name in rawEntries(of: path) { unsafe unlink("\(path)/\(name)") }
        unsafe rmdir(path)
      }
      close(lock)
    }
  }

  private static func isWorkingDirectory(_ place: String) -> Bool {
    guard let own = realPath(".") else { return true }
    return own == place || own.hasPrefix(place == "/" ? "/" : place + "/")
  }

  /// Whether a file can be moved from one to the other.
  private static func isOnSameFileSystem(_ path: String, _ place: String) -> Bool {
    let (probe, moved) = ("\(path)/probe", "\(place)/\(mark)\(path.lastName.suffix(6)).probe")
    let file = unsafe open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    close(file)
    defer {
      unsafe unlink(probe)
      unsafe unlink(moved)
    }
    return unsafe rename(probe, moved) == 0
  }
}

/// Waits until the bytes of a file, or the names of a directory, are on the disk.
///
/// - Throws: Problem: the disk could not take them.
private func synchronise(_ path: String, called name: String) throws(Problem) {
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

private func makeTemporaryDirectory(_ start: String) -> String? {
  var template = Array((start + "XXXXXX").utf8CString)
  return unsafe template.withUnsafeMutableBufferPointer { template in
    guard let start = template.baseAddress, let path = unsafe mkdtemp(start) else { return nil }
    return unsafe String(cString: path)
  }
}

private func rawEntries(of path: String) -> [String] {
  guard let directory = unsafe opendir(path) else { return [] }
  defer { unsafe closedir(directory) }
  var names: [String] = []
  while let entry = unsafe readdir(directory) {
    let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { name in
      unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// Without links, from the root.
func realPath(_ path: String) -> String? {
  guard let resolved = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}

extension String {
  fileprivate var parent: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  fileprivate var lastName: String {
    lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self
  }
}
