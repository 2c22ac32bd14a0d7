package import Core
internal import Expressions

/// A loss that the configuration writes down, of one pixel and class.
///
/// The truth is 1 or 0, so there are two expressions of p for each class: on own pixels and on the others.
/// What is multiplied by t is not there where t is 0, as PyTorch's `xlogy` has it.
package struct WrittenLoss: SeparableLoss {
  private let clip: Double?
  /// One for each class, or one for all.
  private let each: [Parts]
  private var place = 0
  package let readsLogits: Bool
  package let terms: LossTable.TermDomain

  /// What is computed for one class.
  private struct Parts: Sendable {
    var own: Program
    var other: Program
    var ownSlope: Program
    var otherSlope: Program
    /// Where own pixels cost a·log p and others b·log(1 − p): a and b.
    var logFactors: (own: Double, other: Double)?
    var shape: (own: Shape, other: Shape)
  }

  /// - Throws: ExpressionFault: the text is no expression.
  init(_ formula: WrittenFormula, parameters: [String: Double]) throws(ExpressionFault) {
    let expression = try Expression(parsing: formula.text, parameters: parameters)
    let variables = expression.variables
    clip = formula.clip
    readsLogits = variables.contains(.logit)
    let isOfTrueClass = variables.contains(.trueProbability)
    terms = isOfTrueClass ? .ownPixels : .everyPixel
    let weights = formula.weights ?? [1]
    let dependsOnClass =
      variables.contains(.classIndex) || variables.contains(.weight) && Set(weights).count > 1
    each = (0..<(dependsOnClass ? max(formula.classes, weights.count) : 1)).map { c in
      func part(_ truth: Double) -> Expression {
        truth == 0 && isOfTrueClass
          ? .nothing
          : expression.substituting([
            .truth: truth, .weight: weights.indices.contains(c) ? weights[c] : 1,
            .classIndex: Double(c),
          ])
      }
      let (own, other) = (part(1), part(0))
      let factors: (own: Double, other: Double)? =
        if let a = own.logFactor(ofComplement: false), let b = other.logFactor(ofComplement: true) {
          (a, b)
        } else {
          nil
        }
      return Parts(
        own: Program(own), other: Program(other), ownSlope: Program(own.derivative),
        otherSlope: Program(other.derivative), logFactors: factors,
        shape: (
          Shape(of: Program(own), clip: formula.clip),
          Shape(of: Program(other), clip: formula.clip)
        ))
    }
  }

  /// How many classes have a loss of their own.
  package var variants: Int { each.count }

  private var parts: Parts { each[place] }

  package func ofClass(_ c: Int) -> any SeparableLoss {
    guard each.count > 1 else { return self }
    var loss = self
    loss.place = min(c, each.count - 1)
    return loss
  }

  package func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    self(logit: readsLogits ? log(x.p / x.q) : .zero, x, t)
  }

  package func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    let pixels = Program.Pixels(x: clip.map(x.clipped) ?? x, logit: z)
    return parts.other(pixels).replacing(with: parts.own(pixels), where: t .== 1)
  }

  /// A clip by the key `clip` is left out, as that of every loss; one in the formula is part of it.
  package func slope(_ x: Probability, _ t: Lanes) -> Lanes {
    func slope(_ x: Probability) -> Lanes {
      let pixels = Program.Pixels(x: x, logit: readsLogits ? log(x.p / x.q) : .zero)
      return parts.otherSlope(pixels).replacing(with: parts.ownSlope(pixels), where: t .== 1)
    }
    let exact = slope(x)
    return all(exact.isFiniteMask)
      ? exact
      : exact.orLimit(
        slope(x.inside(WrittenLoss.margins.near)), slope(x.inside(WrittenLoss.margins.far)))
  }

  /// How far inside of 0…1 limits are taken: a slope that has one is nearly the same at both, and far
  /// enough inside that differences from 1 keep half of their digits.
  private static let margins = (near: 0x1p-30, far: 0x1p-27)

  package func slopeSums(
    over block: ClassBlock, _ part: LossDefinition.Derivative
  ) -> (own: Double, other: Double) {
    func sum(
      _ program: Program, _ mask: (TruthLanes) -> SIMDMask<SIMD8<Int64>>
    ) -> Double {
      self.sum(of: program, over: block, .exact, mask) { slope, range, index, registers in
        var slope = slope
        if !all(slope.isFiniteMask) {
          program.run(over: block, range, .inside(WrittenLoss.margins.near), in: &registers)
          let near = registers[program.result + index]
          program.run(over: block, range, .inside(WrittenLoss.margins.far), in: &registers)
          slope = slope.orLimit(near, registers[program.result + index])
          program.run(over: block, range, .exact, in: &registers)
        }
        return part == .net ? slope : slope.replacing(with: 0 - slope, where: slope .< 0)
      }
    }
    return (sum(parts.ownSlope, \.isOwn), sum(parts.otherSlope, \.isOther))
  }

  package var pull: Pull {
    let areLogarithms = each.allSatisfy { part in
      part.logFactors.map { $0.own <= 0 && $0.other <= 0 } ?? false
    }
    return areLogarithms ? .difference : .eitherWay
  }

  package var logFactors: (own: Double, other: Double) { parts.logFactors ?? (-1, -1) }

  package var productClip: ProductClip? {
    guard each.allSatisfy({ $0.logFactors != nil }), let clip else { return nil }
    let product = ProductClip(clip)
    return product.factors == 32 ? product : nil
  }

  package func isClipped(fromLogits: Bool) -> Bool { clip != nil }

  package var cheapest: (own: Double, other: Double) {
    (parts.shape.own.lowest, parts.shape.other.lowest)
  }

  package var hasOneValley: Bool { parts.shape.own.isValley && parts.shape.other.isValley }

  package func sums(over block: ClassBlock) -> (own: Double, other: Double) {
    if block.areSingles, !block.judgesByLogits, let clip, let factors = parts.logFactors {
      let sums = BinaryCrossEntropy(epsilon: clip).sums(over: block)
      return (-factors.own * sums.own, -factors.other * sums.other)
    }
    return (
      sum(of: parts.own, over: block, .clipped(clip), \.isOwn) { value, _, _, _ in value },
      sum(of: parts.other, over: block, .clipped(clip), \.isOther) { value, _, _, _ in value }
    )
  }

  /// A program at the pixels where a mask holds.
  private func sum(
    of program: Program, over block: ClassBlock, _ view: Program.View,
    _ mask: (TruthLanes) -> SIMDMask<SIMD8<Int64>>,
    _ taken: (_ value: Lanes, Range<Int>, _ index: Int, _ registers: inout [Lanes]) -> Lanes
  ) -> Double {
    var registers = [Lanes](repeating: .zero, count: program.room)
    var sum = Lanes.zero
    for first in stride(from: 0, to: block.vectors, by: Program.piece) {
      let range = first..<min(first + Program.piece, block.vectors)
      guard range.contains(where: { any(mask(block.truth($0))) }) else { continue }
      program.run(over: block, range, view, in: &registers)
      for index in range {
        let value = taken(
          registers[program.result + index - first], range, index - first, &registers)
        sum += value.replacing(with: 0, where: .!mask(block.truth(index)))
      }
    }
    return sum.total
  }
}

extension Lanes {
  fileprivate var isFiniteMask: SIMDMask<SIMD8<Int64>> {
    (self .< .infinity) .& (self .> -.infinity)
  }

  /// Where it has no value, that of its limit: what two places beside it agree on. A slope without a limit,
  /// or an infinite one, is no number that a training step could take, and counts nothing.
  fileprivate func orLimit(_ near: Lanes, _ far: Lanes) -> Lanes {
    let difference = near - far
    let size = difference.replacing(with: 0 - difference, where: difference .< 0)
    let scale = near.replacing(with: 0 - near, where: near .< 0)
    let agrees = size .<= 1e-3 * scale + 1e-7
    let limit = Lanes.zero.replacing(with: near, where: agrees)
    return replacing(with: limit, where: .!isFiniteMask)
  }
}

// MARK: - Where it is least

/// How a loss goes from p = 0 to p = 1, at 1,025 places.
private struct Shape: Sendable {
  /// Where it is least, as near as bounds need it.
  private(set) var lowest = 0.0
  /// Whether it never falls again once it has risen.
  private(set) var isValley = true

  init(of program: Program, clip: Double?) {
    var (least, before) = (Double.infinity, Double.infinity)
    var hasRisen = false
    for first in stride(from: 0, through: 1024, by: 8) {
      var p = Lanes.one
      for lane in 0..<8 { p[lane] = min(1, Double(first + lane) / 1024) }
      let x = Probability(p)
      let values = program(
        Program.Pixels(
          x: clip.map(x.clipped) ?? x, logit: log(x.inside(0x1p-60).p / x.inside(0x1p-53).q)))
      for lane in 0..<8 {
        let value = values[lane]
        if value < least { (least, lowest) = (value, p[lane]) }
        if value > before { hasRisen = true }
        if value < before, hasRisen { isValley = false }
        before = value
      }
    }
  }
}
