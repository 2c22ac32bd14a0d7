internal import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// The hidden directory in which files wait.

extension StagedOutput {
  private static let mark = ".unmask-stage-"

  typealias Stage = (place: String, path: String, isBeside: Bool, lock: Int32)

  /// A new one, which no other run has.
  static func stage(for directory: String) throws(Problem) -> Stage {
    try expectName(directory)
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
    for start in [beside, inside] { removeLitter(startingWith: start, of: place) }
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
      guard lock >= 0 else {
        unsafe rmdir(path)
        continue
      }
      flock(lock, LOCK_EX | LOCK_NB)
      return (place, path, isBeside, lock)
    }
    throw writeProblem(directory, "nothing can be written there")
  }

  /// A directory with a name as `makeTemporaryDirectory` gives it, that nobody holds, is what a killed run left.
  private static func removeLitter(startingWith start: String, of place: String) {
    for entry in (try? entries(of: start.parent)) ?? [] {
      let mark = entry.dropFirst(start.lastName.count)
      guard entry.hasPrefix(start.lastName), mark.utf8.count >= 6,
        mark.prefix(6).allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
      else { continue }
      let path = "\(start.parent)/\(entry)"
      if mark.dropFirst(6) == probeEnding { unsafe unlink(path) }
      guard mark.utf8.count == 6 else { continue }
      let lock = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard lock >= 0 else { continue }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { empty(path, into: place) }
      close(lock)
    }
  }

  private static let probeEnding = ".probe"

  /// Removes a hidden directory. What came into it with an older set and is none of its files belongs to somebody, and
  /// goes back to where it was.
  static func empty(_ stage: String, into place: String) {
    let (names, own): ([String], Set<String>?)
    do throws(Problem) {
      names = try entries(of: stage)
      own = try SetNames(keptIn: stage)?.names
    } catch {
      // What cannot be read waits for another run.
      return
    }
    for name in names {
      if let own, !own.contains(name), name != SetNames.file, !name.hasPrefix(oldMark) {
        if !isThere("\(place)/\(name)") { unsafe rename("\(stage)/\(name)", "\(place)/\(name)") }
      } else {
        unsafe unlink("\(stage)/\(name)")
      }
    }
    unsafe rmdir(stage)
  }

  /// What stands before the name of a file that is being replaced.
  static let oldMark = ".old-"

  private static func isWorkingDirectory(_ place: String) -> Bool {
    guard let own = realPath(".") else { return true }
    return own == place || own.hasPrefix(place == "/" ? "/" : place + "/")
  }

  /// Whether a file can be moved from one to the other.
  private static func isOnSameFileSystem(_ path: String, _ place: String) -> Bool {
    let (probe, moved) = (
      "\(path)/probe", "\(place)/\(mark)\(path.lastName.suffix(6))\(probeEnding)"
    )
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
