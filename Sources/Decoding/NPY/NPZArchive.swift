import Core
import Raster

/// A ZIP file whose members are NPY files, as `np.savez` and `np.savez_compressed` write it.
///
/// The central directory is read and checked when the archive is opened, a member when its array
/// is asked for. Names are labels: no member ever becomes a file.
struct NPZArchive: ArrayArchive {
  /// The most bytes that one deflated member may grow to.
  private let inflatedLimit: Int
  private let bytes: Bytes
  private let arrays: [(name: String, member: ZIPMember)]

  init(reading bytes: Bytes, inflatedLimit: Int) throws(Problem) {
    self.inflatedLimit = inflatedLimit
    self.bytes = bytes
    arrays = try ZIPMember.all(in: bytes)
      .filter { $0.name.hasSuffix(".npy") }
      .map { (String($0.name.dropLast(4)), $0) }
  }

  /// The names of the arrays, in the order of the archive.
  var names: [String] { arrays.map(\.name) }

  /// The array called `name`; nil if there is none.
  ///
  /// Deflated arrays are inflated at each call; stored ones stay where they lie in the file.
  func array(named name: String) throws(Problem) -> NumberArray? {
    try find(name, array)
  }

  /// The same without its numbers: of a deflated array only the start is inflated.
  func outline(named name: String) throws(Problem) -> NumberArray? { try find(name, outline) }

  private func find(
    _ name: String, _ read: (ZIPMember) throws(Problem) -> NumberArray
  ) throws(Problem) -> NumberArray? {
    guard let member = arrays.first(where: { $0.name == name })?.member else { return nil }
    do throws(Problem) {
      return try read(member)
    } catch {
      var problem = error
      problem.what = "in member '\(printable(member.name, most: 100))': \(problem.what)"
      throw problem
    }
  }

  private func array(_ member: ZIPMember) throws(Problem) -> NumberArray {
    switch member.method {
    case .stored:
      try check(member, bytes, member.content)
      return try NumberArray(readingNPY: bytes, in: member.content)
    case .deflated:
      // What its header cannot mean gets no memory.
      _ = try outline(member)
      let inflated = try inflated(member)
      let whole = 0..<inflated.count
      try check(member, inflated, whole)
      return try unplaced { () throws(Problem) in
        try NumberArray(readingNPY: inflated, in: whole)
      }
    case .other(let method): throw .unknownMethod(method, of: member)
    }
  }

  private func outline(_ member: ZIPMember) throws(Problem) -> NumberArray {
    switch member.method {
    case .stored: return try NumberArray(readingNPY: bytes, in: member.content)
    case .deflated:
      try expectRoom(for: member)
      let start = min(member.size, NPYHeader.mostBytes)
      guard let bytes = inflateStart(bytes, member.content, to: start) else {
        throw notInflating(member)
      }
      return try unplaced { () throws(Problem) in
        let header = try NPYHeader(parsing: bytes, in: 0..<bytes.count)
        return try NumberArray(header, of: bytes, in: 0..<member.size)
      }
    case .other(let method): throw .unknownMethod(method, of: member)
    }
  }

  /// A byte of an inflated member is nowhere in the file.
  private func unplaced<Result>(_ body: () throws(Problem) -> Result) throws(Problem) -> Result {
    do throws(Problem) {
      return try body()
    } catch {
      throw Problem(error.what, remedy: error.remedy)
    }
  }

  private func inflated(_ member: ZIPMember) throws(Problem) -> Bytes {
    try expectRoom(for: member)
    guard let inflated = inflate(bytes, member.content, to: member.size) else {
      throw notInflating(member)
    }
    return inflated
  }

  private func notInflating(_ member: ZIPMember) -> Problem {
    .damagedArchive(
      member.start, "its data does not inflate to the \(member.size) bytes declared")
  }

  private func expectRoom(for member: ZIPMember) throws(Problem) {
    guard member.size <= inflatedLimit else {
      throw .atByte(
        member.start, "would inflate to \(member.size) bytes; the limit is \(inflatedLimit)",
        remedy: "write it uncompressed with np.savez, which needs no memory here")
    }
  }

  private func check(
    _ member: ZIPMember, _ bytes: Bytes, _ content: Range<Int>
  ) throws(Problem) {
    guard crc32(bytes, content) == member.crc else {
      throw .damagedArchive(member.start, "its checksum (CRC-32) is wrong")
    }
  }
}

extension Problem {
  fileprivate static func unknownMethod(_ method: Int, of member: ZIPMember) -> Problem {
    .atByte(
      member.start, "is compressed by ZIP method \(method); read are 0 (stored) and 8 (deflate)",
      remedy: "write it with np.savez or np.savez_compressed")
  }

  static func damagedArchive(_ byte: Int, _ how: String) -> Problem {
    .atByte(
      byte, "the archive is damaged: \(how)",
      remedy: "write it again (np.savez or np.savez_compressed)")
  }
}
