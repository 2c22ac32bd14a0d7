internal import Core
internal import Raster

/// Reads a JSON text from front to back and keeps nothing of it: files of annotations are large, and
/// little of one is wanted.
///
/// RFC 8259. What is skipped is checked only as far as its end must be found.
struct JSONReader {
  private let bytes: ByteView
  /// The byte that comes next.
  private(set) var position = 0
  private let file: String

  /// Reads `bytes` where they lie: `body` gets the reader, which may not leave it.
  ///
  /// - Throws: Problem: what `body` throws.
  static func read<Result>(
    _ bytes: Bytes, file: String, _ body: (inout JSONReader) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    try bytes.withView { view throws(Problem) in
      var reader = JSONReader(view, file: file)
      return try body(&reader)
    }
  }

  init(_ bytes: ByteView, file: String) {
    self.bytes = bytes
    self.file = file
    // A byte order mark says nothing here.
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
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
    // Mostly it stands there as it is.
    if let end = bytes.first(quote, in: position..<bytes.count),
      bytes.first(backslash, in: position..<end) == nil
    {
      guard let text = bytes.text(position..<end) else { throw problem("a text that is not UTF-8") }
      position = end + 1
      return text
    }
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

  /// Passes over a text that is wanted later, if at all: where it lies between its quotation marks, with its escapes.
  ///
  /// - Throws: Problem: this is no text.
  mutating func placeOfString() throws(Problem) -> Range<Int> {
    try expect("\"")
    let start = position
    while let end = bytes.first(quote, in: position..<bytes.count) {
      position = end + 1
      // Behind an odd number of backslashes it is part of the text.
      var before = end
      while before > start, bytes[before - 1] == backslash { before -= 1 }
      if (end - before) % 2 == 0 { return start..<end }
    }
    throw problem("the end within a text")
  }

  /// The same of a list of numbers: where it lies between its brackets.
  ///
  /// - Throws: Problem: this is no list, or does not end.
  mutating func placeOfNumbers() throws(Problem) -> Range<Int> {
    try expect("[")
    let start = position
    guard let end = bytes.first(UInt8(ascii: "]"), in: start..<bytes.count) else {
      position = bytes.count
      throw problem("the end within a list")
    }
    position = end + 1
    return start..<end
  }

  /// What comes next, behind blanks.
  mutating func peek() -> Unicode.Scalar? {
    skipSpace()
    return position < bytes.count ? Unicode.Scalar(bytes[position]) : nil
  }

  /// - Throws: Problem: this is no whole number of 64 bits.
  mutating func whole() throws(Problem) -> Int64 {
    skipSpace()
    let start = position
    while position < bytes.count, isOfNumber(bytes[position]) { position += 1 }
    guard let number = bytes.text(start..<position).flatMap({ Int64($0) }) else {
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
    guard first < 0xDC00, position + 2 <= bytes.count, bytes[position] == backslash,
      bytes[position + 1] == UInt8(ascii: "u")
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
      let number = bytes.text(position..<(position + 4)).flatMap({ UInt32($0, radix: 16) })
    else { throw problem("an escape that is none") }
    position += 4
    return number
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 32, 9, 10, 13: position += 1
      default: return
      }
    }
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
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
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

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
