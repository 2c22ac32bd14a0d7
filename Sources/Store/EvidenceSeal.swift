internal import CDeflate
package import Core

/// The last line of an evidence file: a checksum of every byte before it.
///
/// SQLite keeps to the pages that its header counts and does not see it. Without it a single flipped bit
/// would be another count, and nobody could tell.
package enum EvidenceSeal {
  private static let start = "unmask evidence crc32 "
  private static let length = start.utf8.count + 8 + 1

  /// Whether the file ends with its own checksum.
  enum State {
    case whole
    /// There is a checksum, and it is not that of what stands before it.
    case broken
    case missing
  }

  /// - Returns: what the last line says, and how many bytes stand before it.
  static func state(of path: String) throws(Problem) -> (state: State, content: Int) {
    let file = try RawFile(path, for: .reading)
    let content = file.size - length
    guard content > 0 else { return (.missing, file.size) }
    let line = String(decoding: try file.read(length, at: content), as: UTF8.self)
    guard line.hasPrefix(start), line.hasSuffix("\n") else { return (.missing, file.size) }
    return (line == self.line(try checksum(of: file, first: content)) ? .whole : .broken, content)
  }

  /// Puts the line behind the last page; one that is there already is replaced.
  ///
  /// - Throws: Problem: the file cannot be read or written.
  package static func put(on path: String) throws(Problem) {
    let file = try RawFile(path, for: .writing)
    let content = try pages(of: file, path)
    let line = line(try checksum(of: file, first: content))
    try file.truncate(to: content)
    try file.write(Array(line.utf8), at: content)
  }

  /// The size that the header states: page size at byte 16, number of pages at byte 28, big-endian
  /// (sqlite.org/fileformat2.html, 1.3).
  private static func pages(of file: RawFile, _ path: String) throws(Problem) -> Int {
    let header = try file.read(100, at: 0)
    guard header.count == 100 else { throw Problem.damaged("it has no header").inFile(path) }
    let size = Int(header[16]) << 8 | Int(header[17])
    let count = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
    return (size == 1 ? 65_536 : size) * count
  }

  private static func line(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return start + String(repeating: "0", count: 8 - digits.count) + digits + "\n"
  }

  private static func checksum(of file: RawFile, first count: Int) throws(Problem) -> UInt32 {
    var (place, checksum) = (0, UInt32(0))
    while place < count {
      let part = try file.read(min(count - place, 1 << 20), at: place)
      if part.isEmpty { break }
      checksum = unsafe part.withUnsafeBytes {
        unsafe libdeflate_crc32(checksum, $0.baseAddress, $0.count)
      }
      place += part.count
    }
    return checksum
  }
}
