internal import CZlib
internal import Core
internal import Raster

/// What a file inflates to, from front to back, in the memory of what is asked for.
///
/// RFC 1952: members follow one another, each with a checksum and its length; zlib checks both.
@safe
final class GzipStream {
  private let bytes: Bytes
  private let wrapping: Wrapping
  /// A part of the file in memory: what is mapped would be counted as memory in use, and a file that shrinks would
  /// end the process.
  private var chunk = Bytes([])
  /// The byte of the chunk that is inflated next, and the byte of the file after the chunk.
  private var place = 0
  private var chunkEnd: Int
  private var stream = unsafe z_stream()
  private var isOpen = false

  /// What is around the deflate stream.
  enum Wrapping {
    case gzip, zlib
    /// zlib's manual, inflateInit2: 16 for gzip.
    fileprivate var windowBits: CInt { self == .gzip ? 16 + MAX_WBITS : MAX_WBITS }
  }

  /// - Parameter start: the first byte of the stream.
  init(_ bytes: Bytes, from start: Int = 0, wrapping: Wrapping = .gzip) {
    self.bytes = bytes
    chunkEnd = start
    self.wrapping = wrapping
  }

  private static let chunkSize = 1 << 18

  deinit { if isOpen { unsafe inflateEnd(&stream) } }

  /// A match takes at least 2 bits and gives at most 258 bytes (RFC 1951, 3.2.5).
  static let mostGain = 1032

  static func isGzip(_ start: [UInt8]) -> Bool { start.starts(with: [0x1f, 0x8b]) }

  /// The next `count` bytes.
  ///
  /// - Throws: Problem: there are fewer, the stream is damaged, or there is no memory.
  func read(_ count: Int) throws(Problem) -> Bytes {
    let read = try unsafe Bytes(uncleared: count) { target throws(Problem) in
      try unsafe fill(target)
      return true
    }
    guard let read else {
      throw Problem(
        "does not fit in memory", remedy: "run on a machine with more memory, or fewer jobs")
    }
    return read
  }

  /// The first bytes, as many as there are of `most`.
  func start(_ most: Int) throws(Problem) -> Bytes {
    var start: [UInt8] = []
    while start.count < most {
      var given = 0
      let part = try unsafe Bytes(uncleared: most - start.count) { target throws(Problem) in
        given = try unsafe inflate(into: target)
        return true
      }
      guard let part, given > 0 else { break }
      start += part.array(0..<given)
    }
    return Bytes(start)
  }

  /// Goes on `count` bytes further.
  func skip(_ count: Int) throws(Problem) {
    var rest = count
    while rest > 0 {
      let part = min(rest, GzipStream.chunkSize)
      _ = try read(part)
      rest -= part
    }
  }

  /// That the volume ends where its header says, with the checksum that it should have.
  ///
  /// - Throws: Problem: more follows, or the checksum is wrong.
  func expectEnd() throws(Problem) {
    guard try start(1).count == 0 else {
      throw Problem("goes on after its last voxel", remedy: "write it again")
    }
  }

  private func fill(_ target: UnsafeMutableRawBufferPointer) throws(Problem) {
    var done = 0
    while done < target.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[done...])
      let some = try unsafe inflate(into: rest)
      guard some > 0 else {
        throw Problem(
          "ends before its last voxel", remedy: "wait until it is written, or write it again")
      }
      done += some
    }
  }

  /// As many bytes as come at once; 0 at the end.
  private func inflate(into target: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    while true {
      guard try openMember() else { return 0 }
      let (some, isEnd) = try unsafe inflateSome(into: target)
      if isEnd {
        unsafe inflateEnd(&stream)
        isOpen = false
      }
      if some > 0 { return some }
    }
  }

  /// Whether there is a member to read.
  private func openMember() throws(Problem) -> Bool {
    if isOpen { return true }
    guard try hasMore() else { return false }
    unsafe stream = z_stream()
    let result = unsafe inflateInit2_(
      &stream, wrapping.windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard result == Z_OK else {
      throw Problem(
        "does not fit in memory", remedy: "run on a machine with more memory, or fewer jobs")
    }
    isOpen = true
    return true
  }

  /// Whether the file goes on; where the chunk is used up the next one is read.
  private func hasMore() throws(Problem) -> Bool {
    guard place == chunk.count else { return true }
    guard chunkEnd < bytes.count else { return false }
    let range = chunkEnd..<min(chunkEnd + GzipStream.chunkSize, bytes.count)
    if let part = try bytes.read(range) {
      (chunk, place) = (part, 0)
    } else {
      (chunk, place) = (bytes, range.lowerBound)
    }
    chunkEnd = chunk === bytes ? bytes.count : range.upperBound
    return true
  }

  private func inflateSome(
    into target: UnsafeMutableRawBufferPointer
  ) throws(Problem) -> (count: Int, isEnd: Bool) {
    _ = try hasMore()
    let (result, taken, given) = chunk.withSpan { span in
      unsafe span.extracting(place..<chunk.count).withUnsafeBytes { source in
        // zlib counts in 32 bits.
        let available = uInt(clamping: source.count)
        let room = uInt(clamping: target.count)
        unsafe stream.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: Bytef.self))
        unsafe stream.avail_in = available
        unsafe stream.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
        unsafe stream.avail_out = room
        let result = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
        return unsafe (
          result, Int(available - stream.avail_in), Int(room - stream.avail_out)
        )
      }
    }
    place += taken
    switch result {
    case Z_OK where taken > 0 || given > 0, Z_BUF_ERROR where given > 0: return (given, false)
    case Z_STREAM_END: return (given, true)
    case Z_OK, Z_BUF_ERROR:
      throw Problem(
        "ends in the middle of its compressed data",
        remedy: "wait until it is written, or write it again")
    default:
      throw Problem("its compressed data is damaged", remedy: "write it again")
    }
  }
}
