internal import Core

/// What is known of a loss's slope ∂ℓ/∂z at the logit z of a class.
package enum Pull: Sendable {
  /// It says nothing of predictions.
  case none
  /// It is p − t, own pixels and others each times a number, so the sums of p and t say all of it.
  case difference
  /// Never positive on the class's own pixels, and never negative on the others.
  case towardsTruth
  /// Of any sign anywhere.
  case eitherWay

  /// p − t·(1 − s) − s/2: with smoothing, a pixel may be pulled away from its truth.
  static func ofCrossEntropy(smoothing: Double) -> Pull {
    smoothing == 0 ? .difference : .eitherWay
  }

  /// Whether the slope's sign follows from the truth.
  package var followsTruth: Bool { self == .difference || self == .towardsTruth }
}

extension Probability {
  /// p − t of a truth t·(1 − s) + s/2: what a sigmoid and any binary cross-entropy have together.
  ///
  /// On own pixels it is formed of 1 − p, which keeps its digits where p is nearly 1.
  func slopeOfCrossEntropy(_ t: Lanes, smoothing: Double = 0) -> Lanes {
    let isOwn = t .== 1
    let difference = p.replacing(with: -q, where: isOwn)
    guard smoothing != 0 else { return difference }
    return difference
      - Lanes(repeating: smoothing / 2).replacing(with: -smoothing / 2, where: isOwn)
  }
}

/// ∂ℓ/∂z of a loss, as a loss of its own: counted, kept and reduced as any other.
struct Slope: SeparableLoss {
  var loss: any SeparableLoss
  var part: LossDefinition.Derivative

  /// In double precision: small slopes are differences of what is nearly 1.
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes {
    taken(loss.slope(Probability(x.p), t))
  }

  /// Of a logit 1 − p is known to more digits than single precision leaves it.
  func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes {
    taken(loss.slope(Probability(sigmoidOf: z, precision: .double), t))
  }

  func sums(over block: ClassBlock) -> (own: Double, other: Double) {
    loss.slopeSums(over: block, part)
  }

  private func taken(_ slope: Lanes) -> Lanes {
    part == .net ? slope : slope.replacing(with: -slope, where: slope .< 0)
  }

  var variants: Int { loss.variants }

  func ofClass(_ c: Int) -> any SeparableLoss { Slope(loss: loss.ofClass(c), part: part) }

  var terms: LossTable.TermDomain { loss.terms }

  var pull: Pull { .none }

  func slope(_ x: Probability, _ t: Lanes) -> Lanes { .zero }

  func isClipped(fromLogits: Bool) -> Bool { false }
}
