internal import Resampling
package import TestSupport

/// Night-to-night noise with mean 0 and standard deviation 1.
package enum Noise: CaseIterable, Sendable {
  case normal
  /// Student's t with 5 degrees of freedom.
  case heavy
  /// Each night keeps 0.3 of the deviation of the night before.
  case correlated

  package func series(_ nights: Int, random: inout SeededGenerator) -> [Double] {
    var before = 0.0
    return (0..<nights).map { night in
      switch self {
      case .normal: return draw(&random)
      case .heavy:
        let z = draw(&random)
        let squares = (0..<5).reduce(0.0) { sum, _ in
          let x = draw(&random)
          return sum + x * x
        }
        return z / (squares / 5).squareRoot() * 0.6.squareRoot()
      case .correlated:
        before = night == 0 ? draw(&random) : 0.3 * before + 0.91.squareRoot() * draw(&random)
        return before
      }
    }
  }
}

private func draw(_ random: inout SeededGenerator) -> Double {
  Normal.quantile((Double(random.next() >> 12) + 0.5) * 0x1p-52)
}
