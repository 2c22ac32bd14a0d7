#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What little a benchmark needs of a file system.
///
/// Foundation has all of this, but a process that loads it takes memory that the kernel then counts
/// as its children's peak (see `Child`).
package enum Files {
  package static func read(_ path: String) throws(Failure) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY)
    guard file >= 0 else { throw failure("open", path) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw failure("read", path) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { memory in
        unsafe systemRead(file, memory.baseAddress?.advanced(by: done), memory.count - done)
      }
      guard count > 0 else { throw failure("read", path) }
      done += count
    }
    return bytes
  }

  package static func text(_ path: String) throws(Failure) -> String {
    String(decoding: try read(path), as: UTF8.self)
  }

  package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw failure("create", path) }
    defer { close(file) }
    try append(bytes, to: file, path)
  }

  package static func write(_ text: String, to path: String) throws(Failure) {
    try write(Array(text.utf8), to: path)
  }

  /// A file that is too long for memory: `next` gives its parts until there is none.
  package static func write(
    to path: String, parts next: () -> [UInt8]?
  ) throws(Failure) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw failure("create", path) }
    defer { close(file) }
    while let part = next() { try append(part, to: file, path) }
  }

  private static func append(
    _ bytes: [UInt8], to file: Int32, _ path: String
  ) throws(Failure) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { memory in
        unsafe systemWrite(file, memory.baseAddress?.advanced(by: done), memory.count - done)
      }
      guard count > 0 else { throw failure("write", path) }
      done += count
    }
  }
}

extension Files {
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String) throws(Failure) {
    guard !path.isEmpty, !exists(path) else { return }
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("make", path) }
  }

  /// The names in a folder, in order of their bytes; none where there is no such folder.
  package static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      // Through a pointer, because an entry is no longer than its name.
      guard let letters = unsafe entry.pointer(to: \.d_name) else { continue }
      let name = unsafe String(
        cString: UnsafeRawPointer(letters).assumingMemoryBound(to: CChar.self))
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// All files below a folder.
  package static func files(below folder: String) -> [String] {
    names(in: folder).flatMap { name in
      isFolder("\(folder)/\(name)") ? files(below: "\(folder)/\(name)") : ["\(folder)/\(name)"]
    }
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  package static func remove(_ path: String) {
    if isFolder(path) {
      for name in names(in: path) { remove("\(path)/\(name)") }
      unsafe rmdir(path)
    } else {
      unsafe unlink(path)
    }
  }

  package static func size(of path: String) throws(Failure) -> Int {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw failure("find", path) }
    return Int(status.st_size)
  }

  /// A second name for the same file.
  package static func link(_ path: String, as name: String) throws(Failure) {
    guard systemLink(path, name) == 0 || errno == EEXIST else { throw failure("link", name) }
  }

  private static func failure(_ verb: String, _ path: String) -> Failure {
    Failure("cannot \(verb) \(path): \(unsafe String(cString: strerror(errno)))")
  }
}

// The C functions, whose names the members above would hide.

private func systemRead(_ file: Int32, _ memory: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(file, memory, count)
}

private func systemWrite(_ file: Int32, _ memory: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(file, memory, count)
}

private func systemLink(_ path: String, _ name: String) -> Int32 { unsafe link(path, name) }
