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
  let directory: String
  /// The same without links, from the root.
  let place: String
  package let stage: String
  /// Whether `stage` lies beside the directory; otherwise in it.
  let isBeside: Bool
  /// Locked as long as this lives, by which others know that it is no litter.
  private let held: Int32
  var names: [String] = []
  let mayOverwrite: Bool

  /// Makes the directory, where it is missing, and the hidden one; removes what runs that were killed left.
  ///
  /// - Parameter mayOverwrite: whether files go that no earlier set wrote.
  /// - Throws: Problem: one of them cannot be made, or another program keeps the directory.
  package init(to directory: String, mayOverwrite: Bool = false) throws(Problem) {
    self.mayOverwrite = mayOverwrite
    let made = try StagedOutput.stage(for: directory)
    self.directory = directory
    (place, stage, isBeside, held) = made
  }

  /// Takes over a file that was written for another directory.
  ///
  /// - Throws: Problem: it cannot be moved.
  mutating func take(_ name: String, from other: borrowing StagedOutput) throws(Problem) {
    guard unsafe rename("\(other.stage)/\(name)", path(for: name)) == 0 else {
      throw writeProblem("\(directory)/\(name)", "cannot be put there")
    }
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
  ///
  /// - Throws: Problem: that cannot be told.
  package func isSame(as path: String) throws(Problem) -> Bool {
    guard let other = realPath(path) else { throw writeProblem(path, "cannot be looked at") }
    return other == place
  }

  /// The same problem, at the place that the user knows.
  package func unstaged(_ problem: Problem) -> Problem {
    guard case .file(let file) = problem.place, file.hasPrefix(stage) else { return problem }
    var moved = problem
    moved.place = .file(directory + file.dropFirst(stage.count))
    return moved
  }
}
