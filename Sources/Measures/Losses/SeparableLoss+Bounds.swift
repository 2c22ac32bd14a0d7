package import Core

extension SeparableLoss {
  package var cheapest: (own: Double, other: Double) { (1, 0) }

  package func isClipped(fromLogits: Bool) -> Bool { true }

  /// The least and the most that the loss is from one probability to another.
  ///
  /// It has one valley, at `cheapest`: it is least as near to that as the range lets it be, and
  /// greatest at an end, which is the one that says the opposite of the truth where the valley's
  /// floor is the truth itself.
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
    return (self(Probability(near.single), t), highest)
  }

  package func bounds(
    over block: ClassBlock, _ quantisation: Quantisation
  ) throws(Problem) -> LossBounds {
    var own = (low: Lanes.zero, high: Lanes.zero)
    var other = own
    for index in 0..<block.vectors {
      let t = block.truth(index)
      let loss = bounds(block.ends(index, quantisation), t.value)
      own.low += loss.low.replacing(with: 0, where: .!t.isOwn)
      own.high += loss.high.replacing(with: 0, where: .!t.isOwn)
      other.low += loss.low.replacing(with: 0, where: .!t.isOther)
      other.high += loss.high.replacing(with: 0, where: .!t.isOther)
    }
    return LossBounds(
      low: SplitSum(own: try exact(own.low.total), other: try exact(other.low.total)),
      high: SplitSum(own: try exact(own.high.total), other: try exact(other.high.total)))
  }

  /// The bounds at the 256 levels of an 8-bit plane.
  func levelBounds(
    _ quantisation: Quantisation
  ) -> (low: (own: [Double], other: [Double]), high: (own: [Double], other: [Double])) {
    var low = (own: [Double](), other: [Double]())
    var high = low
    for first in stride(from: 0, to: 256, by: 8) {
      var levels = Lanes.zero
      for lane in 0..<8 { levels[lane] = Double(first + lane) }
      let ends = quantisation.ends(ofLevels: levels, top: 255)
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
    let own = ExactSum(self(atZero, .one)[0]) ?? .zero
    let other = ExactSum(self(atOne, .zero)[0]) ?? .zero
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
  /// What rounding and clipping leave open of a block's losses.
  mutating func addBounds(over block: ClassBlock, _ needs: Needs) throws(Problem) {
    let saturated = block.saturated
    let hasLevels = block.levelKind == .bits16
    self.saturated += saturated
    if hasLevels, bounds.isEmpty { bounds = .init(repeating: .zero, count: needs.losses.count) }
    if saturated.wrong > 0, capped.isEmpty {
      capped = .init(repeating: .zero, count: needs.losses.count)
    }
    for (index, loss) in needs.losses.enumerated() {
      guard case .separable(let loss) = loss else { continue }
      if hasLevels { bounds[index] += try loss.bounds(over: block, needs.quantisation) }
      if saturated.wrong > 0, loss.isClipped(fromLogits: block.judgesByLogits) {
        capped[index] += loss.cost(of: saturated, block.precision)
      }
    }
  }
}
