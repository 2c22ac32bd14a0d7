internal import Core
internal import Pages

/// Numbers with as few digits as tell them apart, at least three; as they are where that takes more
/// than a log can have.
func apart(_ values: [Double]) -> [Line] {
  let short = values.map { Figure.text($0) }
  if Set(short).count == Set(values).count { return values.map { "\($0)" } }
  guard let (_, printed) = decimalsApart(values) else { return values.map { "\(exact: $0)" } }
  return zip(values, printed).map { Line([.number($0, .written($1))]) }
}

/// How many decimals a log needs to print different numbers differently; `nil` where more than 15.
func decimalsApart(_ values: [Double]) -> (decimals: Int, printed: [String])? {
  for decimals in 1...15 {
    let printed = values.map { fixed($0, decimals) }
    if Set(printed).count == Set(values).count { return (decimals, printed) }
  }
  return nil
}

/// A number with so many decimals, as a log prints it.
private func fixed(_ x: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (x.magnitude * scale).rounded()
  guard scaled < 0x1p53 else { return shortest(x) }
  let digits = String(Int64(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return "\(x < 0 ? "−" : "")\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
}
