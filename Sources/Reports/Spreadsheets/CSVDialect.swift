/// Who is to read the CSV files.
///
/// None begins with `sep=`: Excel then takes UTF-8 for something else, and data frames take the line for
/// a title.
package enum CSVDialect: String, CaseIterable, Sendable {
  /// Data frames, and spreadsheets by their import dialogue: commas, points, LF, UTF-8 without a mark.
  case plain
  /// Excel by a double click, where the decimal sign is a point: commas, CRLF, UTF-8 with a mark.
  case excel
  /// The same where it is a comma: semicolons between cells.
  case excelEU = "excel-eu"

  var separator: UInt8 { UInt8(ascii: self == .excelEU ? ";" : ",") }
  var delimiter: String { String(UnicodeScalar(separator)) }
  var decimal: String { self == .excelEU ? "," : "." }
  var lineEnd: String { self == .plain ? "\n" : "\r\n" }
  /// Without which Excel does not take the file for UTF-8, and with which a data frame may take it for a
  /// part of the first title.
  var mark: String { self == .plain ? "" : "\u{feff}" }
  private var keepsText: Bool { self != .plain }

  /// A cell by RFC 4180, in UTF-8: a run of 100,000 images has millions of them.
  func append(_ cell: DataTable.Cell, _ kind: DataTable.Field.Kind, to text: inout [UInt8]) {
    switch cell {
    case .empty: break
    case .count(let count): text += "\(count)".utf8
    case .number(let number):
      let digits = decimals(number)
      text += (decimal == "." ? digits : digits.replacing(".", by: decimal)).utf8
    case .text(let name):
      append(kind == .name && keepsText && wouldChange(name) ? formula(of: name) : name, to: &text)
    }
  }

  private func append(_ cell: String, to text: inout [UInt8]) {
    let start = text.count
    text += cell.utf8
    let separator = separator
    let isSpecial = { (byte: UInt8) in
      byte == separator || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard text[start...].contains(where: isSpecial) else { return }
    text.removeSubrange(start...)
    text += "\"\(cell.replacing("\"", by: "\"\""))\"".utf8
  }

  /// Whether Excel would make something else of a name: a formula, a number, a date, a logical value.
  private func wouldChange(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    return !first.properties.isAlphabetic
      || name.utf8.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      || CSVDialect.logical.contains(name.lowercased())
  }

  private static let logical: Set = [
    "true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "falso", "vero", "waar",
    "onwaar",
  ]

  /// `="007"`: a formula whose value is the name, which nothing converts. A text in a formula has at most 255
  /// characters.
  private func formula(of name: String) -> String {
    var parts: [Substring] = []
    var rest = name[...]
    while !rest.isEmpty {
      parts.append(rest.prefix(100))
      rest = rest.dropFirst(100)
    }
    return "="
      + parts.map { "\"\($0.replacing("\"", by: "\"\""))\"" }.joined(separator: "&")
  }
}

/// The shortest digits that give a number back, without an exponent, and with at least six decimals:
/// three would be read as thousands where the comma is the decimal sign.
package func decimals(_ number: Double) -> String {
  let digits = number.description
  // Byte by byte, for most numbers have none.
  guard let mark = digits.utf8.firstIndex(of: UInt8(ascii: "e")) else {
    return padded(digits)
  }
  let (sign, mantissa) =
    digits.hasPrefix("-")
    ? ("-", digits[digits.index(after: digits.startIndex)..<mark]) : ("", digits[..<mark])
  guard let exponent = Int(digits[digits.index(after: mark)...].drop { $0 == "+" }) else {
    return digits
  }
  let parts = mantissa.split(separator: ".")
  let (whole, rest) = (parts.first ?? "0", parts.count > 1 && parts[1] != "0" ? parts[1] : "")
  if exponent < 0 {
    return padded("\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(whole)\(rest)")
  }
  // From 2⁵⁴ on there are no decimals left.
  let zeros = String(repeating: "0", count: max(0, exponent - rest.count))
  return padded("\(sign)\(whole)\(rest)\(zeros).0")
}

private func padded(_ digits: String) -> String {
  let bytes = digits.utf8
  guard let point = bytes.firstIndex(of: UInt8(ascii: ".")) else { return digits }
  let decimals = bytes.distance(from: point, to: bytes.endIndex) - 1
  return decimals >= 6 ? digits : digits + String(repeating: "0", count: 6 - decimals)
}

extension StringProtocol {
  /// Every occurrence of a character.
  fileprivate func replacing(_ old: Character, by new: String) -> String {
    reduce(into: "") { $0 += $1 == old ? new : String($1) }
  }
}
