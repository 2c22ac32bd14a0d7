internal import Core

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A directory that no other run of ours changes as long as this lives.
///
/// The kernel takes the lock away with the process, however that ends; where a file system has no locks, there is
/// none.
struct DirectoryLock: ~Copyable {
  /// Without links, from the root.
  let place: String
  private let file: Int32

  private static let patience = 30.0

  /// - Throws: Problem: it cannot be opened, or another run has kept it for half a minute.
  init(on directory: String) throws(Problem) {
    var waited = 0.0
    while true {
      let file = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard file >= 0 else { throw writeProblem(directory, "nothing can be written there") }
      if flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK {
        guard let place = realPath(directory) else {
          let problem = writeProblem(directory, "nothing can be written there")
          close(file)
          throw problem
        }
        // The directory may have changed places while this waited for it.
        if isSame(file, place) {
          self.place = place
          self.file = file
          return
        }
        close(file)
        continue
      }
      close(file)
      guard waited < DirectoryLock.patience else { throw .busy(directory) }
      usleep(20_000)
      waited += 0.02
    }
  }

  deinit { close(file) }
}

private func isSame(_ file: Int32, _ path: String) -> Bool {
  var (held, named) = (stat(), stat())
  guard unsafe fstat(file, &held) == 0, unsafe stat(path, &named) == 0 else { return false }
  return held.st_dev == named.st_dev && held.st_ino == named.st_ino
}

extension Problem {
  private static let busy = "another run is writing there"

  fileprivate static func busy(_ directory: String) -> Problem {
    Problem(busy, at: .file(directory), remedy: "wait for it, or write elsewhere")
  }

  static let stateBusy = "another run works with this state"

  /// Whether the same may work later.
  var isBusy: Bool {
    [Problem.busy, Problem.notYet].contains(what) || what.hasPrefix(Problem.stateBusy)
  }
}
