/// What a terminal can show.
package struct TerminalStyle: Hashable, Sendable {
  /// In characters.
  package var width: Int
  package var hasColor: Bool
  /// Whether it shows more than ASCII.
  package var hasUnicode: Bool

  package init(width: Int, hasColor: Bool, hasUnicode: Bool) {
    self.width = width
    self.hasColor = hasColor
    self.hasUnicode = hasUnicode
  }

  package enum Color: Int, Sendable {
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 34
  }

  package func colored(_ text: String, _ color: Color?) -> String {
    guard hasColor, let color else { return text }
    return "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m"
  }

  /// A part of `length` characters, in eighths where there are such; what is empty is a dot.
  package func bar(_ share: Double, length: Int) -> String {
    let share = share.isFinite ? min(1, max(0, share)) : 0
    guard hasUnicode else {
      let full = Int((share * Double(length)).rounded())
      return String(repeating: "#", count: full) + String(repeating: ".", count: length - full)
    }
    let eighths = Int((share * Double(length * 8)).rounded())
    let part = eighths % 8 == 0 ? "" : String(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1])
    let drawn = String(repeating: "█", count: eighths / 8) + part
    return drawn + String(repeating: "·", count: length - drawn.count)
  }
}
