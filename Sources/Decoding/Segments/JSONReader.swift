internal import Core

/// Reads a JSON text from front to back and keeps nothing of it: files of annotations are large, and
/// little of one is wanted.
///
/// RFC 8259. What is skipped is checked only as far as its end must be found.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private let file: String

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    // A byte order mark says nothing here.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Calls `body` at the value of each key; it must read or skip it.
  ///
  /// - Throws: Problem: this is no object, or ends too early; what `body` throws.
  mutating func object(
    _ body: (inout JSONReader, String) throws(Problem) -> Void
  ) throws(Problem) {
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try body(&self, key)
    } while take(",")
    try expect("}")
  }

  /// Calls `body` at each item; it must read or skip it.
  ///
  /// - Throws: Problem: this is no list, or ends too early; what `body` throws.
  mutating func list(_ body: (inout JSONReader) throws(Problem) -> Void) throws(Problem) {
    try expect("[")
    if take("]") { return }
    repeat { try body(&self) } while take(",")
    try expect("]")
  }

  /// - Throws: Problem: this is no text.
  mutating func string() throws(Problem) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: text, as: UTF8.self) else {
          throw problem("a text that is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try append(escapeTo: &text)
      default: text.append(byte)
      }
    }
    throw problem("the end within a text")
  }

  /// - Throws: Problem: this is no whole number of 64 bits.
  mutating func whole() throws(Problem) -> Int64 {
    skipSpace()
    let start = position
    while position < bytes.count, isOfNumber(bytes[position]) { position += 1 }
    guard let number = Int64(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      position = start
      throw problem("\(next), where a whole number is expected")
    }
    return number
  }

  /// Passes over one value, whatever it is.
  ///
  /// - Throws: Problem: the text ends within it.
  mutating func skip() throws(Problem) {
    // Brackets that are open, which need no other memory than their number.
    var depth = 0
    repeat {
      skipSpace()
      guard position < bytes.count else { throw problem("the end within a value") }
      switch bytes[position] {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw problem("\(next), where a value is expected") }
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw problem("\(next), where a value is expected") }
        position += 1
      default:
        let start = position
        while position < bytes.count, isOfNumber(bytes[position]) || isLetter(bytes[position]) {
          position += 1
        }
        guard position > start else { throw problem("\(next), where a value is expected") }
      }
    } while depth > 0
  }

  /// - Throws: Problem: something follows.
  mutating func expectEnd() throws(Problem) {
    skipSpace()
    guard position == bytes.count else { throw problem("\(next) behind the end") }
  }
}

extension JSONReader {
  private mutating func append(escapeTo text: inout [UInt8]) throws(Problem) {
    guard position < bytes.count else { throw problem("the end within a text") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "u"): text += Array(String(try escapedScalar()).utf8)
    default: text.append(byte)
    }
  }

  /// `\u00e9`, or two halves of one scalar: `\ud83d\ude00`.
  private mutating func escapedScalar() throws(Problem) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
    else { throw problem("half of a character") }
    position += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw problem("half of a character") }
    return scalar
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    guard position + 4 <= bytes.count,
      let number = UInt32(
        String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
    else { throw problem("an escape that is none") }
    position += 4
    return number
  }

  private mutating func skipSpace() {
    while position < bytes.count, [32, 9, 10, 13].contains(bytes[position]) { position += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, UInt32(bytes[position]) == mark.value else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(Problem) {
    guard take(mark) else { throw problem("\(next), where '\(mark)' is expected") }
  }

  private func isOfNumber(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private var next: String {
    position < bytes.count
      ? "'\(printable(String(decoding: [bytes[position]], as: UTF8.self)))'" : "the end"
  }

  func problem(_ what: String) -> Problem {
    Problem(
      "is no JSON that can be read: it has \(what)", at: .byte(position, file: file),
      remedy: "write it again; it must be complete")
  }
}
