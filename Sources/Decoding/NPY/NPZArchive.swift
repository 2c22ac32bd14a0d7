import Core
import Raster

/// A ZIP file whose members are NPY files, as `np.savez` and `np.savez_compressed` write it.
///
/// The central directory is read and checked when the archive is opened, a member when its array
/// is asked for. Names are labels: no member ever becomes a file.
struct NPZArchive: Sendable {
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
    guard let member = arrays.first(where: { $0.name == name })?.member else { return nil }
    do throws(Problem) {
      return try array(member)
    } catch {
      var problem = error
      problem.what = "in member '\(printable(member.name))': \(problem.what)"
      throw problem
    }
  }

  private func array(_ member: ZIPMember) throws(Problem) -> NumberArray {
    switch member.method {
    case .stored:
      try check(member, bytes, member.content)
      return try NumberArray(readingNPY: bytes, in: member.content)
    case .deflated:
      let inflated = try inflated(member)
      let whole = 0..<inflated.count
      try check(member, inflated, whole)
      do throws(Problem) {
        return try NumberArray(readingNPY: inflated, in: whole)
      } catch {
        // A byte of the inflated member is nowhere in the file.
        throw Problem(error.what, remedy: error.remedy)
      }
    case .other(let method):
      throw .atByte(
        member.start, "is compressed by ZIP method \(method); read are 0 (stored) and 8 (deflate)",
        remedy: "write it with np.savez or np.savez_compressed")
    }
  }

  private func inflated(_ member: ZIPMember) throws(Problem) -> Bytes {
    guard member.size <= inflatedLimit else {
      throw .atByte(
        member.start, "would inflate to \(member.size) bytes; the limit is \(inflatedLimit)",
        remedy: "write it uncompressed with np.savez, which needs no memory here")
    }
    guard let inflated = inflate(bytes, member.content, to: member.size) else {
      throw .damagedArchive(
        member.start, "its data does not inflate to the \(member.size) bytes declared")
    }
    return inflated
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
  static func damagedArchive(_ byte: Int, _ how: String) -> Problem {
    .atByte(
      byte, "the archive is damaged: \(how)",
      remedy: "write it again (np.savez or np.savez_compressed)")
  }
}
