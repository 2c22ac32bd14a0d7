internal import Core

extension ClassBlock {
  var softSums: SoftSums {
    get throws(Problem) {
      if areSingles { return try singleSoftSums }
      var predicted = Lanes.zero
      var both = Lanes.zero
      var squared = Lanes.zero
      var bothSquared = Lanes.zero
      var truth = Lanes.zero
      for index in 0..<vectors {
        let t = self.truth(index)
        let p = probability(index).p.replacing(with: 0, where: .!t.isCounted)
        let own = p.replacing(with: 0, where: .!t.isOwn)
        predicted += p
        both += own
        squared += p * p
        bothSquared += own * own
        truth += t.value
      }
      return SoftSums(
        predicted: try exact(predicted.total), both: try exact(both.total),
        predictedSquared: try exact(squared.total), bothSquared: try exact(bothSquared.total),
        truth: Int(truth.total))
    }
  }

  /// The class counts as predicted where its probability is above `threshold`, compared in the
  /// precision of the input.
  func overlap(above threshold: Double) -> Overlap {
    if areSingles { return singleOverlap(above: Float(threshold)) }
    let limit = precision == .double ? threshold : Double(Float(threshold))
    var both = Lanes.zero
    var predicted = Lanes.zero
    var truth = Lanes.zero
    var counted = Lanes.zero
    for index in 0..<vectors {
      let t = self.truth(index)
      let hit = Lanes.zero.replacing(with: 1, where: (probability(index).p .> limit) .& t.isCounted)
      predicted += hit
      both += hit * t.value
      truth += t.value
      counted += Lanes.zero.replacing(with: 1, where: t.isCounted)
    }
    let overlap = Overlap(
      both: Int(both.total), onlyTrue: Int(truth.total - both.total),
      onlyPredicted: Int(predicted.total - both.total))
    return overlap + Overlap(neither: Int(counted.total) - overlap.union)
  }

  /// How many pixels that do not count are predicted.
  ///
  /// - Parameter pixels: those of the block, without the lanes behind the last one.
  func predictedOnIgnored(above threshold: Double, pixels: Int) -> Int {
    guard ownPixels + otherPixels < pixels else { return 0 }
    let limit = precision == .double ? threshold : Double(Float(threshold))
    var count = 0
    for index in 0..<vectors {
      let isFound = (probability(index).p .> limit) .& .!truth(index).isCounted
      guard any(isFound) else { continue }
      count += (0..<min(8, pixels - index * 8)).count { isFound[$0] }
    }
    return count
  }

  /// The overlap where a probability that is exactly `threshold` counts as predicted.
  func overlap(from threshold: Double) -> Overlap {
    // Above the number below is from this one on.
    overlap(
      above: areSingles || precision != .double
        ? Double(Float(threshold).nextDown) : threshold.nextDown)
  }

  /// How many others' pixels have 1 − p below 2⁻¹⁷: 128 units in the last place of a single near 1, which
  /// changes the logarithm of 1 − p by a hundredth for each.
  var surelyWrong: Int {
    var count = 0
    for index in 0..<vectors {
      let isWrong = (probability(index).q .< 0x1p-17) .& truth(index).isOther
      guard any(isWrong) else { continue }
      count += (0..<8).count { isWrong[$0] }
    }
    return count
  }

  /// Pixels of which a loss that makes the classes sum to 1 divides 0 by 0.
  static func zeroRows(of blocks: [ClassBlock]) -> Int {
    var count = 0
    for index in 0..<blocks[0].vectors {
      var sum = Lanes.zero
      for block in blocks { sum += block.probability(index).p }
      let isZero = (sum .== 0) .& blocks[0].truth(index).isCounted
      guard any(isZero) else { continue }
      count += (0..<8).count { isZero[$0] }
    }
    return count
  }

  /// How many probabilities are exactly 0 or 1.
  var saturated: SaturatedCounts {
    var counts = SaturatedCounts.zero
    if areSingles, !hasSaturatedSingles { return counts }
    for index in 0..<vectors {
      let p = probability(index).p
      let (isZero, isOne) = (p .== 0, p .== 1)
      guard any(isZero .| isOne) else { continue }
      let t = truth(index)
      for lane in 0..<8 {
        counts.ownAtZero += isZero[lane] && t.isOwn[lane] ? 1 : 0
        counts.ownAtOne += isOne[lane] && t.isOwn[lane] ? 1 : 0
        counts.otherAtZero += isZero[lane] && t.isOther[lane] ? 1 : 0
        counts.otherAtOne += isOne[lane] && t.isOther[lane] ? 1 : 0
      }
    }
    return counts
  }

  /// The pixels' weights, added apart for the class's own pixels and for the others.
  func weightSums(_ weights: [Lanes]) -> (own: Double, other: Double) {
    var own = Lanes.zero
    var other = Lanes.zero
    for index in 0..<vectors {
      let t = truth(index)
      own += weights[index].replacing(with: 0, where: .!t.isOwn)
      other += weights[index].replacing(with: 0, where: .!t.isOther)
    }
    return (own.total, other.total)
  }

  /// A separable loss's two sums as a statistic.
  func lossSum(
    _ sums: (own: Double, other: Double), _ terms: LossTable.TermDomain = .everyPixel
  ) throws(Problem) -> LossSum {
    LossSum(
      positive: try exact(sums.own), negative: try exact(sums.other), positives: ownPixels,
      negatives: terms == .ownPixels ? 0 : otherPixels)
  }
}
