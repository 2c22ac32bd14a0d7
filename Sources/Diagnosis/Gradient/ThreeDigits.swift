internal import Core

/// As weights are written: no finer than three digits.
package func threeDigits(_ x: Double) -> String {
  guard x > 0, x.isFinite else { return shortest(x) }
  var (shift, value) = (1.0, x)
  while value >= 1000 { (value, shift) = (value / 10, shift / 10) }
  while value < 100, shift < 1e12 { (value, shift) = (value * 10, shift * 10) }
  return shortest(value.rounded() / shift)
}
