internal import Core
internal import Decoding
internal import Store

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Which files of a directory earlier sets wrote. A new set replaces these; everything else there is somebody's.
///
/// The directory keeps their names in a file of its own.
struct SetNames {
  static let file = ".unmask-set"

  private(set) var names: Set<String>
  /// Whether the directory keeps them, and they are not only presumed.
  private(set) var isKept: Bool

  /// - Parameter presumed: what sets of versions that kept no names consisted of, which are told by their evidence.
  /// - Throws: Problem: there is a file that says so, and it cannot be read.
  init(of directory: String, presumed: [String]) throws(Problem) {
    if let kept = try SetNames(keptIn: directory) {
      self = kept
    } else {
      isKept = false
      names = try isEvidence("\(directory)/\(evidenceName)") ? Set(presumed + [evidenceName]) : []
    }
  }

  /// `nil` where there is no such file, or a part of one.
  ///
  /// - Throws: Problem: it cannot be read.
  init?(keptIn directory: String) throws(Problem) {
    let text = try ifThere { () throws(Problem) in try readText("\(directory)/\(SetNames.file)") }
    guard let text else { return nil }
    let lines = text.split(separator: "\n")
    guard let first = lines.first, lines.count - 1 == SetNames.count(in: first) else { return nil }
    names = Set(lines.dropFirst().map(String.init))
    isKept = true
  }

  func removing(_ others: Set<String>) -> SetNames {
    var left = self
    left.names.subtract(others)
    return left
  }

  func adding(_ others: [String]) -> SetNames {
    var more = self
    more.names.formUnion(others)
    return more
  }

  var text: String {
    "# \(names.count) \(SetNames.words)\n"
      + names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { "\($0)\n" }.joined()
  }

  private static let words = "files of unmask. Its next run replaces them, and no others."

  private static func count(in line: Substring) -> Int? {
    guard line.hasPrefix("# "), line.hasSuffix(words) else { return nil }
    return Int(line.dropFirst(2).prefix { $0.isNumber })
  }
}

/// Takes a set away: its files, and the directory where nothing else is in it. Where there is none, nothing happens.
func removeSet(at directory: String) throws(Problem) {
  guard isThere(directory), let set = try SetNames(keptIn: directory) else { return }
  let lock = try DirectoryLock(on: directory)
  for name in set.names.sorted() + [SetNames.file] { unsafe unlink("\(lock.place)/\(name)") }
  unsafe rmdir(lock.place)
}

private func isEvidence(_ path: String) throws(Problem) -> Bool {
  let start = try ifThere { () throws(Problem) in try FileBytes.map(path).start(100) }
  return start.map(EvidenceStore.isMarked) ?? false
}
