#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the system says of a file, which changes with it.
///
/// The time of the last change to its entry (ctime) is the one that nobody can set: tools that restore files put the time
/// of the content (mtime) back. On file systems that have no such time of their own a stamp is never trusted: what is read
/// and then written through a mapping changes none in memory (tmpfs; findings/numpy-memmap-times.sh), and images have those that
/// they were made with (squashfs).
package struct FileStamp: Hashable, Sendable {
  package let numbers: [Int]
  private let changed: Int
  private let isTrusted: Bool

  /// `nil` where there is no such file.
  package init?(of path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let (written, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (written, changed) = (status.st_mtim, status.st_ctim)
    #endif
    numbers = [
      Int(status.st_size), written.tv_sec, written.tv_nsec, changed.tv_sec, changed.tv_nsec,
      Int(truncatingIfNeeded: status.st_ino), Int(truncatingIfNeeded: status.st_dev),
    ]
    self.changed = changed.tv_sec
    isTrusted = hasOwnTimes(device: Int(truncatingIfNeeded: status.st_dev), with: path)
  }

  /// When its content or its entry changed last, in seconds since 1970.
  package var writtenOrChanged: Int { max(numbers[1], changed) }

  /// Whether a later change would be another stamp for sure.
  ///
  /// File systems keep times in steps, of up to two seconds. What changed just now can change again within the same step.
  ///
  /// - Parameter moment: seconds since 1970, from before the file was looked at.
  package func isSettled(at moment: Int) -> Bool {
    isTrusted && changed < moment - FileStamp.step
  }

  private static let step = 2
}

/// Seconds since 1970.
package func secondsNow() -> Int {
  var time = timespec()
  return unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 ? time.tv_sec : 0
}
