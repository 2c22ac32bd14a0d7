import Core

/// The words of an NPY header, one after the other.
///
/// ASCII only, blanks skipped, nothing nested: the one tuple inside the dictionary is a flat list
/// of lengths.
struct HeaderTokens {
  private let text: [UInt8]
  private let start: Int
  private var next = 0

  /// `text` begins at byte `start` of the file.
  init(_ text: [UInt8], at start: Int) {
    self.text = text
    self.start = start
  }

  /// The byte of the file where the next token begins.
  var place: Int {
    mutating get {
      skipBlanks()
      return start + next
    }
  }

  /// Takes `mark` if it comes next.
  mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next < text.count, text[next] == UInt8(ascii: mark) else { return false }
    next += 1
    return true
  }

  mutating func take(_ mark: Unicode.Scalar) throws(Problem) {
    guard takes(mark) else { throw unexpected(insteadOf: "'\(mark)'") }
  }

  mutating func end() throws(Problem) {
    skipBlanks()
    guard next == text.count else { throw unexpected(insteadOf: "its end") }
  }

  /// A text in single or double quotes, without escapes: none occurs in what NumPy writes.
  mutating func string() throws(Problem) -> String {
    let quote: Unicode.Scalar = takes("\"") ? "\"" : "'"
    if quote == "'" { try take(quote) }
    let content = taking { byte in
      byte != UInt8(ascii: quote) && byte != UInt8(ascii: "\\") && (0x20..<0x7f).contains(byte)
    }
    guard next < text.count, text[next] == UInt8(ascii: quote) else {
      throw unexpected(insteadOf: "a closing quote")
    }
    next += 1
    return content
  }

  mutating func truth() throws(Problem) -> Bool {
    skipBlanks()
    let before = next
    switch taking(while: isLetter) {
    case "True": return true
    case "False": return false
    default:
      next = before
      throw unexpected(insteadOf: "True or False")
    }
  }

  /// A tuple of lengths: `()`, `(3,)`, `(3, 4)`. Python 2 wrote `(3L, 4L)` on some systems.
  mutating func shape() throws(Problem) -> [Int] {
    var shape: [Int] = []
    try take("(")
    while !takes(")") {
      guard shape.count < Limits.axes.most else {
        throw .header(place, "the array has more than \(Limits.axes.most) axes")
      }
      shape.append(try length())
      if takes(",") { continue }
      // In Python, (3) is a number and (3,) a tuple.
      if shape.count == 1 { throw unexpected(insteadOf: "','") }
      try take(")")
      break
    }
    return shape
  }

  mutating func numberType() throws(Problem) -> NumberType {
    let start = place
    // Records have a list of types here, arrays within arrays a tuple.
    if takes("[") || takes("(") { throw NumberType.structured(at: start) }
    return try NumberType(descr: string(), at: start)
  }

  private mutating func length() throws(Problem) -> Int {
    let start = place
    if takes("-") { throw .header(start, "the shape has a negative length") }
    let digits = taking { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if digits.isEmpty { throw unexpected(insteadOf: "a length") }
    guard let length = Int(digits) else {
      throw .header(
        start, "the length \(printable(digits, most: 30)) is more than any memory holds")
    }
    if next < text.count, text[next] == UInt8(ascii: "L") { next += 1 }
    return length
  }

  private mutating func taking(while belongs: (UInt8) -> Bool) -> String {
    let first = next
    while next < text.count, belongs(text[next]) { next += 1 }
    return String(decoding: text[first..<next], as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while next < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[next]) { next += 1 }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func unexpected(insteadOf expected: String) -> Problem {
    let found =
      switch next < text.count ? text[next] : nil {
      case nil: "its end"
      case let byte? where byte < 0x80:
        "'\(printable(String(Unicode.Scalar(byte))))'"
      case let byte?: "the byte \(byte), which is no ASCII"
      }
    return .header(start + next, "cannot read the header: expected \(expected), found \(found)")
  }
}
