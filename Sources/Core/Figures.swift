/// Numbers as people read them; files that machines read have every digit.
package enum Figure {
  /// Three significant digits, more where they would round to a 1 that is not one: `0.0102`,
  /// `−0.389`, `0.99996`, `1234`.
  package static func text(_ x: Double?) -> String {
    guard let x else { return "–" }
    if x == 0 || x == 1 { return x == 0 ? "0" : "1" }
    guard x.isFinite else { return x.isNaN ? "–" : x < 0 ? "−∞" : "∞" }
    let sign = x < 0 ? "−" : ""
    let magnitude = x.magnitude
    if magnitude < 1e-6 || magnitude >= 1e15 { return sign + scientific(magnitude) }
    if magnitude < 1, magnitude > 1 - 1e-8 { return sign + ">0.99999999" }
    var decimals = 8
    while decimals > 0, digits(of: magnitude, decimals) > 3 { decimals -= 1 }
    while magnitude < 1, fixed(magnitude, decimals).hasPrefix("1") { decimals += 1 }
    return sign + fixed(magnitude, decimals)
  }

  /// `0.807 %`; 0 % and 100 % only where they are exact.
  package static func percent(_ share: Double?) -> String {
    guard let share, !share.isNaN else { return "–" }
    if share > 0.999, share < 1 { return ">99.9 %" }
    if share == 1 { return "100 %" }
    return text(share * 100) + " %"
  }

  /// A difference: `+0.0182`, `−0.0182`, `0`.
  package static func signed(_ difference: Double?) -> String {
    guard let difference else { return "–" }
    return (difference > 0 ? "+" : "") + text(difference)
  }

  /// `1,234,567`
  package static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1 image`, `40 images`
  package static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  private static func fixed(_ magnitude: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    // Below 10¹⁵ with at most 8 decimals: beyond 64 bits, and far within 128.
    let digits = String(Int128((magnitude * scale).rounded()))
    guard decimals > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  /// Significant digits that a number has when it is written with some decimals.
  private static func digits(of magnitude: Double, _ decimals: Int) -> Int {
    fixed(magnitude, decimals).drop { $0 == "0" || $0 == "." }.count { $0 != "." }
  }

  private static func scientific(_ magnitude: Double) -> String {
    var mantissa = magnitude
    var exponent = 0
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    if mantissa >= 9.995 { (mantissa, exponent) = (1, exponent + 1) }
    return "\(fixed(mantissa, 2))e\(exponent < 0 ? "−" : "")\(exponent.magnitude)"
  }
}
