internal import Core
internal import Raster

extension Counter {
  /// Counts a block where it lies.
  ///
  /// - Returns: whether it could; a probability outside 0…1 is left to the general way, which says
  ///   where it is.
  mutating func count(
    _ strands: [Strand], _ runs: [Range<Int>], _ truth: Truth, into tally: inout Tally
  ) throws(Problem) -> Bool {
    // What is exactly at the threshold is not counted here.
    guard !needs.countsTies, let threshold = needs.commonThreshold, let clips = needs.productClips,
      !strands.isEmpty,
      runs.count == 1, runs[0].count % 8 == 0
    else { return false }
    let run = runs[0]
    let totals = strands.map {
      StrandTotals(
        $0, run, clips: clips, above: Float(threshold), hasSums: needs.softSums)
    }
    guard totals.allSatisfy(\.areInRange) else { return false }
    for (strand, totals) in zip(strands, totals) {
      for c in 0..<strand.classes {
        try tally.classes[strand.first + c].add(
          totals, c, pixels: run.count, needs, class: strand.first + c)
      }
      guard totals.areSaturated else { continue }
      for (c, saturated) in strand.saturated(in: run).enumerated() {
        tally.classes[strand.first + c].add(
          saturated, .single, fromLogits: false, needs, class: strand.first + c)
      }
    }
    if strands.count == 1, strands[0].classes > 1, let counts = strands[0].pixelCounts(in: run) {
      for (c, first) in counts.first.enumerated() { tally.classes[c].first += first }
      tally.pixels += run.count
      tally.unclassed += counts.unclassed
      tally.overlapping += counts.overlapping
    } else {
      countTruth(truth, [runs], into: &tally)
    }
    return true
  }
}

extension ClassTally {
  fileprivate mutating func add(
    _ totals: StrandTotals, _ c: Int, pixels: Int, _ needs: Needs, class place: Int
  ) throws(Problem) {
    let own = totals.count(.own, c)
    let found = totals.count(.ownAbove, c)
    let onlyPredicted = totals.count(.above, c) - found
    overlap += Overlap(
      both: found, onlyTrue: own - found, onlyPredicted: onlyPredicted,
      neither: pixels - own - onlyPredicted)
    if needs.softSums {
      soft += SoftSums(
        predicted: try exact(totals.sum(.predicted, c)), both: try exact(totals.sum(.both, c)),
        predictedSquared: try exact(totals.sum(.squared, c)),
        bothSquared: try exact(totals.sum(.bothSquared, c)), truth: own)
    }
    for index in losses.indices {
      let factors = needs.losses[index].logFactors(ofClass: place)
      losses[index] += LossSum(
        positive: try exact(-factors.own * totals.loss(index, .own, c)),
        negative: try exact(-factors.other * totals.loss(index, .other, c)), positives: own,
        negatives: pixels - own)
    }
  }
}

extension Needs.Loss {
  /// What the logarithms of products are multiplied by.
  fileprivate func logFactors(ofClass c: Int) -> (own: Double, other: Double) {
    if case .separable(let loss) = self { loss.ofClass(c).logFactors } else { (-1, -1) }
  }
}

extension Needs {
  /// What all classes are cut at; `nil` where that differs.
  fileprivate var commonThreshold: Double? {
    let first = thresholds.first
    return thresholds.allSatisfy { $0 == first } ? first : nil
  }

  /// How each loss clips, where all that is asked can be counted of strands.
  var productClips: [ProductClip]? {
    guard !areClassesExclusive, sampleWeights == nil, !countsLevels else { return nil }
    var clips: [ProductClip] = []
    for loss in losses {
      guard case .separable(let loss) = loss, let clip = loss.productClip else { return nil }
      clips.append(clip)
    }
    return clips
  }
}
