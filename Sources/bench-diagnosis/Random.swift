import Counting
import Resampling

/// The SplitMix64 sequence of a seed; no library is asked, so it is the same on every machine.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = mixed(UInt64(truncatingIfNeeded: seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return mixed(state)
  }

  /// Above 0 and below 1.
  mutating func share() -> Double { (Double(next() &>> 12) + 0.5) * 0x1p-52 }

  mutating func happens(_ probability: Double) -> Bool { share() < probability }

  mutating func normal() -> Double { Normal.quantile(share()) }

  /// A factor with mean 1 whose logarithm has the standard deviation `spread`.
  mutating func factor(spread: Double) -> Double {
    naturalPower(spread * normal() - spread * spread / 2)
  }

  /// A whole number with the mean `value`, so that rounding shifts nothing that holds on average.
  mutating func whole(_ value: Double) -> Int {
    let floor = value.rounded(.down)
    return Int(floor) + (happens(value - floor) ? 1 : 0)
  }

  /// Beta(mean · concentration, (1 − mean) · concentration).
  mutating func rate(mean: Double, concentration: Double) -> Double {
    let a = gamma(mean * concentration)
    let b = gamma((1 - mean) * concentration)
    return a + b > 0 ? a / (a + b) : mean
  }

  /// Marsaglia and Tsang: "A simple method for generating gamma variables", ACM TOMS 26(3), 2000.
  private mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 { return gamma(shape + 1) * naturalPower(naturalLogarithm(share()) / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      if v > 0, naturalLogarithm(share()) < x * x / 2 + d - d * v + d * naturalLogarithm(v) {
        return d * v
      }
    }
  }
}

/// eˣ
func naturalPower(_ x: Double) -> Double {
  x > 0 ? 1 / exponential(max(-x, -600)) : exponential(max(x, -600))
}
