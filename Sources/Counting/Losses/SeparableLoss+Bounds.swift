package import Core

extension SeparableLoss {
  package var cheapest: (own: Double, other: Double) { (1, 0) }

  package func isClipped(fromLogits: Bool) -> Bool { true }

  /// The least and the most that the loss is from one probability to another.
  ///
  /// The loss has one valley, at `cheapest`. Within the range it is least at the point nearest to
  /// that, and greatest at one end: where `cheapest` is the truth itself, at the end farther from
  /// the truth.
  func bounds(
    _ ends: (low: Probability, high: Probability), _ t: Lanes
  ) -> (low: Lanes, high: Lanes) {
    let isOwn = t .== 1
    let floor = Lanes(repeating: cheapest.other).replacing(with: cheapest.own, where: isOwn)
    let near = floor.replacing(with: ends.low.p, where: floor .< ends.low.p)
      .replacing(with: ends.high.p, where: floor .> ends.high.p)
    var highest = self(ends.high.replacing(with: ends.low, where: isOwn), t)
    if cheapest != (1, 0) {
      let opposite = self(ends.low.replacing(with: ends.high, where: isOwn), t)
      highest.replace(with: opposite, where: opposite .> highest)
    }
    // What was saved may have been of another type than its levels are taken for, which decides a clip.
    let lowest = self(Probability(near.single), t)
    let ofLevels = self(Probability(near.single, ends.low.precision), t)
    return (lowest.replacing(with: ofLevels, where: ofLevels .< lowest), highest)
  }

  /// The bounds at the levels 0…top of a plane.
  package func levelBounds(
    _ quantisation: Quantisation, top: Int
  ) -> (low: (own: [Double], other: [Double]), high: (own: [Double], other: [Double])) {
    var low = (own: [Double](), other: [Double]())
    var high = low
    for first in stride(from: 0, through: top, by: 8) {
      var levels = Lanes.zero
      for lane in 0..<8 { levels[lane] = Double(first + lane) }
      let ends = quantisation.ends(ofLevels: levels, top: Double(top))
      let (own, other) = (bounds(ends, .one), bounds(ends, .zero))
      for lane in 0..<8 {
        low.own.append(own.low[lane])
        low.other.append(other.low[lane])
        high.own.append(own.high[lane])
        high.other.append(other.high[lane])
      }
    }
    return (low, high)
  }

  /// What saturated wrong values cost.
  func cost(of saturated: SaturatedCounts, _ precision: Probability.Precision) -> SplitSum {
    let atZero = Probability(p: .zero, q: .one, precision: precision)
    let atOne = Probability(p: .one, q: .zero, precision: precision)
    // A loss of one pixel is far below the limit of `ExactSum`.
    let own = ExactSum(self(given(atZero), .one)[0]) ?? .zero
    let other = ExactSum(self(given(atOne), .zero)[0]) ?? .zero
    return SplitSum(own: own * saturated.ownAtZero, other: other * saturated.otherAtOne)
  }
}

extension Probability {
  fileprivate func replacing(
    with other: Probability, where mask: SIMDMask<SIMD8<Int64>>
  ) -> Probability {
    Probability(
      p: p.replacing(with: other.p, where: mask), q: q.replacing(with: other.q, where: mask),
      precision: precision)
  }
}

extension ClassTally {
  /// What clipping leaves open of a block's losses.
  mutating func add(
    _ saturated: SaturatedCounts, _ precision: Probability.Precision, fromLogits: Bool,
    _ needs: Needs, class c: Int
  ) {
    self.saturated += saturated
    if saturated.wrong > 0, capped.isEmpty {
      capped = .init(repeating: .zero, count: needs.losses.count)
    }
    for (index, loss) in needs.losses.enumerated() {
      guard case .separable(let loss) = loss else { continue }
      if saturated.wrong > 0, loss.isClipped(fromLogits: fromLogits) {
        capped[index] += loss.ofClass(c).cost(of: saturated, precision)
      }
    }
  }
}
