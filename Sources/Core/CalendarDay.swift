/// A day of the Gregorian calendar.
package struct CalendarDay: Hashable, Comparable, CustomStringConvertible, Sendable {
  /// `yyyymmdd`
  private let number: Int

  /// `nil` where there is no such day, or it is not written as `2026-12-31`.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month)
    else { return nil }
    let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    guard (1...days).contains(day) else { return nil }
    number = (year * 100 + month) * 100 + day
  }

  /// - Parameter seconds: since 1 January 1970, UTC.
  package init(secondsSince1970 seconds: Int) {
    // Days to a date, after Hinnant: "chrono-compatible low-level date algorithms".
    let days = Int((Double(seconds) / 86_400).rounded(.down)) + 719_468
    let era = Int((Double(days) / 146_097).rounded(.down))
    let ofEra = days - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * month + 2) / 5 + 1
    let isNext = month >= 10
    number =
      ((year + era * 400 + (isNext ? 1 : 0)) * 100 + (isNext ? month - 9 : month + 3)) * 100 + day
  }

  package static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }

  package var description: String {
    func digits(_ number: Int, _ count: Int) -> String {
      let text = "\(number)"
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return
      "\(digits(number / 10_000, 4))-\(digits(number / 100 % 100, 2))-\(digits(number % 100, 2))"
  }
}
