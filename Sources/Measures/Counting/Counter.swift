package import Core

/// Counts images, one after the other; each worker has its own, because of the scratch it holds.
package struct Counter: Sendable {
  package let needs: Needs
  private var blocks: [ClassBlock] = []
  private var standings: [UInt8] = .init(repeating: 0, count: Region.pixelsPerBlock)
  private var chosen: [Label] = .init(repeating: .none, count: Region.pixelsPerBlock)
  /// Truth by prediction, dense; a row and column behind the last class is *no class*.
  private var confusion: [Int] = []
  private let levelLosses: [LevelLoss?]
  /// Of the pixels of a block, where pixels have weights.
  private var weights: [Lanes] = []
  /// Everything that this counter has seen; only what a run has once is kept here.
  package private(set) var levels: RunLevels?

  package init(for needs: Needs) {
    self.needs = needs
    levelLosses = needs.losses.map { loss in
      if case .separable(let loss) = loss { LevelLoss(loss, needs.quantisation) } else { nil }
    }
  }

  /// Counts some blocks of a region.
  ///
  /// - Throws: a probability outside 0…1, a logit that is not finite, or a loss too large to add.
  package mutating func count(
    _ pair: ImagePair, in region: Region, blocks range: Range<Int>
  ) throws(Problem) -> Counted {
    var counted = Counted()
    counted.tally.classes = .init(
      repeating: ClassTally(
        losses: .init(repeating: .zero, count: needs.losses.count),
        weighted: .init(
          repeating: .zero, count: needs.sampleWeights == nil ? 0 : needs.losses.count)),
      count: needs.classes)
    let side = needs.classes + 1
    confusion = .init(repeating: 0, count: needs.areClassesExclusive ? side * side : 0)
    for block in range { try count(pair, runs: region.runs(ofBlock: block), into: &counted) }
    let cells = confusion.indices.filter { confusion[$0] != 0 }
    counted.tally.confusion = Confusion(
      cells.map { .init(truth: $0 / side, predicted: $0 % side, count: confusion[$0]) })
    return counted
  }

  /// Counts a whole region.
  package mutating func count(_ pair: ImagePair, in region: Region) throws(Problem) -> Tally {
    let counted = try count(pair, in: region, blocks: 0..<region.blocks)
    return finished(counted).tally
  }

  /// Everything that follows from level histograms, added to what was counted directly.
  package func finished(_ counted: Counted) -> Counted {
    var finished = counted
    for (c, histogram) in counted.levels.enumerated() {
      let tally = histogram.tally(
        levelLosses, threshold: needs.areClassesExclusive ? nil : needs.threshold,
        softSums: needs.softSums)
      finished.tally.classes[c] += tally
    }
    if needs.areClassesExclusive {
      let overlaps = counted.tally.confusion.overlaps(classes: needs.classes)
      for c in overlaps.indices {
        finished.tally.classes[c].overlap = overlaps[c]
        finished.tally.classes[c].first = overlaps[c].truth
      }
    }
    return finished
  }

  private mutating func count(
    _ pair: ImagePair, runs: [Range<Int>], into counted: inout Counted
  ) throws(Problem) {
    countTruth(pair.truth, runs, into: &counted.tally)
    switch (pair.prediction, pair.truth) {
    case (.labels(let predicted), .labels(let truth)):
      for run in runs {
        for pixel in run { count(truth[pixel], predictedAs: predicted[pixel]) }
      }
    case (.labels, .masks): preconditionFailure("exclusive classes have a label map as truth")
    case (.masks(let masks), _): countMasks(masks, pair.truth, runs, into: &counted.tally)
    case (.levels(let planes), _):
      let hasHistograms =
        !needs.areClassesExclusive || needs.losses.count > 0 || needs.softSums
      if hasHistograms { countLevels(planes, pair.truth, runs, into: &counted) }
      if needs.areClassesExclusive || needs.hasCategorical || needs.sampleWeights != nil {
        try countBlocks(pair, runs, into: &counted.tally, levels: true)
      }
      for c in 0..<(hasHistograms ? 0 : needs.classes) {
        counted.tally.classes[c].saturated += blocks[c].saturated
      }
    case (.probabilities, _), (.logits, _):
      try countBlocks(pair, runs, into: &counted.tally, levels: false)
    }
  }
}

/// What was counted of some pixels; the histograms are not yet turned into losses.
package struct Counted: Statistic {
  package var tally = Tally.zero
  package var levels: [LevelHistogram] = []

  package init() {}

  package static let zero = Counted()

  package static func + (a: Counted, b: Counted) -> Counted {
    var sum = Counted()
    sum.tally = a.tally + b.tally
    sum.levels =
      a.levels.isEmpty ? b.levels : b.levels.isEmpty ? a.levels : zip(a.levels, b.levels).map(+)
    return sum
  }
}

// MARK: - Decisions

extension Counter {
  private func countTruth(_ truth: Truth, _ runs: [Range<Int>], into tally: inout Tally) {
    switch truth {
    case .labels(let labels):
      for run in runs {
        for pixel in run {
          tally.pixels += labels[pixel] == .ignored ? 0 : 1
          tally.unclassed += labels[pixel] == .none ? 1 : 0
        }
      }
    case .masks(let masks):
      for run in runs {
        var held = [UInt16](repeating: 0, count: run.count)
        for (c, mask) in masks.enumerated() {
          var first = 0
          for index in held.indices {
            let own = UInt16(mask[run.lowerBound + index])
            first &+= held[index] == 0 ? Int(own) : 0
            held[index] &+= own
          }
          tally.classes[c].first += first
        }
        tally.pixels += run.count
        tally.unclassed += held.count { $0 == 0 }
        tally.overlapping += held.count { $0 > 1 }
      }
    }
  }

  private mutating func count(_ truth: Label, predictedAs label: Label) {
    guard truth != .ignored else { return }
    let row = min(Int(truth), needs.classes)
    let column = min(Int(label), needs.classes)
    confusion[row &* (needs.classes &+ 1) &+ column] &+= 1
  }

  private mutating func countMasks(
    _ masks: [[UInt8]], _ truth: Truth, _ runs: [Range<Int>], into tally: inout Tally
  ) {
    for c in 0..<needs.classes {
      var cells = [Int](repeating: 0, count: 6)
      for run in runs {
        writeStandings(truth, class: c, run)
        for (index, pixel) in run.enumerated() {
          cells[Int(standings[index] &<< 1 | masks[c][pixel])] &+= 1
        }
      }
      tally.classes[c].overlap += Overlap(
        both: cells[3], onlyTrue: cells[2], onlyPredicted: cells[1], neither: cells[0])
    }
  }

  private mutating func writeStandings(_ truth: Truth, class c: Int, _ run: Range<Int>) {
    var span = standings.mutableSpan
    truth.write(run, class: c, into: &span, at: 0)
  }

  private mutating func countLevels(
    _ planes: [[UInt8]], _ truth: Truth, _ runs: [Range<Int>], into counted: inout Counted
  ) {
    if counted.levels.isEmpty {
      counted.levels = .init(repeating: .zero, count: needs.classes)
    }
    for c in 0..<needs.classes {
      var cells = [Int](repeating: 0, count: 768)
      for run in runs {
        writeStandings(truth, class: c, run)
        for (index, pixel) in run.enumerated() {
          cells[Int(standings[index]) &<< 8 | Int(planes[c][pixel])] &+= 1
        }
      }
      for level in 0..<256 {
        counted.levels[c].other[level] &+= cells[level]
        counted.levels[c].own[level] &+= cells[256 + level]
      }
    }
  }
}

// MARK: - Probabilities

extension Counter {
  private mutating func countBlocks(
    _ pair: ImagePair, _ runs: [Range<Int>], into tally: inout Tally, levels: Bool
  ) throws(Problem) {
    if blocks.isEmpty { blocks = .init(repeating: ClassBlock(), count: needs.classes) }
    for c in 0..<needs.classes { try blocks[c].load(pair, class: c, runs: runs) }
    if needs.areClassesExclusive, blocks[0].hasLogits, needs.judgesClassesAlone {
      let normalisers = ClassBlock.logSums(of: blocks)
      for c in 0..<needs.classes { blocks[c].takeSoftmax(normalisers) }
    }
    if needs.countsLevels, !levels { countLevels() }
    for c in 0..<needs.classes where !levels {
      if needs.softSums { tally.classes[c].soft += try blocks[c].softSums }
      try tally.classes[c].addBounds(over: blocks[c], needs)
      if !needs.areClassesExclusive {
        tally.classes[c].overlap += blocks[c].overlap(above: needs.threshold)
      }
    }
    if let sampleWeights = needs.sampleWeights {
      weigh(pair, by: sampleWeights)
      let (own, other) = blocks[0].weightSums(weights)
      tally.weight += try exact(own + other)
    }
    for (index, loss) in needs.losses.enumerated() {
      switch loss {
      case .separable(let loss):
        for c in 0..<needs.classes {
          if !levels {
            tally.classes[c].losses[index] += try blocks[c].lossSum(loss.sums(over: blocks[c]))
          }
          if needs.sampleWeights != nil {
            tally.classes[c].weighted[index] += try weightedSum(
              loss.sums(over: blocks[c], weights: weights), class: c)
          }
        }
      case .categorical(let loss):
        try count(loss, at: index, into: &tally)
      }
    }
    if needs.areClassesExclusive, case .labels(let truth) = pair.truth {
      choose()
      var index = 0
      for run in runs {
        for pixel in run {
          count(truth[pixel], predictedAs: chosen[index])
          index &+= 1
        }
      }
      if needs.countsLevels { countChosen(truth, runs) }
    }
  }

  private mutating func countLevels() {
    if levels == nil { levels = emptyLevels(blocks[0].levelKind) }
    guard levels?.kind == blocks[0].levelKind else { return }
    for c in 0..<needs.classes { levels?.classes[c].add(blocks[c]) }
  }

  private mutating func countChosen(_ truth: [Label], _ runs: [Range<Int>]) {
    let kind = blocks[0].levelKind
    if levels == nil { levels = emptyLevels(kind) }
    guard levels?.kind == kind else { return }
    var index = 0
    for run in runs {
      for pixel in run {
        if truth[pixel] < Label(needs.classes) {
          let choice = chosen[index]
          let p = blocks[Int(choice)].probability(index / 8).p[index % 8]
          levels?.chosen.add(p, isOwn: choice == truth[pixel], kind)
        }
        index &+= 1
      }
    }
  }

  private func emptyLevels(_ kind: RunLevels.Kind) -> RunLevels {
    RunLevels(kind: kind, classes: .init(repeating: .zero, count: needs.classes))
  }

  /// Each pixel's weight: its image's times that of the first class that is true there.
  private mutating func weigh(_ pair: ImagePair, by sampleWeights: SampleWeights) {
    let vectors = blocks[0].vectors
    weights = .init(
      repeating: Lanes(repeating: sampleWeights.firstClass == nil ? 1 : sampleWeights.noClass),
      count: vectors)
    for index in 0..<vectors {
      for (c, weight) in (sampleWeights.firstClass ?? []).enumerated().reversed() {
        weights[index].replace(with: weight, where: blocks[c].truth(index).isOwn)
      }
      weights[index] *= pair.weight
    }
  }

  private func weightedSum(
    _ sums: (own: Double, other: Double), class c: Int
  ) throws(Problem) -> WeightedSum {
    let sizes = blocks[c].weightSums(weights)
    return WeightedSum(
      positive: try exact(sums.own), negative: try exact(sums.other),
      positiveWeight: try exact(sizes.own), negativeWeight: try exact(sizes.other))
  }

  /// The most probable class of each pixel; of equal ones the first, as NumPy and TensorFlow do.
  private mutating func choose() {
    for index in 0..<blocks[0].vectors {
      var best = blocks[0].preference(index)
      var choice = Lanes.zero
      for c in 1..<max(1, needs.classes) {
        let preference = blocks[c].preference(index)
        let isBetter = preference .> best
        best.replace(with: preference, where: isBetter)
        choice.replace(with: Double(c), where: isBetter)
      }
      for lane in 0..<8 { chosen[index &* 8 &+ lane] = Label(choice[lane]) }
    }
  }

  private mutating func count(
    _ loss: CategoricalCrossEntropy, at index: Int, into tally: inout Tally
  ) throws(Problem) {
    let sums = loss.sums(over: blocks)
    for c in 0..<needs.classes {
      var sum = try blocks[c].lossSum(sums[c])
      if loss.terms == .ownPixels { sum.negatives = 0 }
      tally.classes[c].losses[index] += sum
    }
    if needs.sampleWeights != nil {
      let sums = loss.sums(over: blocks, weights: weights)
      for c in 0..<needs.classes {
        var sum = try weightedSum(sums[c], class: c)
        if loss.terms == .ownPixels { sum.negativeWeight = .zero }
        tally.classes[c].weighted[index] += sum
      }
    }
    guard needs.repairs == index else { return }
    let repairs = try loss.repairs(over: blocks).map { sum throws(Problem) in try exact(sum) }
    tally.repairs =
      tally.repairs.isEmpty ? repairs : zip(tally.repairs, repairs).map(+)
  }
}

/// A block's sum, rounded once.
func exact(_ sum: Double) throws(Problem) -> ExactSum {
  guard let exact = ExactSum(sum) else {
    throw Problem(
      "the loss of a few thousand pixels adds up to \(sum), too much to be meant",
      remedy: "look at the predictions of this image: logits of this size are no model's")
  }
  return exact
}
