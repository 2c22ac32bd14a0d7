package import Core

/// Which probabilities the levels of a `LevelCounts` stand for.
package enum LevelScale: Hashable, Sendable {
  /// Level l of an 8-bit plane is l / 255, in single precision.
  case bits8
  /// Level l of a 16-bit plane is l / 65535, in single precision.
  case bits16
  /// Level l is bin l of `ProbabilityBins`; of a probability in this precision only its bin is
  /// known.
  case bins(Probability.Precision)

  package init(_ kind: RunLevels.Kind) {
    self =
      switch kind {
      case .bits8: .bits8
      case .bits16: .bits16
      case .single: .bins(.single)
      case .double: .bins(.double)
      }
  }

  package var levels: Int {
    switch self {
    case .bits8: 256
    case .bits16: 65536
    case .bins: ProbabilityBins.count
    }
  }

  /// The smallest and the greatest probability of a level; one number where a level is one.
  package func probabilities(of level: Int) -> ClosedRange<Double> {
    switch self {
    case .bits8: range(Float(level) / 255)
    case .bits16: range(Float(level) / 65535)
    case .bins(let precision): range(ofBin: level, precision)
    }
  }

  /// A threshold as the planes see it: they are compared in their own precision.
  package func rounded(_ threshold: Double) -> Double {
    self == .bins(.double) ? threshold : Double(Float(threshold))
  }

  private func range(_ p: Float) -> ClosedRange<Double> { Double(p)...Double(p) }

  /// The numbers of this precision in the bin; its lower end belongs to the bin below.
  private func range(
    ofBin bin: Int, _ precision: Probability.Precision
  ) -> ClosedRange<Double> {
    let upper = ProbabilityBins.upper(of: bin)
    if bin == 0 { return upper...upper }
    let lower = ProbabilityBins.upper(of: bin - 1)
    if precision == .double { return lower.nextUp...upper }
    return Double(greatestSingle(upTo: lower).nextUp)...Double(greatestSingle(upTo: upper))
  }

  private func greatestSingle(upTo p: Double) -> Float {
    let nearest = Float(p)
    return Double(nearest) > p ? nearest.nextDown : nearest
  }
}
