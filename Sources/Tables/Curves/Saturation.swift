internal import Core

/// The share of pixels whose probability is exactly 0, or exactly 1.
///
/// There a logarithm is infinite and only a framework's clip says what the loss is.
package struct Saturation: Hashable, Sendable {
  package var atZero: Double
  package var atOne: Double
}

extension LevelCurve {
  /// Of the class's own pixels; none without such.
  package var ownSaturation: Saturation? { saturation(of: counts.own) }

  /// Of all others; none without such.
  package var otherSaturation: Saturation? { saturation(of: counts.other) }

  /// The lowest and the highest level are 0 and 1, alone, on every scale.
  private func saturation(of levels: [Int]) -> Saturation? {
    let all = Double(levels.reduce(0, +))
    guard all > 0, let low = levels.first, let high = levels.last else { return nil }
    return Saturation(atZero: Double(low) / all, atOne: Double(high) / all)
  }
}
