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
      let factors = zip(own.logFactor(ofComplement: false), other.logFactor(ofComplement: true))
      return Parts(
        own: Program(own), other: Program(other), ownSlope: Program(own.derivative),
        otherSlope: Program(other.derivative), logFactors: factors)
    }
  }

  /// How many classes have a loss of their own.
  var variants: Int { each.count }

  private var parts: Parts { each[place] }

  package func ofClass(_ c: Int) -> any SeparableLoss {
    guard each.count > 1 else { return self }
    var loss = self
    loss.place = min(c, each.count - 1)
    return loss
  }

  package func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    self(logit: log(x.p / x.q), x, t)
  }

  package func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    let pixels = Program.Pixels(x: clip.map(x.clipped) ?? x, logit: z)
    return parts.other(pixels).replacing(with: parts.own(pixels), where: t .== 1)
  }

  /// A clip by the key `clip` is left out, as that of every loss; one in the formula is part of it.
  package func slope(_ x: Probability, _ t: Lanes) -> Lanes {
    // The formula's limits are those of p a little inside of 0…1, where no part is 0 · ∞.
    let inside = Probability(x.p.clamped(0x1p-60, 1 - 0x1p-53))
    let z = log(inside.p / inside.q)
    let pixels = Program.Pixels(x: inside, logit: z)
    let slope = parts.otherSlope(pixels).replacing(with: parts.ownSlope(pixels), where: t .== 1)
    // It is not where the loss itself is not, which is a fault of its own.
    return slope.replacing(with: 0, where: .!((slope .< .infinity) .& (slope .> -.infinity)))
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

  /// The lowest points of a grid, as near as bounds need them.
  package var cheapest: (own: Double, other: Double) {
    (lowest(.one), lowest(.zero))
  }

  package var hasOneValley: Bool { isValley(.one) && isValley(.zero) }

  package func sums(over block: ClassBlock) -> (own: Double, other: Double) {
    if block.areSingles, !block.judgesByLogits, let clip, let factors = parts.logFactors {
      let sums = BinaryCrossEntropy(epsilon: clip).sums(over: block)
      return (-factors.own * sums.own, -factors.other * sums.other)
    }
    return (
      sum(of: parts.own, over: block, \.isOwn), sum(of: parts.other, over: block, \.isOther)
    )
  }

  /// A program at the pixels where a mask holds.
  private func sum(
    of program: Program, over block: ClassBlock,
    _ mask: (TruthLanes) -> SIMDMask<SIMD8<Int64>>
  ) -> Double {
    var registers = [Lanes](repeating: .zero, count: program.room)
    var sum = Lanes.zero
    for first in stride(from: 0, to: block.vectors, by: Program.piece) {
      let range = first..<min(first + Program.piece, block.vectors)
      guard range.contains(where: { any(mask(block.truth($0))) }) else { continue }
      program.run(over: block, range, clip: clip, in: &registers)
      for index in range {
        let value = registers[program.result + index - first]
        sum += value.replacing(with: 0, where: .!mask(block.truth(index)))
      }
    }
    return sum.total
  }
}

// MARK: - Where it is least

extension WrittenLoss {
  private static let grid = stride(from: 0, through: 1024, by: 1).map { Double($0) / 1024 }

  private func values(_ t: Lanes) -> [Double] {
    WrittenLoss.grid.map { self(Probability(Lanes(repeating: $0)), t)[0] }
  }

  private func lowest(_ t: Lanes) -> Double {
    let values = values(t)
    let least = values.indices.min { values[$0] < values[$1] } ?? 0
    return WrittenLoss.grid[least]
  }

  /// Whether it never falls again once it has risen.
  private func isValley(_ t: Lanes) -> Bool {
    let values = values(t)
    var hasRisen = false
    for (before, after) in zip(values, values.dropFirst()) {
      if after > before { hasRisen = true }
      if after < before, hasRisen { return false }
    }
    return true
  }
}

/// Both, where both exist.
private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
  if let a, let b { (a, b) } else { nil }
}
