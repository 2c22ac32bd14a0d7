import Core
import Counting
import Foundation
import Raster

/// How a probability is saved.
enum Input: CaseIterable {
  case float32, float64, levels16, levels8

  func prediction(_ planes: [[Double]]) -> Prediction {
    switch self {
    case .float32: .probabilities(planes.map { plane($0, .f4) })
    case .float64: .probabilities(planes.map { plane($0, .f8) })
    case .levels16: .probabilities(planes.map { plane($0, .u2) })
    case .levels8: .levels(planes.map { $0.map { UInt8(($0 * 255).rounded()) } })
    }
  }

  /// p and 1 − p as the frameworks have them: in the precision of the input.
  func rounded(_ numbers: [Double]) -> [Pixel] {
    numbers.map {
      switch self {
      case .float32: Pixel(Float($0))
      case .float64: Pixel($0)
      case .levels16: Pixel(Float(($0 * 65535).rounded()) / 65535)
      case .levels8: Pixel(Float(($0 * 255).rounded()) / 255)
      }
    }
  }
}

/// A probability and its complement, as they are and kept 1e-7 away from 0 and 1.
struct Pixel {
  var p: Double
  var q: Double
  var clippedP: Double
  var clippedQ: Double

  init<Number: BinaryFloatingPoint>(_ p: Number) {
    let low = Number(1e-7)
    let clipped = min(max(p, low), 1 - low)
    (self.p, q) = (Double(p), Double(1 - p))
    (clippedP, clippedQ) = (Double(clipped), Double(1 - clipped))
  }

  /// A sigmoid in double precision, whose complement is not 1 − p.
  init(p: Double, q: Double) {
    self.init(p)
    self.q = q
    if p > 1e-7, p < 1 - 1e-7 { clippedQ = q }
  }
}

/// The losses as a textbook has them.
enum Textbook: CaseIterable {
  case crossEntropy, focal, focalOf3, focalOfHalf, focalBalanced, squared, absolute

  var measure: Measure {
    get throws {
      switch self {
      case .crossEntropy: try CountingTests.measure("bce")
      case .focal: try CountingTests.measure("focal")
      case .focalOf3: try CountingTests.measure("focal", ["gamma": 3])
      case .focalOfHalf: try CountingTests.measure("focal", ["gamma": 0.5])
      case .focalBalanced: try CountingTests.measure("focal", ["alpha": 0.25])
      case .squared: try CountingTests.measure("mse")
      case .absolute: try CountingTests.measure("mae")
      }
    }
  }

  /// Whether it casts what it is given to single precision.
  var isOfKeras: Bool { self != .squared && self != .absolute }

  func value(_ x: Pixel, isOwn: Bool) -> Double {
    let wrong = isOwn ? x.q : x.p
    let crossEntropy = -Foundation.log(isOwn ? x.clippedP : x.clippedQ)
    return switch self {
    case .crossEntropy: crossEntropy
    case .focal: pow(wrong, 2) * crossEntropy
    case .focalOf3: pow(wrong, 3) * crossEntropy
    case .focalOfHalf: pow(wrong, 0.5) * crossEntropy
    case .focalBalanced: (isOwn ? 0.25 : 0.75) * pow(wrong, 2) * crossEntropy
    case .squared: wrong * wrong
    case .absolute: wrong
    }
  }
}
