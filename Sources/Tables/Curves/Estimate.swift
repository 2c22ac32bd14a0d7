/// A number of which two bounds are known; one number where they are the same.
package struct Estimate: Hashable, Sendable {
  package var low: Double
  package var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  package var isExact: Bool { low == high }

  /// The middle, which is at most half the width from the truth.
  package var value: Double { low + (high - low) / 2 }

  package var width: Double { high - low }
}
