import Core
import Raster

/// The lines at the start of a file, as far as they are text: each ends with LF, or CR and LF.
struct HeaderLines {
  private let bytes: Bytes
  /// The byte after the line that was read last.
  private(set) var place = 0
  /// The first byte of that line.
  private(set) var start = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  /// The next line without its end.
  ///
  /// - Throws: Problem: the file ends here or within the line, or the header is longer than any.
  mutating func next() throws(Problem) -> String {
    guard let line = try nextIfAny(needsEnd: true) else {
      throw .atByte(
        bytes.count, "the file is truncated or still being written: it ends within its header",
        remedy: "wait until it is written, or write it again")
    }
    return line
  }

  /// The same; `nil` at the end of the file. The last line of a file may lack its end.
  mutating func nextIfAny(needsEnd: Bool = false) throws(Problem) -> String? {
    guard !isAtEnd else { return nil }
    let most = min(bytes.count, Limits.volumeHeaderBytes.most)
    let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: place..<max(place, most))
    guard end != nil || most == bytes.count else {
      throw .atByte(
        place, "the header is longer than \(Limits.volumeHeaderBytes.most) bytes",
        remedy: "the file is damaged or no volume; write it again")
    }
    if end == nil, needsEnd { return nil }
    var text = bytes.array(place..<(end ?? bytes.count))
    start = place
    place = end.map { $0 + 1 } ?? bytes.count
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Bytes {
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    withSpan { span in
      unsafe span.withUnsafeBytes { memory in
        unsafe memory[range].firstIndex(of: byte)
      }
    }
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmingBlanks: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }

  /// Its words: what stands between blanks.
  var words: [String] {
    split(whereSeparator: { $0 == " " || $0 == "\t" }).map { String($0) }
  }
}
