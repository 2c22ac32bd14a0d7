/// How often something happened.
struct Rate {
  var count: Int
  var total: Int

  init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  init<Element>(of cases: [Element], where holds: (Element) -> Bool) {
    self.init(cases.count(where: holds), of: cases.count)
  }

  var share: Double { total > 0 ? Double(count) / Double(total) : 0 }

  /// The 95 % interval of the true share (Wilson 1927).
  var interval: (low: Double, high: Double) {
    guard total > 0 else { return (0, 1) }
    let n = Double(total)
    let z = 1.959963984540054
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return (max(0, middle - reach), min(1, middle + reach))
  }
}

extension Rate: CustomStringConvertible {
  var description: String {
    guard total > 0 else { return "–" }
    return "\(percent(share)) (\(percent(interval.low)) to \(percent(interval.high)))"
  }
}

/// With one digit behind the point.
func percent(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}
