internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Asks the system for the files of the next images while those of one are decoded.
///
/// A nightly run meets files that nobody has read for a day, and would wait for a disk at each of
/// them. Asking takes three calls a file, which does not pay for files in memory, so it is done
/// only while the system says that it had to read from disk for this process.
package final class ReadAhead: Sendable {
  private let blocksRead = Atomic(ReadAhead.blocksRead)
  /// The images before this one were asked for, or are read without asking.
  private let asked = Atomic(0)

  /// So many files are asked for at once: enough for a disk to choose among.
  private static let files = 32

  package init() {}

  /// To be called before an image is read; images are read in order, or nearly so.
  package func willRead(_ index: Int, of images: [ImageFiles]) {
    let blocks = ReadAhead.blocksRead
    guard blocksRead.exchange(blocks, ordering: .relaxed) != blocks else { return }
    let window = max(1, ReadAhead.files / max(1, images[index].ownPaths.count))
    let end = min(images.count, index + 1 + window)
    let first = max(index + 1, asked.max(end, ordering: .relaxed).oldValue)
    for image in first..<max(first, end) { for path in images[image].ownPaths { ask(for: path) } }
  }

  /// Blocks that were read from a disk for this process so far.
  private static var blocksRead: Int {
    var usage = rusage()
    return unsafe getrusage(ReadAhead.wholeProcess, &usage) == 0 ? usage.ru_inblock : 0
  }

  /// `RUSAGE_SELF`, which is of another type on every system.
  private static let wholeProcess: CInt = 0

  /// A fault of the file is reported when it is read.
  private func ask(for path: String) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return }
    defer { close(file) }
    #if canImport(Darwin)
      var whole = radvisory(ra_offset: 0, ra_count: .max)
      _ = unsafe fcntl(file, F_RDADVISE, &whole)
    #else
      _ = posix_fadvise(file, 0, 0, POSIX_FADV_WILLNEED)
    #endif
  }
}

extension ImageFiles {
  /// The files that hold this image alone.
  fileprivate var ownPaths: [String] { prediction.ownPaths + truth.ownPaths }
}

extension ImageSource {
  /// None where a file holds many images.
  fileprivate var ownPaths: [String] {
    switch self {
    case .file, .classFiles: paths
    case .item, .runs, .unknown: []
    }
  }
}
