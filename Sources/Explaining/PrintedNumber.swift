package import Core

/// A number as a log printed it: its value, and the rounding of its last digit.
package struct PrintedNumber: Hashable, Sendable {
  package var text: String
  /// NaN where the log says so.
  package var value: Double
  /// Half a unit of the last digit.
  package var halfUnit: Double

  /// - Throws: Problem: the text is neither a decimal number nor NaN.
  package init(parsing text: String) throws(Problem) {
    if text.lowercased() == "nan" {
      (self.text, value, halfUnit) = ("NaN", .nan, 0)
      return
    }
    let digits = text.split(separator: "e", omittingEmptySubsequences: false)
    let exponent = digits.count == 2 ? Int(digits[1]) : 0
    let isDecimal = text.utf8.allSatisfy { "0123456789+-.e".utf8.contains($0) }
    guard isDecimal, digits.count <= 2, let exponent, (-300...300).contains(exponent),
      let value = Double(text), value.isFinite
    else {
      throw Problem(
        "'\(printable(text))' is no number", remedy: "give it as the log prints it: 0.0102")
    }
    let decimals = digits[0].firstIndex(of: ".").map {
      digits[0].distance(from: $0, to: digits[0].endIndex) - 1
    }
    self.text = text
    self.value = value
    var unit = 0.5
    let steps = exponent - (decimals ?? 0)
    for _ in 0..<steps.magnitude { unit = steps < 0 ? unit / 10 : unit * 10 }
    halfUnit = unit
  }

  /// Whether a value would be printed as this text; a little more than half a unit, because
  /// frameworks add in single precision.
  func matches(_ value: Double) -> Bool {
    (value - self.value).magnitude <= halfUnit * (1 + 1e-6) + 1e-6 * self.value.magnitude
  }
}
