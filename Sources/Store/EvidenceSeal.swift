internal import CDeflate
package import Core
import Foundation

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
  static func state(of path: String, size: Int) throws(Problem) -> (state: State, content: Int) {
    try mapping(.reading, path) {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      let content = size - length
      guard content > 0 else { return (.missing, size) }
      try file.seek(toOffset: UInt64(content))
      let line = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
      guard line.hasPrefix(start), line.hasSuffix("\n") else { return (.missing, size) }
      return (line == self.line(try checksum(of: file, first: content)) ? .whole : .broken, content)
    }
  }

  /// Puts the line behind the last page; one that is there already is replaced.
  ///
  /// - Throws: Problem: the file cannot be read or written.
  package static func put(on path: String) throws(Problem) {
    try mapping(.writing, path) {
      let file = try FileHandle(forUpdating: URL(filePath: path))
      defer { try? file.close() }
      let content = try pages(of: file)
      let line = line(try checksum(of: file, first: content))
      try file.truncate(atOffset: UInt64(content))
      try file.seek(toOffset: UInt64(content))
      try file.write(contentsOf: Data(line.utf8))
    }
  }

  /// The size that the header states: page size at byte 16, number of pages at byte 28, big-endian
  /// (sqlite.org/fileformat2.html, 1.3).
  private static func pages(of file: FileHandle) throws -> Int {
    try file.seek(toOffset: 0)
    let header = [UInt8](try file.read(upToCount: 100) ?? Data())
    guard header.count == 100 else { throw Problem.damaged("it has no header") }
    let size = Int(header[16]) << 8 | Int(header[17])
    let count = header[28..<32].reduce(0) { $0 << 8 | Int($1) }
    return (size == 1 ? 65_536 : size) * count
  }

  private static func line(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return start + String(repeating: "0", count: 8 - digits.count) + digits + "\n"
  }

  private static func checksum(of file: FileHandle, first count: Int) throws -> UInt32 {
    try file.seek(toOffset: 0)
    var (left, checksum) = (count, UInt32(0))
    while left > 0, let part = try file.read(upToCount: min(left, 1 << 20)), !part.isEmpty {
      checksum = unsafe part.withUnsafeBytes {
        unsafe libdeflate_crc32(checksum, $0.baseAddress, $0.count)
      }
      left -= part.count
    }
    return checksum
  }
}
