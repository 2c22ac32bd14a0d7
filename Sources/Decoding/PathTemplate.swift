package import Core
import Synchronization

/// Where files lie, and what their paths say about them.
///
///     gtFine/{split}/{city}/{image:[a-z]+_\d{6}_\d{6}}_gtFine_labelIds.png
///
/// `{name}` captures a part of one segment, `{name:path}` may reach over `/`, and `{name:regex}`
/// captures, within a segment, what the whole of a Swift regular expression matches. A capture is
/// never empty, and a name that stands twice captures the same text. `*` is any text within a
/// segment, `**` any number of whole segments, `[0-9]` or `[!_]` one character; `{{` and `}}` are
/// braces.
package struct PathTemplate: Sendable {
  /// The template as it was written.
  package let text: String
  /// The captured names in order, each once.
  package let names: [String]

  let parts: [Part]

  enum Part: Sendable {
    case literal([UInt8])
    case capture(Capture)
    case anyText
    /// Whole segments, each with the slash behind it.
    case anySegments
    case character(CharacterSet)
  }

  struct Capture: Sendable {
    var slot: Int
    var crossesSegments = false
    var pattern: CapturePattern?
    /// Whether the name stood before: then the text is known.
    var isRepeat = false
    /// The last part that needs the text again.
    var awaitedUntil: Int?
  }

  struct CharacterSet: Sendable {
    var isNegated = false
    var ranges: [ClosedRange<Unicode.Scalar>] = []

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      scalar != "/" && ranges.contains { $0.contains(scalar) } != isNegated
    }
  }

  package init(parsing text: String) throws(Problem) {
    var parser = TemplateParser(text)
    try parser.parse()
    self.text = text
    names = parser.names
    parts = parser.parts
  }
}

extension PathTemplate: Hashable {
  package static func == (a: PathTemplate, b: PathTemplate) -> Bool { a.text == b.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

// MARK: - What a walk needs to know

extension PathTemplate {
  /// False for a plain path, which stands for one file.
  package var isPattern: Bool {
    parts.contains { if case .literal = $0 { false } else { true } }
  }

  /// The longest directory that every match lies in; empty for the directory the walk is given.
  package var fixedDirectory: String {
    fixedPrefix == "/" ? "/" : String(fixedPrefix.dropLast())
  }

  /// `fixedDirectory` with the slash behind it: what every match begins with.
  var fixedPrefix: String {
    guard case .literal(let bytes)? = parts.first else { return "" }
    return String(decoding: bytes[..<((bytes.lastIndex(of: .slash) ?? -1) + 1)], as: UTF8.self)
  }

  /// How many directories below the fixed one a match can lie; nil if there is no limit.
  package var depth: Int? {
    var slashes = 0
    for part in parts {
      switch part {
      case .literal(let bytes): slashes += bytes.count { $0 == .slash }
      case .capture(let capture) where capture.crossesSegments: return nil
      case .anySegments: return nil
      case .capture, .anyText, .character: break
      }
    }
    return slashes - fixedPrefix.utf8.count { $0 == .slash }
  }

  /// The path that has these captures; nil if a wildcard leaves it open, or a value is missing or
  /// is nothing its capture would match.
  package func filling(_ values: [String: String]) -> String? {
    var path = ""
    for part in parts {
      switch part {
      case .literal(let bytes):
        path += String(decoding: bytes, as: UTF8.self)
      case .capture(let capture):
        guard let value = values[names[capture.slot]], !value.isEmpty,
          capture.isRepeat || capture.crossesSegments || !value.utf8.contains(.slash),
          capture.pattern?.matches(value) ?? true
        else { return nil }
        path += value
      case .anyText, .anySegments, .character:
        return nil
      }
    }
    return path
  }
}

// MARK: - Matching

extension PathTemplate {
  /// What `path` has in the place of each name, or nil if it does not match.
  ///
  /// Where a path can be split in several ways, the first capture is as short as it can be, then
  /// the second, and so on; `allowed` restricts a name to some texts, and every split is tried
  /// until one fits. Also nil for a path that `captures(of:where:)` gives up on.
  package func match(
    _ path: String, where allowed: [String: Set<String>] = [:]
  ) -> [String: String]? {
    (try? captures(of: Array(path.utf8), where: allowed)) ?? nil
  }

  /// As `match`, but with a problem for a path that has too many ways to be split, as only names
  /// that stand twice can cause.
  package func captures(
    of path: [UInt8], where allowed: [String: Set<String>]
  ) throws(Problem) -> [String: String]? {
    var matcher = Matcher(
      parts: parts, path: path, allowed: names.map { allowed[$0] },
      found: Array(repeating: 0..<0, count: names.count),
      failed: Array(repeating: false, count: parts.count * (path.count + 1)))
    guard matcher.reachesEnd(from: 0, 0) else {
      if matcher.steps < Matcher.limit { return nil }
      throw Problem(
        "'\(text)' fits '\(printable(String(decoding: path, as: UTF8.self)))' in too many ways",
        remedy: "put a fixed text or a '/' between the names, or use fewer names twice")
    }
    var captures: [String: String] = [:]
    for (name, range) in zip(names, matcher.found) {
      captures[name] = String(decoding: path[range], as: UTF8.self)
    }
    return captures
  }
}

/// A template laid over a path, part by part, with a way back.
private struct Matcher {
  static let limit = 1_000_000

  let parts: [PathTemplate.Part]
  let path: [UInt8]
  let allowed: [Set<String>?]
  var found: [Range<Int>]
  /// The places (part, position) from which no way leads to the end. None is tried twice, so a
  /// path takes at most parts × length² steps, however many wildcards there are.
  var failed: [Bool]
  var steps = 0

  mutating func reachesEnd(from part: Int, _ position: Int) -> Bool {
    guard part < parts.count else { return position == path.count }
    let place = part * (path.count + 1) + position
    guard !failed[place], steps < Self.limit else { return false }
    steps += 1
    if fits(part, position) { return true }
    failed[place] = true
    return false
  }

  private mutating func fits(_ part: Int, _ position: Int) -> Bool {
    switch parts[part] {
    case .literal(let bytes):
      return starts(with: bytes[...], at: position)
        && reachesEnd(from: part + 1, position + bytes.count)
    case .character(let set):
      guard let (scalar, end) = scalar(at: position), set.contains(scalar) else { return false }
      return reachesEnd(from: part + 1, end)
    case .anyText:
      return anyText(part, position)
    case .anySegments:
      return anySegments(part, position)
    case .capture(let capture):
      return capture.isRepeat
        ? again(capture, part, position) : first(capture, part, position)
    }
  }

  private mutating func anyText(_ part: Int, _ position: Int) -> Bool {
    var end = position
    while !reachesEnd(from: part + 1, end) {
      guard end < path.count, path[end] != .slash else { return false }
      end += 1
    }
    return true
  }

  private mutating func anySegments(_ part: Int, _ position: Int) -> Bool {
    var start = position
    while !reachesEnd(from: part + 1, start) {
      guard let slash = path[start...].firstIndex(of: .slash) else { return false }
      start = slash + 1
    }
    return true
  }

  private mutating func first(
    _ capture: PathTemplate.Capture, _ part: Int, _ position: Int
  ) -> Bool {
    var end = position
    while end < path.count, capture.crossesSegments || path[end] != .slash {
      repeat { end += 1 } while end < path.count && path[end] & 0xc0 == 0x80
      found[capture.slot] = position..<end
      if let last = capture.awaitedUntil { forget(part + 1...last) }
      // The rest first: it rules out most ends for the price of a byte.
      if reachesEnd(from: part + 1, end), accepts(position..<end, for: capture) { return true }
    }
    return false
  }

  private mutating func again(
    _ capture: PathTemplate.Capture, _ part: Int, _ position: Int
  ) -> Bool {
    let text = found[capture.slot]
    return starts(with: path[text], at: position)
      && accepts(text, for: capture)
      && reachesEnd(from: part + 1, position + text.count)
  }

  /// What failed in these parts may have failed because of a name's former text.
  private mutating func forget(_ parts: ClosedRange<Int>) {
    let width = path.count + 1
    for place in parts.lowerBound * width..<(parts.upperBound + 1) * width { failed[place] = false }
  }

  private func accepts(_ range: Range<Int>, for capture: PathTemplate.Capture) -> Bool {
    let allowed = allowed[capture.slot]
    if allowed == nil, capture.pattern == nil { return true }
    let text = String(decoding: path[range], as: UTF8.self)
    return allowed?.contains(text) ?? true && capture.pattern?.matches(text) ?? true
  }

  private func starts(with text: ArraySlice<UInt8>, at position: Int) -> Bool {
    guard text.count <= path.count - position else { return false }
    var place = position
    for byte in text {
      if path[place] != byte { return false }
      place += 1
    }
    return true
  }

  private func scalar(at position: Int) -> (Unicode.Scalar, end: Int)? {
    guard position < path.count else { return nil }
    if path[position] < 0x80 { return (Unicode.Scalar(path[position]), position + 1) }
    var end = position + 1
    while end < path.count, path[end] & 0xc0 == 0x80 { end += 1 }
    return String(decoding: path[position..<end], as: UTF8.self).unicodeScalars.first
      .map { ($0, end) }
  }
}

/// The regular expression of a capture.
///
/// `Regex` is not `Sendable`, hence the lock; it is free as long as one thread matches.
final class CapturePattern: Sendable {
  private let regex: Mutex<Regex<AnyRegexOutput>>

  init(_ source: String) throws {
    regex = Mutex(try Regex(source))
  }

  func matches(_ text: String) -> Bool {
    regex.withLock { regex in ((try? regex.wholeMatch(in: text)) ?? nil) != nil }
  }
}

extension UInt8 {
  static let slash = UInt8(ascii: "/")
}

// MARK: - Parsing

/// Reads a template from left to right.
private struct TemplateParser {
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
    guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_-]*/) != nil else {
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
    Problem("'\(printable(text))' \(what)", remedy: remedy)
  }
}
