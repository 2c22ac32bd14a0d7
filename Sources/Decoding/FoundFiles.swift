package import Core

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files that a template stands for, in the order of their paths' bytes.
package struct FoundFiles: Hashable, Sendable {
  package var matches: [Match] = []
  /// Files that the walk saw and the template does not match; a hint when too little was found.
  package var others = 0
  /// Names that are not UTF-8, printably: paths with them cannot be written into a report.
  package var unreadableNames: [String] = []
  /// What is in the way of files: directories below the first that cannot be looked into, and what has the name
  /// of a file and is none. Each stands at its own place.
  package var obstacles: [Problem] = []

  package struct Match: Hashable, Sendable {
    /// As the template is written: absolute, or relative to where the walk was started.
    package var path: String
    package var captures: [String: String]

    package init(path: String, captures: [String: String]) {
      self.path = path
      self.captures = captures
    }
  }

  package init(matches: [Match] = [], others: Int = 0) {
    self.matches = matches
    self.others = others
  }
}

/// Looks below the template's fixed directory for the files it matches; relative templates start
/// at `root`.
///
/// Links are followed. What is hidden, unfinished or left behind by a file browser is not seen:
/// `.name`, `name~`, `.tmp`, `.part`, `.partial`, `Thumbs.db`, `@eaDir`. A plain path is one file
/// of whatever name. Finding no match is not an error here.
///
/// - Throws: Problem: a directory cannot be read or lies too deep, or a path fits in too many ways.
package func findFiles(
  _ template: PathTemplate, in root: String, allowing allowed: [String: Set<String>] = [:],
  marker: String? = nil
) throws(Problem) -> FoundFiles {
  var walk = Walk(template: template, allowed: allowed, root: root)
  walk.marker = marker.map { template.fixedPrefix + $0 }
  if let path = template.filling([:]), kind(of: walk.location(of: path)) == .file {
    return FoundFiles(matches: [.init(path: path, captures: [:])])
  }
  try walk.visit(Array(template.fixedPrefix.utf8), depth: 0)
  return walk.found
}

private struct Walk {
  let template: PathTemplate
  let allowed: [String: Set<String>]
  let root: String
  var found = FoundFiles()
  /// A path that is there for another reason.
  var marker: String?
  private var ancestors: [Listing.Identity] = []

  init(template: PathTemplate, allowed: [String: Set<String>], root: String) {
    self.template = template
    self.allowed = allowed
    self.root = root
  }

  /// `prefix` is the start of a path as the template writes it: empty, or with a slash at its end.
  mutating func visit(_ prefix: [UInt8], depth: Int) throws(Problem) {
    let directory = location(of: String(decoding: prefix, as: UTF8.self))
    guard depth <= Limits.directories.most else {
      found.obstacles.append(
        Problem(
          "lies more than \(Limits.directories.most) directories deep", at: .file(directory),
          remedy: "take out links that lead back up, or name the directories instead of '**'"))
      return
    }
    let listing: Listing
    do throws(Problem) {
      listing = try Listing(of: directory)
    } catch {
      // One that cannot be read stops only what lies in it.
      guard depth > 0 else { throw error }
      found.obstacles.append(error)
      return
    }
    // A link to a directory that we are inside of: its files are seen already.
    guard !ancestors.contains(listing.identity) else { return }
    ancestors.append(listing.identity)
    found.unreadableNames += listing.unreadableNames
    defer { ancestors.removeLast() }

    for entry in listing.entries {
      let path = prefix + entry.name
      switch entry.kind {
      case .directory:
        try noteInTheWay(path.dropLast(), "is a directory, where a file should be")
        if depth < template.depth ?? .max { try visit(path, depth: depth + 1) }
      case .file:
        try note(path)
      case .special:
        try noteInTheWay(path[...], "is a pipe, a socket or a device, and no file")
        found.others += 1
      }
    }
  }

  /// What has the name of an image, and is none.
  private mutating func noteInTheWay(_ path: ArraySlice<UInt8>, _ what: String) throws(Problem) {
    guard template.isPattern, try template.captures(of: Array(path), where: allowed) != nil else {
      return
    }
    found.obstacles.append(
      Problem(
        what, at: .file(location(of: String(decoding: path, as: UTF8.self))),
        remedy: "put the image there, or take this away"))
  }

  private mutating func note(_ path: [UInt8]) throws(Problem) {
    if let captures = try template.captures(of: path, where: allowed) {
      found.matches.append(.init(path: String(decoding: path, as: UTF8.self), captures: captures))
    } else if marker.map({ !path.elementsEqual($0.utf8) }) ?? true {
      found.others += 1
    }
  }

  /// Where a path of the template is on the disk, without a slash at the end.
  func location(of path: String) -> String {
    let isFree = path.utf8.first == .slash || root.isEmpty || root == "."
    var location = isFree ? path : "\(root)/\(path)"
    while location.utf8.last == .slash, location != "/" { location.removeLast() }
    return location.isEmpty ? "." : location
  }
}

/// What one directory holds, but for the names nobody wants.
private struct Listing {
  let identity: Identity
  /// In byte order of the paths they lead to: a directory's name has the slash behind it.
  private(set) var entries: [Entry] = []
  /// What is there but has a name that is not UTF-8.
  private(set) var unreadableNames: [String] = []

  struct Identity: Equatable {
    var device: dev_t
    var node: ino_t
  }

  struct Entry {
    /// Valid UTF-8, kept as bytes because their order is fast and the same everywhere.
    var name: [UInt8]
    var kind: FileKind
  }

  init(of directory: String) throws(Problem) {
    guard let stream = unsafe opendir(directory) else {
      throw unreadable(directory, because: errno)
    }
    defer { unsafe closedir(stream) }
    let descriptor = unsafe dirfd(stream)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw unreadable(directory, because: errno)
    }
    identity = Identity(device: status.st_dev, node: status.st_ino)

    while true {
      // Only `errno` tells the end of a directory from a fault.
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let bytes = unsafe name(of: entry)
      if isIgnored(bytes) { continue }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        unreadableNames.append(printable("\(directory)/\(String(decoding: bytes, as: UTF8.self))"))
        continue
      }
      let type = unsafe Int(entry.pointee.d_type)
      let kind = FileKind(directoryType: type) ?? kind(of: name, in: descriptor)
      entries.append(Entry(name: kind == .directory ? bytes + [.slash] : bytes, kind: kind))
    }
    guard errno == 0 else { throw unreadable(directory, because: errno) }
    entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
  }
}

private enum FileKind {
  case file, directory
  /// A pipe, a socket, a device: opening one may wait for ever.
  case special

  /// What the directory itself says; nil for a link, or when it does not say.
  init?(directoryType: Int) {
    switch directoryType {
    case Int(DT_REG): self = .file
    case Int(DT_DIR): self = .directory
    case Int(DT_LNK), Int(DT_UNKNOWN): return nil
    default: self = .special
    }
  }
}

/// What a path leads to. A link into nothing counts as a file: reading it will name the fault.
private func kind(of name: String, in directory: Int32) -> FileKind {
  var status = stat()
  guard unsafe fstatat(directory, name, &status, 0) == 0 else { return .file }
  return switch status.st_mode & S_IFMT {
  case S_IFDIR: .directory
  case S_IFREG: .file
  default: .special
  }
}

/// Whether a path leads to a directory.
package func isDirectory(_ path: String) -> Bool { kind(of: path) == .directory }

/// The same for a plain path; nil if nothing is there.
private func kind(of path: String) -> FileKind? {
  unsafe access(path, F_OK) == 0 ? kind(of: path, in: AT_FDCWD) : nil
}

private func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
  // An entry may end before `dirent` does, so the name is read where it lies, not copied whole.
  unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
    let start = unsafe UnsafeRawPointer(tuple)
    let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: length))
  }
}

private func isIgnored(_ name: [UInt8]) -> Bool {
  name.first == UInt8(ascii: ".") || ignoredNames.contains(name)
    || ignoredEndings.contains { name.count >= $0.count && name.suffix($0.count) == $0[...] }
}

private let ignoredNames = ["Thumbs.db", "@eaDir"].map { Array($0.utf8) }
private let ignoredEndings = ["~", ".tmp", ".part", ".partial"].map { Array($0.utf8) }

// MARK: - Problems

private func unreadable(_ directory: String, because code: Int32) -> Problem {
  let place = Problem.Place.file(directory)
  switch code {
  case ENOENT: return Problem("no such directory", at: place, remedy: whatIsThere(above: directory))
  case ENOTDIR: return Problem("is a file, not a directory", at: place, remedy: "correct the path")
  case EACCES:
    return Problem(
      "the directory may not be read", at: place,
      remedy: "give this user the right to read and enter it")
  default:
    let reason = unsafe String(cString: strerror(code))
    return Problem(
      "the directory cannot be read: \(reason)", at: place,
      remedy: "try again; if it stays, look after the disk or the network drive")
  }
}

/// Names the nearest directory above that exists, and what to choose from there.
private func whatIsThere(above directory: String) -> String {
  var parent = directory
  while let slash = parent.lastIndex(of: "/"), slash > parent.startIndex {
    parent = String(parent[..<slash])
    if let listing = try? Listing(of: parent) { return choice(from: listing, of: "'\(parent)'") }
  }
  let isAbsolute = directory.utf8.first == .slash
  guard let listing = try? Listing(of: isAbsolute ? "/" : ".") else { return "correct the path" }
  return choice(from: listing, of: isAbsolute ? "'/'" : "the working directory")
}

private func choice(from listing: Listing, of directory: String) -> String {
  let names = listing.entries.prefix(8).map { printable(String(decoding: $0.name, as: UTF8.self)) }
  let more = listing.entries.count > names.count ? ", …" : ""
  return names.isEmpty
    ? "correct the path: \(directory) exists but is empty"
    : "correct the path: \(directory) exists and holds \(names.joined(separator: ", "))\(more)"
}
