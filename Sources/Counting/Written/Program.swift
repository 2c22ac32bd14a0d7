internal import Expressions

/// An expression as steps over vectors: each part once, behind the parts that it is made of.
///
/// Over a block each step is a loop over the vectors of a piece of it, so that which operation it is, is
/// asked once a piece and not once a pixel.
struct Program: Sendable {
  private var steps: [Step] = []

  private enum Step: Sendable {
    case number(Double)
    case probability, complement, logit
    case call(Expression.Function, Int, Int, Int)
  }

  /// What a vector of pixels has.
  struct Pixels {
    var x: Probability
    var logit: Lanes
  }

  /// - Precondition: only `p`, `q` and `x` are variables still; both are the probability here.
  init(_ expression: Expression) {
    var places: [Int: Int] = [:]
    for index in expression.reachable {
      let step: Step =
        switch expression.nodes[index] {
        case .number(let value): .number(value)
        case .variable(.probability), .variable(.trueProbability): .probability
        case .variable(.logit): .logit
        case .variable, .name: .number(.nan)
        case .call(.subtract, let parts) where expression.isComplement(parts): .complement
        case .call(let function, let parts):
          .call(
            function, places[parts[0]] ?? 0, places[parts.count > 1 ? parts[1] : parts[0]] ?? 0,
            places[parts.count > 2 ? parts[2] : parts[0]] ?? 0)
        }
      places[index] = steps.count
      steps.append(step)
    }
  }

  /// The value at one vector.
  func callAsFunction(_ pixels: Pixels) -> Lanes {
    var values: [Lanes] = []
    values.reserveCapacity(steps.count)
    for step in steps {
      switch step {
      case .number(let number): values.append(Lanes(repeating: number))
      case .probability: values.append(pixels.x.p)
      case .complement: values.append(pixels.x.q)
      case .logit: values.append(pixels.logit)
      case .call(let function, let a, let b, let c):
        values.append(function.value(values[a], values[b], values[c]))
      }
    }
    return values.last ?? .zero
  }

  /// How many vectors a step takes at once: few enough that a dozen parts stay in the first cache.
  static let piece = 32

  /// How a program sees the probabilities of a block.
  enum View: Sendable {
    /// As they are, or kept from 0 and 1.
    case clipped(Double?)
    /// In double precision, as slopes are taken.
    case exact
    /// So far inside of 0…1, for limits.
    case inside(Double)
  }

  /// The values at up to `piece` vectors, in the last of the registers.
  ///
  /// - Parameter registers: room for `room` vectors.
  func run(over block: ClassBlock, _ range: Range<Int>, _ view: View, in registers: inout [Lanes]) {
    let count = range.count
    var span = registers.mutableSpan
    for (place, step) in steps.enumerated() {
      let target = place &* Program.piece
      switch step {
      case .number(let number):
        for index in 0..<count { span[target &+ index] = Lanes(repeating: number) }
      case .probability:
        for index in 0..<count {
          span[target &+ index] = block.seen(range.lowerBound &+ index, view).p
        }
      case .complement:
        for index in 0..<count {
          span[target &+ index] = block.seen(range.lowerBound &+ index, view).q
        }
      case .logit:
        for index in 0..<count { span[target &+ index] = block.logits[range.lowerBound &+ index] }
      case .call(let function, let a, let b, let c):
        function.run(
          &span, target, a &* Program.piece, b &* Program.piece, c &* Program.piece, count)
      }
    }
  }

  var room: Int { max(1, steps.count) * Program.piece }
  var result: Int { (max(1, steps.count) - 1) * Program.piece }
}

extension Probability {
  /// At least so far from 0 and 1: where a slope there is 0 · ∞, it is taken beside it.
  func inside(_ margin: Double) -> Probability { Probability(p.clamped(margin, 1 - margin)) }
}

extension Expression {
  /// Whether these are the parts of 1 − p, which frameworks form in the precision of the file.
  fileprivate func isComplement(_ parts: [Int]) -> Bool {
    guard case .number(1) = nodes[parts[0]] else { return false }
    switch nodes[parts[1]] {
    case .variable(.probability), .variable(.trueProbability): return true
    default: return false
    }
  }
}

extension ClassBlock {
  @inline(__always)
  fileprivate func seen(_ index: Int, _ view: Program.View) -> Probability {
    let x = probability(index)
    switch view {
    case .clipped(let clip): return clip.map(x.clipped) ?? x
    case .exact, .inside:
      let exact =
        judgesByLogits
        ? Probability(sigmoidOf: logits[index], precision: .double) : Probability(x.p)
      guard case .inside(let margin) = view else { return exact }
      return exact.inside(margin)
    }
  }
}

extension Expression.Function {
  /// One operation at several vectors; those that are most used have a loop of their own.
  fileprivate func run(
    _ values: inout MutableSpan<Lanes>, _ target: Int, _ a: Int, _ b: Int, _ c: Int, _ count: Int
  ) {
    switch self {
    case .add: for i in 0..<count { values[target &+ i] = values[a &+ i] + values[b &+ i] }
    case .subtract: for i in 0..<count { values[target &+ i] = values[a &+ i] - values[b &+ i] }
    case .multiply: for i in 0..<count { values[target &+ i] = values[a &+ i] * values[b &+ i] }
    case .divide: for i in 0..<count { values[target &+ i] = values[a &+ i] / values[b &+ i] }
    case .negate: for i in 0..<count { values[target &+ i] = 0 - values[a &+ i] }
    case .log: for i in 0..<count { values[target &+ i] = logarithm(values[a &+ i]) }
    case .min:
      for i in 0..<count {
        let (left, right) = (values[a &+ i], values[b &+ i])
        values[target &+ i] = right.replacing(
          with: left, where: (left .<= right) .| (left .!= left))
      }
    case .max:
      for i in 0..<count {
        let (left, right) = (values[a &+ i], values[b &+ i])
        values[target &+ i] = right.replacing(
          with: left, where: (left .>= right) .| (left .!= left))
      }
    default:
      for i in 0..<count {
        values[target &+ i] = value(values[a &+ i], values[b &+ i], values[c &+ i])
      }
    }
  }

  /// - Returns: NaN and infinities where IEEE 754 has them.
  fileprivate func value(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    func truth(_ mask: SIMDMask<SIMD8<Int64>>) -> Lanes {
      Lanes.zero.replacing(with: 1, where: mask)
    }
    return switch self {
    case .negate: 0 - a
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .less: truth(a .< b)
    case .lessOrEqual: truth(a .<= b)
    case .equal: truth(a .== b)
    case .unequal: truth(a .!= b)
    case .power: raised(a, to: b)
    case .log: logarithm(a)
    case .exp: exponential(a)
    case .sqrt: a.squareRoot()
    case .abs: a.replacing(with: 0 - a, where: a .< 0)
    case .min: b.replacing(with: a, where: (a .<= b) .| (a .!= a))
    case .max: b.replacing(with: a, where: (a .>= b) .| (a .!= a))
    case .sigmoid: logistic(a)
    case .softplus: ramp(a)
    case .choose: b.replacing(with: c, where: a .== 0)
    }
  }
}

private func logarithm(_ x: Lanes) -> Lanes {
  let isPositive = x .> 0
  let inside = log(x.replacing(with: 1, where: .!(isPositive .& (x .< .infinity))))
  return inside.replacing(with: .infinity, where: x .== .infinity)
    .replacing(with: -.infinity, where: x .== 0).replacing(with: .nan, where: .!(x .>= 0))
}

/// Beyond ±708 the exponential of lanes ends.
private func exponential(_ x: Lanes) -> Lanes {
  exp(x.clamped(-708, 709)).replacing(with: .infinity, where: x .> 709.782_712_893_384)
    .replacing(with: 0, where: x .< -745.2).replacing(with: x, where: x .!= x)
}

private func ramp(_ z: Lanes) -> Lanes { softplus(z) }

private func logistic(_ z: Lanes) -> Lanes {
  let e = exponential(-z.replacing(with: 0 - z, where: z .< 0))
  return (1 / (1 + e)).replacing(with: e / (1 + e), where: z .< 0)
}

/// Products where the exponent is a small whole number, and so as exact as if they were written out.
private func raised(_ a: Lanes, to b: Lanes) -> Lanes {
  if b == Lanes(repeating: b[0]), abs(b[0]) <= 16, b[0].rounded() == b[0] {
    var product = Lanes.one
    for _ in 0..<Int(abs(b[0])) { product *= a }
    return b[0] < 0 ? 1 / product : product
  }
  if b == Lanes(repeating: 0.5) { return a.squareRoot() }
  let isWhole = b.rounded(.toNearestOrEven) .== b
  let isOdd = isWhole .& ((b / 2).rounded(.toNearestOrEven) .!= b / 2)
  let size = a.replacing(with: 0 - a, where: a .< 0)
  var value = exponential(b * logarithm(size))
  value.replace(with: 0 - value, where: (a .< 0) .& isOdd)
  value.replace(with: .nan, where: (a .< 0) .& .!isWhole)
  return value.replacing(with: 1, where: b .== 0)
}
