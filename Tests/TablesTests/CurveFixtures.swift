import Core
import Counting
import Decoding
import Foundation
import Tables
import Testing

/// Pixels of one class: a probability and whether the class is truly there.
struct CurvePixels {
  var p: [Double]
  var isOwn: [Bool]

  /// Own pixels and others, drawn as digits of tenths: `"997|310"`.
  init(_ drawing: String) {
    let parts = drawing.split(separator: "|", omittingEmptySubsequences: false)
    p = parts.joined().map { (Double(String($0)) ?? 0) / 10 }
    isOwn = p.indices.map { $0 < (parts.first?.count ?? 0) }
  }

  init(p: [Double], isOwn: [Bool]) {
    self.p = p
    self.isOwn = isOwn
  }

  /// Probabilities crowded at both ends, as a sigmoid has them, rounded to `scale`; a third are
  /// the class's own.
  init(drawn count: Int, seed: UInt64, on scale: LevelScale) {
    let numbers = drawn(count * 2, seed: seed)
    isOwn = numbers[..<count].map { $0 < 1.0 / 3 }
    p = zip(numbers[count...], isOwn).map { x, isOwn in
      let p = 1 / (1 + exp(-20 * (x - (isOwn ? 0.4 : 0.6))))
      return switch scale {
      case .bits8: Double(Float((p * 255).rounded()) / 255)
      case .bits16: Double(Float((p * 65535).rounded()) / 65535)
      case .bins(.single), .bins(.levels): Double(Float(p))
      case .bins(.double): p
      }
    }
  }

  func curve(on scale: LevelScale) -> LevelCurve {
    var counts = LevelCounts(levels: scale.levels)
    for (p, isOwn) in zip(p, isOwn) { counts.count(scale.level(of: p), isOwn: isOwn) }
    return LevelCurve(counts, on: scale)
  }
}

extension LevelScale {
  static let all: [LevelScale] = [.bits8, .bits16, .bins(.single), .bins(.double)]

  func level(of p: Double) -> Int {
    switch self {
    case .bits8: Int((p * 255).rounded())
    case .bits16: Int((p * 65535).rounded())
    case .bins: ProbabilityBins.bin(of: p)
    }
  }
}

/// What curves say about a list of pixels, by plain loops over it.
extension CurvePixels {
  /// The own pixels and others at and above each distinct probability, from the highest down.
  private var steps: [(own: Int, other: Int)] {
    let sorted = zip(p, isOwn).sorted { $0.0 > $1.0 }
    var (own, other) = (0, 0)
    var steps: [(own: Int, other: Int)] = []
    for (index, pixel) in sorted.enumerated() {
      if pixel.1 { own += 1 } else { other += 1 }
      let isLast = index + 1 == sorted.count || sorted[index + 1].0 != pixel.0
      if isLast { steps.append((own, other)) }
    }
    return steps
  }

  var averagePrecision: Double {
    var (sum, last) = (0.0, 0)
    for step in steps {
      sum += Double(step.own - last) * Double(step.own) / Double(step.own + step.other)
      last = step.own
    }
    return sum / Double(last)
  }

  /// The trapezia under the curve.
  var areaUnderROC: Double {
    var (area, last) = (0.0, (own: 0, other: 0))
    for step in steps {
      area += Double(step.other - last.other) * Double(step.own + last.own) / 2
      last = step
    }
    return area / Double(last.own) / Double(last.other)
  }

  func overlap(above threshold: Double) -> Overlap {
    zip(p, isOwn).reduce(into: Overlap()) { overlap, pixel in
      switch (pixel.1, pixel.0 > threshold) {
      case (true, true): overlap.both += 1
      case (true, false): overlap.onlyTrue += 1
      case (false, true): overlap.onlyPredicted += 1
      case (false, false): overlap.neither += 1
      }
    }
  }

  /// torchmetrics' calibration error with all numbers in `Number`, added in the order of the
  /// pixels.
  func calibrationError<Number: BinaryFloatingPoint>(
    _ norm: Calibration.Norm, rows: Int = 15, in: Number.Type
  ) -> Double {
    // torch.linspace(0, 1, rows + 1), counted from both ends.
    let step = 1 / Float(rows)
    let starts = (0...rows).map { index in
      Double(index < (rows + 1) / 2 ? step * Float(index) : 1 - step * Float(rows - index))
    }
    var count = [Number](repeating: 0, count: rows + 1)
    var (own, confidence) = (count, count)
    for (p, isOwn) in zip(p, isOwn) {
      let row = (starts.firstIndex { $0 > p } ?? starts.count) - 1
      count[row] += 1
      own[row] += isOwn ? 1 : 0
      confidence[row] += Number(p)
    }
    let all = count.reduce(0, +)
    let gaps = count.indices.filter { count[$0] > 0 }.map { row in
      (
        gap: (own[row] / count[row] - confidence[row] / count[row]).magnitude,
        weight: count[row] / all
      )
    }
    return switch norm {
    case .l1: Double(gaps.reduce(0) { $0 + $1.gap * $1.weight })
    case .l2: Double(gaps.reduce(0) { $0 + $1.gap * $1.gap * $1.weight }.squareRoot())
    case .max: Double(gaps.map(\.gap).max() ?? 0)
    }
  }
}

extension Estimate {
  /// Whether `x` lies between the bounds, but for rounding.
  func contains(_ x: Double, within tolerance: Double = 1e-13) -> Bool {
    x >= low - tolerance * x.magnitude && x <= high + tolerance * x.magnitude
  }
}
