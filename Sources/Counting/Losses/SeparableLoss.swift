package import Core

/// A loss that judges each class on its own: it sees one class's probability and truth.
///
/// A conforming type is its formula and nothing else. Loading, tails, ignored pixels and adding up
/// live in `Counting`.
package protocol SeparableLoss: Sendable {
  /// The loss of a probability where the truth is `t`, 0 or 1.
  func callAsFunction(_ x: Probability, _ t: Lanes) -> Lanes

  /// The loss of a logit; that of its sigmoid, unless there is a more exact way.
  func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes

  /// What is known of ∂ℓ/∂z, z being the logit of which p is the sigmoid.
  var pull: Pull { get }

  /// ∂ℓ/∂z at a probability, before anything is clipped: what reaches the logit in training.
  func slope(_ x: Probability, _ t: Lanes) -> Lanes

  /// The sums over a block: on the class's own pixels, and on the others.
  func sums(over block: ClassBlock) -> (own: Double, other: Double)

  /// The same with a weight for each pixel.
  func sums(over block: ClassBlock, weights: [Lanes]) -> (own: Double, other: Double)

  /// The loss at the levels 0…top of a plane, 255 or 65535: on the class's own pixels, and on the
  /// others.
  func levels(top: Int) -> (own: [Double], other: [Double])

  /// The probability at which the loss is least, on the class's own pixels and on the others;
  /// farther from it, on either side, the loss never falls.
  var cheapest: (own: Double, other: Double) { get }

  /// Whether the frameworks' formula takes a truth between 0 and 1 and is linear in it, so that there it
  /// is t times the loss of an own pixel and 1 − t times that of another.
  var isLinearInTruth: Bool { get }

  /// Whether it takes single precision of whatever it is given, as the losses of Keras do.
  var castsToSingle: Bool { get }

  /// The slopes over a block, or their sizes: on the class's own pixels, and on the others.
  func slopeSums(
    over block: ClassBlock, _ part: LossDefinition.Derivative
  ) -> (own: Double, other: Double)

  /// How many losses a list of classes has: one for all, or one each.
  var variants: Int { get }

  /// The loss of one class, where classes have losses of their own.
  func ofClass(_ c: Int) -> any SeparableLoss

  /// At which pixels a class has a loss.
  var terms: LossTable.TermDomain { get }

  /// Whether it has one lowest point, and never falls farther from it.
  var hasOneValley: Bool { get }

  /// Of a loss with a product clip: a and b, where own pixels cost a·log p and others b·log(1 − p).
  var logFactors: (own: Double, other: Double) { get }

  /// Whether the clip alone decides what a wrong 0 or 1 costs.
  func isClipped(fromLogits: Bool) -> Bool

  /// How it clips, if its sums over a block of single-precision probabilities are the logarithms of
  /// products of 32 vectors.
  var productClip: ProductClip? { get }
}

extension SeparableLoss {
  package var productClip: ProductClip? { nil }
  package var variants: Int { 1 }
  package func ofClass(_ c: Int) -> any SeparableLoss { self }
  package var terms: LossTable.TermDomain { .everyPixel }
  package var hasOneValley: Bool { true }
  package var logFactors: (own: Double, other: Double) { (-1, -1) }
  package var castsToSingle: Bool { false }
  package var isLinearInTruth: Bool { false }

  /// A probability of a file as the loss sees it.
  func given(_ x: Probability) -> Probability { castsToSingle ? x.inSinglePrecision : x }

  package func callAsFunction(logit z: Lanes, _ x: Probability, _ t: Lanes) -> Lanes { self(x, t) }

  package func sums(over block: ClassBlock) -> (own: Double, other: Double) {
    summed(over: block)
  }

  package func slopeSums(
    over block: ClassBlock, _ part: LossDefinition.Derivative
  ) -> (own: Double, other: Double) {
    Slope(loss: self, part: part).summed(over: block)
  }

  /// The loss of each pixel, added up.
  func summed(over block: ClassBlock) -> (own: Double, other: Double) {
    var own = Lanes.zero
    var other = Lanes.zero
    for index in 0..<block.vectors {
      let t = block.truth(index)
      let x = given(block.probability(index))
      let loss =
        block.judgesByLogits ? self(logit: block.logits[index], x, t.value) : self(x, t.value)
      own += loss.replacing(with: 0, where: .!t.isOwn)
      other += loss.replacing(with: 0, where: .!t.isOther)
    }
    return (own.total, other.total)
  }

  package func sums(over block: ClassBlock, weights: [Lanes]) -> (own: Double, other: Double) {
    var own = Lanes.zero
    var other = Lanes.zero
    for index in 0..<block.vectors {
      let t = block.truth(index)
      let x = given(block.probability(index))
      let loss =
        block.judgesByLogits ? self(logit: block.logits[index], x, t.value) : self(x, t.value)
      own += (weights[index] * loss).replacing(with: 0, where: .!t.isOwn)
      other += (weights[index] * loss).replacing(with: 0, where: .!t.isOther)
    }
    return (own.total, other.total)
  }

  package func levels(top: Int) -> (own: [Double], other: [Double]) {
    var own: [Double] = []
    var other: [Double] = []
    for first in stride(from: 0, through: top, by: 8) {
      let x = Probability(levels: first, top: top)
      let (atOwn, atOther) = (self(x, .one), self(x, .zero))
      for lane in 0..<8 {
        own.append(atOwn[lane])
        other.append(atOther[lane])
      }
    }
    return (own, other)
  }
}

/// A probability and its complement, both formed in the precision of the input.
///
/// The frameworks compute 1 − p in single precision, where 1 − 1e-7 is 0.99999988 and its
/// complement 1.19e-7. Formed in double precision the mean of a saturated plane is off by 1e-6;
/// the precision of the logarithm itself does not matter that much.
package struct Probability: Sendable {
  package var p: Lanes
  package var q: Lanes
  package var precision: Precision

  package enum Precision: Sendable {
    case single, double
    /// Single, formed from the levels of a plane; who divides levels in NumPy has doubles.
    case levels

    /// The distance from 1 to the next number of the array that a framework is given.
    var machineEpsilon: Double { self == .single ? 0x1p-23 : 0x1p-52 }
  }

  init(p: Lanes, q: Lanes, precision: Precision) {
    self.p = p
    self.q = q
    self.precision = precision
  }

  init(_ p: SIMD8<Float>, _ precision: Precision = .single) {
    self.init(p: Lanes(widening: p), q: Lanes(widening: 1 - p), precision: precision)
  }

  package init(_ p: Lanes) { self.init(p: p, q: 1 - p, precision: .double) }

  /// Eight neighbouring levels of a plane.
  init(levels first: Int, top: Int) {
    var p = SIMD8<Float>.zero
    for lane in 0..<8 { p[lane] = Float(first + lane) / Float(top) }
    self.init(p, .levels)
  }

  /// σ(z), rounded to the precision of the logits.
  package init(sigmoidOf z: Lanes, precision: Precision) {
    let e = exp(-z.replacing(with: -z, where: z .< 0))
    let small = e / (1 + e)
    let large = 1 / (1 + e)
    let p = large.replacing(with: small, where: z .< 0)
    switch precision {
    case .single, .levels: self.init(p.single)
    case .double:
      self.init(p: p, q: small.replacing(with: large, where: z .< 0), precision: .double)
    }
  }

  /// As a framework that casts what it is given to single precision sees it: Keras does, in its losses
  /// and in evaluate (keras 3.15.1: keras/src/losses/loss.py, Loss.__call__).
  package var inSinglePrecision: Probability {
    precision == .double ? Probability(p.single) : self
  }

  /// As who computes in double precision sees it: NumPy divides levels in double precision.
  ///
  /// 255 divides 65,535, so of planes of either kind p · 131,070 is a whole number, for levels and for
  /// the ends of what was rounded to them, up to the 0.004 that single precision takes from it.
  var inDoublePrecision: Probability {
    Probability(precision == .levels ? (p * 131_070).rounded(.toNearestOrEven) / 131_070 : p)
  }

  /// Kept `epsilon` away from 0 and 1; the bounds too are formed in the input's precision.
  package func clipped(_ epsilon: Double) -> Probability {
    let bounds = Bounds(epsilon, precision)
    let (isLow, isHigh) = (p .< bounds.low, p .>= bounds.high)
    return Probability(
      p: p.replacing(with: bounds.low, where: isLow).replacing(with: bounds.high, where: isHigh),
      q: q.replacing(with: bounds.complementOfLow, where: isLow)
        .replacing(with: bounds.complementOfHigh, where: isHigh),
      precision: precision)
  }

  /// The probability given to what is true: p where t is 1, 1 − p where it is 0.
  package func ofTruth(_ t: Lanes) -> Lanes { q.replacing(with: p, where: t .== 1) }

  private struct Bounds {
    var low: Double
    var high: Double
    var complementOfLow: Double
    var complementOfHigh: Double

    init(_ epsilon: Double, _ precision: Precision) {
      switch precision {
      case .single, .levels:
        let low = Float(epsilon)
        self.low = Double(low)
        high = Double(1 - low)
        complementOfLow = Double(1 - low)
        // Below 3e-8, 1 − ε is 1 and its complement 0, which has no logarithm.
        complementOfHigh = Double(1 - low < 1 ? 1 - (1 - low) : low)
      case .double:
        low = epsilon
        high = 1 - epsilon
        complementOfLow = 1 - epsilon
        complementOfHigh = 1 - epsilon < 1 ? 1 - (1 - epsilon) : epsilon
      }
    }
  }
}
