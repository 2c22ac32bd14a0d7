package import Core
package import Raster

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file, and nothing but a file: a pipe would keep a nightly run waiting for ever.
///
/// Every problem names the file.
package enum FileBytes {
  /// A copy of the file: for files that are read once from front to back.
  ///
  /// - Throws: Problem: the file cannot be read, is not a regular file, is longer than `limit`, or changes.
  package static func read(
    _ path: String, upTo limit: Limit = Limits.pngBytes
  ) throws(Problem) -> Bytes {
    let (file, stamp) = try openRegular(path)
    let count = stamp.size
    defer { close(file) }
    guard count <= limit.most else {
      throw Problem(
        "is \(count) bytes long; the limit is \(limit.most)", at: .file(path),
        remedy: "no file of its kind is that long: check what it is")
    }
    let bytes = try readPart(0..<count, of: file, path)
    // A file that goes on has grown since its length was asked for.
    var more: UInt8 = 0
    let result = unsafe withUnsafeMutableBytes(of: &more) {
      unsafe readSome(of: file, into: $0, at: count)
    }
    if result < 0 { throw failure(of: "read", path) }
    if result > 0 { throw changed(path) }
    try expect(stamp, of: file, path)
    return bytes
  }

  /// A copy of a file of at most so many bytes, which a mapping would cost more than; a larger one is mapped.
  static func readOrMap(_ path: String, atMost most: Int) throws(Problem) -> Bytes {
    let (file, stamp) = try openRegular(path)
    guard stamp.size <= most else {
      close(file)
      return try map(path)
    }
    defer { close(file) }
    let bytes = try readPart(0..<stamp.size, of: file, path)
    try expect(stamp, of: file, path)
    return bytes
  }

  /// The file itself as memory: for arrays, of which only the parts in use need to be there.
  ///
  /// A file that shrinks while it is mapped ends the process (SIGBUS) when the missing part is
  /// touched, so writers should write beside and rename. `Bytes.read` throws a problem instead.
  ///
  /// - Throws: Problem: the file cannot be opened or mapped, or is not a regular file.
  package static func map(_ path: String) throws(Problem) -> Bytes {
    let (number, stamp) = try openRegular(path)
    let count = stamp.size
    let file = Descriptor(number)
    // A mapping may not be empty.
    if count == 0 { return Bytes([]) }
    let start = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, number, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else {
      throw failure(of: "map", path)
    }
    let checking: Bytes.Checking = { () throws(Problem) in
      try expect(stamp, of: file.number, path)
    }
    let reading: Bytes.Reading = { range throws(Problem) in
      let bytes = try readPart(range, of: file.number, path)
      try checking()
      return bytes
    }
    return unsafe Bytes(
      taking: UnsafeRawBufferPointer(start: start, count: count), reading: reading,
      checking: checking
    ) { memory in
      unsafe munmap(UnsafeMutableRawPointer(mutating: memory.baseAddress), memory.count)
    }
  }
}

/// An open file, closed when nobody needs it any more.
private final class Descriptor: Sendable {
  let number: CInt
  init(_ number: CInt) { self.number = number }
  deinit { close(number) }
}

/// What tells a file from itself after somebody wrote to it.
private struct Stamp: Hashable, Sendable {
  var size: Int
  var seconds: Int
  var nanoseconds: Int
}

extension FileBytes {
  /// That the file is as it was when it was opened; one that was replaced by another stays the same
  /// to whoever has it open.
  private static func expect(_ stamp: Stamp, of file: CInt, _ path: String) throws(Problem) {
    if try stampOfRegular(file, path) != stamp { throw changed(path) }
  }

  /// A descriptor of a regular file, and the file's length and time.
  private static func openRegular(_ path: String) throws(Problem) -> (file: CInt, stamp: Stamp) {
    // C would stop reading the path there and open another file.
    guard !path.utf8.contains(0) else {
      throw Problem(
        "is no file name: it holds a zero byte", at: .file(path), remedy: "correct the path")
    }
    // Without O_NONBLOCK, opening a pipe waits for its writer.
    let file = retrying { unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { throw failure(of: "open", path) }
    do throws(Problem) {
      return (file, try stampOfRegular(file, path))
    } catch {
      close(file)
      throw error
    }
  }

  private static func stampOfRegular(_ file: CInt, _ path: String) throws(Problem) -> Stamp {
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw failure(of: "read", path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      return Stamp(size: Int(status.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    case S_IFDIR:
      throw Problem(
        "is a directory", at: .file(path), remedy: "name a file, or a pattern of files in it")
    case S_IFIFO: throw notRegular("is a pipe", path)
    case S_IFSOCK: throw notRegular("is a socket", path)
    default: throw notRegular("is a device", path)
    }
  }

  /// A part of an open file.
  private static func readPart(
    _ range: Range<Int>, of file: CInt, _ path: String
  ) throws(Problem) -> Bytes {
    let bytes = try unsafe Bytes(uncleared: range.count) { target throws(Problem) in
      var done = 0
      while done < range.count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[done...])
        switch unsafe readSome(of: file, into: rest, at: range.lowerBound + done) {
        case -1: throw failure(of: "read", path)
        case 0: throw changed(path)
        case let some: done += some
        }
      }
      return true
    }
    guard let bytes else { throw failure(of: "read", path) }
    return bytes
  }

  private static func notRegular(_ what: String, _ path: String) -> Problem {
    Problem(what, at: .file(path), remedy: "save the data to a regular file and name that")
  }

  private static func changed(_ path: String) -> Problem {
    Problem(
      "changed while it was read", at: .file(path),
      remedy: "run again when the writer is done; best write beside and rename")
  }

  /// What the system said when `action` failed.
  private static func failure(of action: String, _ path: String) -> Problem {
    let (what, remedy) =
      switch errno {
      case ENOENT, ENOTDIR: ("does not exist", "check the path, or run the job that writes it")
      case EACCES, EPERM:
        ("permission denied", "let the user that runs this read the file and enter its directories")
      case ENXIO: ("is a socket or device", "save the data to a regular file and name that")
      case ELOOP: ("is a symbolic link that leads back to itself", "correct the link")
      case ENAMETOOLONG: ("has a path that is too long", "shorten the path")
      case EMFILE, ENFILE: ("too many files are open", "raise the limit (ulimit -n)")
      case ENOMEM: ("does not fit in memory", "run on a machine with more memory, or fewer jobs")
      default:
        ("cannot \(action) it: \(unsafe String(cString: strerror(errno)))", "check the disk")
      }
    return Problem(what, at: .file(path), remedy: remedy)
  }
}

/// Bytes read, 0 at the end of the file, -1 with `errno` set.
private func readSome(
  of file: CInt, into memory: UnsafeMutableRawBufferPointer, at place: Int
) -> Int {
  retrying { unsafe pread(file, memory.baseAddress, memory.count, off_t(place)) }
}

/// Calls again as long as a signal came in between.
private func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

extension Bytes {
  /// The number whose lowest byte is at `offset`; nil where the bytes end before it does.
  func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as _: Number.Type = Number.self
  ) -> Number? {
    guard offset >= 0, offset <= count - MemoryLayout<Number>.size else { return nil }
    // In bounds as just checked, and every bit pattern is an integer.
    return withSpan { span in
      Number(littleEndian: unsafe span.unsafeLoadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }

  /// The first bytes, `most` or as many as there are.
  package func start(_ most: Int) -> [UInt8] { array(0..<min(count, most)) }

  func array(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withSpan { span in
      unsafe span.withUnsafeBytes { memory in unsafe Array(memory[range]) }
    }
  }
}
