internal import Decoding

/// A file's path in parts: where it lies, which image it may be of, and what stands behind that.
///
///     gtFine/val/ulm/ulm_000001_000019_gtFine_labelIds.png
///     directory      stem                            ending
struct FileName: Hashable, Sendable {
  let path: String
  let directory: String
  /// Without the ending.
  let stem: String
  /// `.png`, in the letters of the file.
  let ending: String

  init(_ path: String) {
    self.path = path
    let slash = path.lastIndex(of: "/")
    directory = slash.map { String(path[..<$0]) } ?? ""
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    let known = FileFormat.allCases.flatMap(\.endings)
      .filter { name.lowercased().hasSuffix($0) && name.count > $0.count }.max {
        $0.count < $1.count
      }
    let point =
      known.map { name.index(name.endIndex, offsetBy: -$0.count) } ?? name.lastIndex(of: ".")
      ?? name.endIndex
    stem = String(name[..<point])
    ending = String(name[point...])
  }

  /// Whether this program reads such files.
  var isRead: Bool { FileFormat(ofFile: path) != nil }

  /// What stands behind the number of the image: `_gtFine_labelIds`; empty where there is none.
  var tail: String {
    guard let digit = stem.lastIndex(where: \.isASCIIDigit) else { return "" }
    let rest = stem[digit...].dropFirst()
    return rest.firstIndex(where: \.isSeparator).map { String(rest[$0...]) } ?? ""
  }

  /// What stands in front of the first separator, with it, where that is letters: `Y_`.
  var head: String {
    guard let end = stem.firstIndex(where: \.isSeparator),
      stem[..<end].allSatisfy(\.isLetter), stem[end...].contains(where: \.isASCIIDigit)
    else { return "" }
    return String(stem[...end])
  }

  /// The directory that holds the file's own, and the file's own.
  var split: (parent: String, own: String) {
    let slash = directory.lastIndex(of: "/")
    return (
      slash.map { String(directory[...$0]) } ?? "",
      slash.map { String(directory[directory.index(after: $0)...]) } ?? directory
    )
  }
}

extension Character {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  var isSeparator: Bool { "_-. ".contains(self) }
}

extension Collection<String> {
  /// What all of them end with, from a separator on, and not all of any.
  var commonTail: String {
    guard let first, count > 1 else { return "" }
    var length = first.count - 1
    for text in self {
      let same = zip(text.reversed(), first.reversed()).prefix { $0 == $1 }.count
      length = Swift.min(length, same, text.count - 1)
    }
    var tail = first.suffix(Swift.max(0, length))
    // A number that all have in common is still the image's.
    while let start = tail.firstIndex(where: \.isSeparator) {
      tail = tail[start...]
      let word = tail.dropFirst().prefix { !$0.isSeparator }
      if !word.isEmpty, !word.allSatisfy(\.isASCIIDigit) { return String(tail) }
      tail = tail.dropFirst()
    }
    return ""
  }

  /// What all of them begin with, up to a separator, and not all of any.
  var commonHead: String {
    guard let first, count > 1 else { return "" }
    var length = first.count - 1
    for text in self {
      length = Swift.min(length, zip(text, first).prefix { $0 == $1 }.count, text.count - 1)
    }
    let head = first.prefix(Swift.max(0, length))
    return head.lastIndex(where: \.isSeparator).map { String(head[...$0]) } ?? ""
  }
}
