internal import Core

/// A run of text without a break: a sentence, a heading, a cell of a table.
///
/// Written as a literal; text between backticks is code, and interpolations say what they are:
///
///     "\(name: class) is \(iou), \(percent: share) of `\(headline)`'s loss"
package struct Line: Hashable, Sendable {
  package var spans: [Span]

  package init(_ spans: [Span] = []) { self.spans = spans }

  package var isEmpty: Bool { spans.isEmpty }

  package static func + (left: Line, right: Line) -> Line { Line(left.spans + right.spans) }
  package static func += (left: inout Line, right: Line) { left.spans += right.spans }
}

/// What a piece of text is; how it looks is the renderer's choice.
package enum Span: Hashable, Sendable {
  /// Our own words, in which nothing is markup.
  case text(String)
  /// Someone else's words, as a class's name or a message; renderers escape what they would take for
  /// markup.
  case name(String)
  /// What can be typed or pasted.
  case code(String)
  case number(Double?, Number)
  case count(Int)
  case strong([Span])
  case emphasis([Span])
}

/// How a number is shown.
package enum Number: Hashable, Sendable {
  /// With the digits that people read; see `Figure.text`.
  case figure
  /// 1 is 100 %.
  case percent
  /// A difference, with its sign.
  case signed
  /// With all the digits needed to read the same number again.
  case exact
  /// A log's decimals, written already.
  case written(String)

  package func text(_ x: Double?) -> String {
    switch self {
    case .figure: Figure.text(x)
    case .percent: Figure.percent(x)
    case .signed: Figure.signed(x)
    case .exact: x.map(shortest) ?? "–"
    case .written(let text): text
    }
  }
}

// MARK: - Writing

extension Line: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(Line.spans(of: value)) }

  package init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.spans) }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var spans: [Span] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { spans += Line.spans(of: literal) }

    package mutating func appendInterpolation(_ line: Line) { spans += line.spans }
    package mutating func appendInterpolation(_ line: Line?) { spans += line?.spans ?? [] }
    /// Our own words.
    package mutating func appendInterpolation(text: String) {
      if !text.isEmpty { spans.append(.text(text)) }
    }
    package mutating func appendInterpolation(name: String) { spans.append(.name(printable(name))) }
    package mutating func appendInterpolation(code: String) { spans.append(.code(printable(code))) }
    package mutating func appendInterpolation(_ number: Double?) {
      spans.append(.number(number, .figure))
    }
    package mutating func appendInterpolation(percent: Double?) {
      spans.append(.number(percent, .percent))
    }
    package mutating func appendInterpolation(signed: Double?) {
      spans.append(.number(signed, .signed))
    }
    package mutating func appendInterpolation(exact: Double?) {
      spans.append(.number(exact, .exact))
    }
    /// Without commas.
    package mutating func appendInterpolation(_ number: Int) { spans.append(.text("\(number)")) }
    /// `1,234`
    package mutating func appendInterpolation(count: Int) { spans.append(.count(count)) }
    /// `1 image`, `1,234 images`
    package mutating func appendInterpolation(
      count: Int, _ singular: String, _ plural: String? = nil
    ) {
      spans += [.count(count), .text(" " + (count == 1 ? singular : plural ?? singular + "s"))]
    }
    package mutating func appendInterpolation(strong line: Line) {
      spans.append(.strong(line.spans))
    }
    package mutating func appendInterpolation(emphasis line: Line) {
      spans.append(.emphasis(line.spans))
    }
  }

  /// Text in which every second part, between backticks, is code.
  private static func spans(of literal: String) -> [Span] {
    let parts = literal.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().compactMap { index, part in
      part.isEmpty ? nil : index.isMultiple(of: 2) ? .text(String(part)) : .code(String(part))
    }
  }
}

extension Line {
  package static func text(_ text: String) -> Line { "\(text: text)" }
  package static func name(_ name: String) -> Line { "\(name: name)" }
  package static func code(_ code: String) -> Line { "\(code: code)" }

  /// `a, b and c`; of many, the first few and how many more, but never "and 1 more", which is
  /// hardly shorter than the name.
  package init(listing lines: [Line], most: Int = .max) {
    guard let last = lines.last, lines.count > 1 else {
      self = lines.first ?? Line()
      return
    }
    self =
      lines.count - 1 > most
      ? "\(lines.prefix(most).joined(separator: ", ")) and \(count: lines.count - most) more"
      : "\(lines.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// The same with a capital at its beginning.
  package var capitalised: Line {
    var capitalised = self
    if case .text(let first)? = spans.first {
      capitalised.spans[0] = .text(first.prefix(1).uppercased() + first.dropFirst())
    }
    return capitalised
  }
}

extension Sequence<Line> {
  package func joined(separator: Line = "") -> Line {
    var joined = Line()
    for (index, line) in enumerated() {
      if index > 0 { joined += separator }
      joined += line
    }
    return joined
  }
}

extension Line {
  /// As a log or a cell of a CSV has it: code stands between backticks, and nothing is escaped.
  package var plain: String { spans.map(\.plain).joined() }
}

extension Span {
  fileprivate var plain: String {
    switch self {
    case .text(let text), .name(let text): text
    case .code(let code): "`\(code)`"
    case .number(let number, let form): form.text(number)
    case .count(let count): Figure.count(count)
    case .strong(let spans), .emphasis(let spans): spans.map(\.plain).joined()
    }
  }
}
