package import Core
internal import Synchronization

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

  /// As `match`, but throws for a path with too many ways to be split, which only names that stand
  /// twice can cause.
  ///
  /// - Throws: Problem: `path` fits the template in more ways than are tried.
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
        "'\(printable(text, most: 200))' fits '\(printable(String(decoding: path, as: UTF8.self), most: 200))' in too many ways",
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
    steps += parts.count
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
