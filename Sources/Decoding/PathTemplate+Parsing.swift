internal import Core

/// Reads a template from left to right.
struct TemplateParser {
  private let text: String
  private var rest: Substring.UnicodeScalarView
  var names: [String] = []
  var parts: [PathTemplate.Part] = []

  init(_ text: String) {
    self.text = text
    rest = text[...].unicodeScalars
  }

  mutating func parse() throws(Problem) {
    try refuseOddSegments()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{": if take("{") { append("{") } else { try capture() }
      case "}": try closingBrace()
      case "*": if take("*") { try segments() } else { parts.append(.anyText) }
      case "[": try characterSet()
      default: append(scalar)
      }
    }
    guard parts.count <= 64 else {
      throw problem("has \(parts.count) parts, and 64 is the most", "use fewer names and wildcards")
    }
    noteRepeats()
  }

  /// Refuses what no found path can have, and what would make a walk leave its directory.
  private func refuseOddSegments() throws(Problem) {
    let segments = text.split(separator: "/", omittingEmptySubsequences: false)
    if segments.last == "" {
      throw problem("names a directory, not files", "add the file name, such as {image}.png")
    }
    if text.unicodeScalars.contains("\0") {
      throw problem("has a zero byte", "take it out")
    }
    let isOpen = { (segment: Substring) in segment.contains { "{*[".contains($0) } }
    for segment in segments.drop(while: { !isOpen($0) }) where ["", ".", ".."].contains(segment) {
      throw problem(
        "has a segment '\(segment)' behind a name or wildcard", "write the path without it")
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    if case .literal(let start)? = parts.last {
      parts[parts.count - 1] = .literal(start + bytes)
    } else {
      parts.append(.literal(bytes))
    }
  }

  private mutating func closingBrace() throws(Problem) {
    guard take("}") else {
      throw problem("has a '}' without its '{'", "write '}}' for a brace")
    }
    append("}")
  }

  private mutating func segments() throws(Problem) {
    let startsSegment =
      switch parts.last {
      case nil, .anySegments: true
      case .literal(let bytes): bytes.last == .slash
      default: false
      }
    let endsPath = rest.isEmpty
    guard startsSegment, endsPath || take("/") else {
      throw problem("has '**' beside other text", "'**' stands alone between slashes, as in a/**/b")
    }
    if case .anySegments? = parts.last {} else { parts.append(.anySegments) }
    if endsPath { parts.append(.anyText) }
  }

  private mutating func capture() throws(Problem) {
    let inside = try braced()
    let colon = inside.firstIndex(of: ":")
    let name = String(inside[..<(colon ?? inside.endIndex)])
    guard isName(name) else {
      throw problem(
        "has '{\(printable(inside))}', which is no name",
        "a name has letters, digits, '_' and '-'; write '{{' for a brace")
    }
    var capture = PathTemplate.Capture(slot: names.firstIndex(of: name) ?? names.count)
    capture.isRepeat = capture.slot < names.count
    if !capture.isRepeat { names.append(name) }
    if let colon {
      let source = String(inside[inside.index(after: colon)...])
      if source == "path" {
        capture.crossesSegments = true
      } else {
        capture.pattern = try pattern(source, of: name)
      }
    }
    parts.append(.capture(capture))
  }

  /// The text up to the brace that closes the one just read; a quantifier such as `{6}` is inside.
  private mutating func braced() throws(Problem) -> String {
    var inside = String.UnicodeScalarView()
    var open = 1
    while let scalar = rest.popFirst() {
      switch scalar {
      case "{": open += 1
      case "}": open -= 1
      default: break
      }
      if open == 0 { return String(inside) }
      inside.append(scalar)
      if scalar == "\\", let escaped = rest.popFirst() { inside.append(escaped) }
    }
    throw problem(
      "has a '{' without its '}'",
      "close the name, or write '{{' for a brace; in a regular expression a brace is '\\{'")
  }

  private func pattern(_ source: String, of name: String) throws(Problem) -> CapturePattern {
    do {
      guard !source.isEmpty else { throw EmptyPattern() }
      return try CapturePattern(source)
    } catch {
      throw problem(
        "has '\(printable(source))' for {\(name)}, which is no regular expression",
        "correct it, or write {\(name)} alone, or {\(name):path} for text with slashes")
    }
  }

  private struct EmptyPattern: Error {}

  private mutating func characterSet() throws(Problem) {
    var set = PathTemplate.CharacterSet(isNegated: take("!"))
    while let low = rest.popFirst() {
      // A ']' that comes first stands for itself, as in a shell.
      if low == "]", !set.ranges.isEmpty { return parts.append(.character(set)) }
      var high = low
      if rest.first == "-", let end = rest.dropFirst().first, end != "]" {
        rest.removeFirst(2)
        high = end
      }
      guard low <= high, low != "/", high != "/", low != "^" || !set.ranges.isEmpty else { break }
      set.ranges.append(low...high)
    }
    throw problem(
      "has a '[' that begins no set of characters",
      "write [0-9] for one of them, [!0-9] for any other, [[] for the bracket itself")
  }

  private mutating func noteRepeats() {
    var last: [Int: Int] = [:]
    for index in parts.indices.reversed() {
      guard case .capture(var capture) = parts[index] else { continue }
      capture.awaitedUntil = last[capture.slot]
      parts[index] = .capture(capture)
      if capture.isRepeat, last[capture.slot] == nil { last[capture.slot] = index }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private func problem(_ what: String, _ remedy: String) -> Problem {
    Problem("'\(printable(text, most: 200))' \(what)", remedy: remedy)
  }
}

/// A letter or `_`, then letters, digits, `_` and `-`, all of ASCII. Compiling an expression for it
/// would take half a millisecond of every start.
private func isName(_ name: String) -> Bool {
  func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
  func isLater(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == UInt8(ascii: "-")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
  return name.utf8.first.map(isLetter) == true && name.utf8.allSatisfy(isLater)
}
