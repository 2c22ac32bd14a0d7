/// One line of the table: what was measured, and what it must reach.
struct Row {
  enum Bound {
    case atLeast(Double)
    case atMost(Double)
    /// Nothing is asked of it: a floor, or a figure for comparison.
    case none
  }

  /// Such as `ratio W1/libpng cpu`.
  var name: String
  /// nil where it could not be measured.
  var value: Double?
  var unit = ""
  /// Where the answer is no number: what is printed in place of it.
  var word: String?
  var bound = Bound.none
  /// The figures behind the value.
  var detail = ""

  var isShort: Bool {
    guard let value else { return false }
    return switch bound {
    case .atLeast(let least): value < least
    case .atMost(let most): value > most
    case .none: false
    }
  }
}

extension Row: CustomStringConvertible {
  var description: String {
    var text = "\(name) \(word ?? value.map { $0.figures } ?? "–")\(unit.isEmpty ? "" : " \(unit)")"
    switch bound {
    case .atLeast(let least) where word == nil: text += " (at least \(least.short))"
    case .atMost(let most) where word == nil: text += " (at most \(most.short))"
    default: break
    }
    if !detail.isEmpty { text += ": \(detail)" }
    return isShort ? "\(text)  FALLS SHORT" : text
  }
}

/// The rows of a run, each printed as soon as it is known.
struct Table {
  private(set) var rows: [Row] = []

  mutating func add(_ row: Row) {
    rows.append(row)
    say("\(row)")
  }

  /// The last line.
  func close() {
    let missing = rows.count { $0.value == nil }
    if missing > 0 { say("rows not measured: \(missing)") }
    say("rows that fall short: \(rows.count(where: \.isShort))")
  }
}

extension Double {
  /// Three significant digits, never with an exponent.
  var figures: String {
    guard isFinite, self != 0 else { return "\(self)" }
    var digits = 2
    var size = magnitude
    while size >= 10 && digits > 0 {
      size /= 10
      digits -= 1
    }
    while size < 1 && digits < 9 {
      size *= 10
      digits += 1
    }
    return rounded(to: digits)
  }

  /// As a person writes a bound: 4 and 3.6.
  var short: String { self == rounded() ? "\(Int(self))" : "\(self)" }

  private func rounded(to digits: Int) -> String {
    var power = 1.0
    for _ in 0..<digits { power *= 10 }
    let whole = Int((magnitude * power).rounded())
    let text = "\(whole)"
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
    let point = digits == 0 ? "" : "." + padded.suffix(digits)
    return (self < 0 ? "-" : "") + padded.dropLast(digits) + point
  }
}
