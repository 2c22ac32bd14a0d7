internal import Core
internal import Diagnosis
internal import Resampling
internal import Tables

/// Rows for a spreadsheet, by RFC 4180: commas, points, LF, UTF-8 without a mark.
///
/// A number is written with the digits that give it back, and with at least six decimals: three
/// would be read as thousands where the comma is the decimal sign. An undefined number is an empty
/// cell, and `state` says why.
struct CSV {
  private(set) var text: String

  init(_ columns: [String]) { text = columns.joined(separator: ",") + "\n" }

  mutating func add(_ cells: [Cell]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += "," }
      text += cell.text
    }
    text += "\n"
  }

  /// The rows so far, which are then no longer here.
  mutating func takeText() -> String {
    defer { text = "" }
    return text
  }

  enum Cell {
    case word(String)
    case number(Double?)
    case count(Int?)
    /// A path or an image's name.
    case path(String)

    var text: String {
      switch self {
      case .word(let word): quoted(word)
      case .number(let number): number.map(padded) ?? ""
      case .count(let count): count.map(String.init) ?? ""
      // What a spreadsheet would take for a formula is still the same path with ./ before it.
      case .path(let path):
        quoted(path.utf8.first.map("=+-@\t\r\n".utf8.contains) == true ? "./" + path : path)
      }
    }

    private func quoted(_ word: String) -> String {
      // Byte by byte: millions of names are looked at.
      guard word.utf8.contains(where: ",\"\n\r".utf8.contains) else { return word }
      var quoted = ""
      for character in word { quoted += character == "\"" ? "\"\"" : String(character) }
      return "\"\(quoted)\""
    }

    private func padded(_ number: Double) -> String {
      // Adding 0 turns −0 into 0.
      let digits = (number + 0).description
      let bytes = digits.utf8
      guard let point = bytes.firstIndex(of: UInt8(ascii: ".")),
        !bytes.contains(UInt8(ascii: "e"))
      else { return digits }
      let decimals = bytes.distance(from: point, to: bytes.endIndex) - 1
      return decimals >= 6 ? digits : digits + String(repeating: "0", count: 6 - decimals)
    }
  }
}
