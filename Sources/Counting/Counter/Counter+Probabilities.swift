internal import Core
internal import Raster

extension Counter {
  /// Losses, sums and decisions at the pixels, block by block.
  ///
  /// - Parameter levels: whether planes hold levels, of which histograms say all that does not
  ///   depend on other classes.
  mutating func countPixels(
    _ pair: ImagePair, _ runs: [[Range<Int>]], into tally: inout Tally, levels: Levels
  ) throws(Problem) {
    if blocks.isEmpty { blocks = .init(repeating: ClassBlock(), count: needs.classes) }
    guard needs.areClassesExclusive, case .labels(let truth) = pair.truth else {
      let strands = levels == .none ? Strand.strands(of: pair) : []
      for block in runs {
        if try count(strands, block, pair.truth, into: &tally) { continue }
        try countBlock(pair, block, into: &tally, levels: levels)
        if case .masks = pair.truth { countTruth(ofBlocks: block, into: &tally) }
      }
      switch pair.truth {
      case .labels, .standings: countTruth(pair.truth, runs, into: &tally)
      case .masks: break
      }
      return
    }
    var pairs = PairCounts(classes: needs.classes)
    for runs in runs {
      try countBlock(pair, runs, into: &tally, levels: levels)
      choose(among: truth, runs, into: &pairs)
    }
    pairs.write(into: &tally)
  }

  enum Levels { case none, inHistograms, uncounted }

  private mutating func countBlock(
    _ pair: ImagePair, _ runs: [Range<Int>], into tally: inout Tally, levels: Levels
  ) throws(Problem) {
    for c in 0..<needs.classes {
      try blocks[c].load(pair, class: c, runs: runs, areExclusive: needs.areClassesExclusive)
      clipped += blocks[c].clipped
    }
    if blocks.contains(where: \.hasMinusInfinity) { hasMinusInfinity = true }
    if needs.hasCategorical, !blocks[0].hasLogits { zeroRows += ClassBlock.zeroRows(of: blocks) }
    try expectPossibleClasses(pair, runs)
    if levels == .uncounted {
      for c in 0..<needs.classes { tally.classes[c].saturated += blocks[c].saturated }
    }
    if needs.areClassesExclusive, blocks[0].hasLogits, needs.judgesClassesAlone {
      let sums = ClassBlock.logSums(of: blocks)
      for c in 0..<needs.classes { blocks[c].takeSoftmax(sums) }
    }
    if blocks[0].hasLogits, needs.judgesClassesAlone {
      surelyWrong += blocks.reduce(0) { $0 + $1.surelyWrong }
    }
    if needs.countsLevels, levels == .none { countLevels() }
    for c in 0..<needs.classes where levels == .none {
      if needs.softSums { tally.classes[c].soft += try blocks[c].softSums }
      tally.classes[c].add(
        blocks[c].saturated, blocks[c].precision, fromLogits: blocks[c].judgesByLogits, needs,
        class: c)
      if !needs.areClassesExclusive {
        let found = blocks[c].overlap(above: needs.thresholds[c])
        tally.classes[c].overlap += found
        tally.classes[c].onIgnored += blocks[c].predictedOnIgnored(
          above: needs.thresholds[c], pixels: runs.reduce(0) { $0 + $1.count })
        if needs.countsTies {
          tally.classes[c].ties += found.ties(below: blocks[c].overlap(from: needs.thresholds[c]))
        }
      }
    }
    if let sampleWeights = needs.sampleWeights {
      weigh(pair, runs, by: sampleWeights)
      let (own, other) = blocks[0].weightSums(weights)
      tally.weight += try exact(own + other)
    }
    for (index, loss) in needs.losses.enumerated() {
      switch loss {
      case .separable(let loss):
        for c in 0..<needs.classes {
          let loss = loss.ofClass(c)
          if levels == .none {
            let sums = loss.sums(over: blocks[c])
            try expectFinite(sums, index, loss, pair, runs, class: c)
            tally.classes[c].losses[index] += try blocks[c].lossSum(sums, loss.terms)
          }
          if needs.sampleWeights != nil {
            var sum = try weightedSum(loss.sums(over: blocks[c], weights: weights), class: c)
            if loss.terms == .ownPixels { sum.negativeWeight = .zero }
            tally.classes[c].weighted[index] += sum
          }
        }
      case .categorical(let loss):
        try count(loss, at: index, into: &tally)
      case .categoricalSlope(let loss, let part, let classWeights):
        let isSoftmax = blocks[0].hasLogits || needs.scheme.activation == .softmax
        try add(
          terms: loss.terms, at: index, into: &tally
        ) {
          loss.slopes(
            over: blocks, weights: $0, part, classWeights: classWeights, isSoftmax: isSoftmax)
        }
      }
    }
  }

  private mutating func countLevels() {
    if levels == nil { levels = emptyLevels(blocks[0].levelKind) }
    guard levels?.kind == blocks[0].levelKind else { return }
    for c in 0..<needs.classes { levels?.classes[c].add(blocks[c]) }
  }

  /// Counts the most probable class of each pixel against the truth.
  private mutating func choose(
    among map: LabelMap, _ runs: [Range<Int>], into pairs: inout PairCounts
  ) {
    choose()
    var count = 0
    for run in runs {
      var span = truth.mutableSpan
      var target = span._mutatingExtracting(count..<(count + run.count))
      map.load(run, into: &target)
      count += run.count
    }
    for index in 0..<count { pairs.add(truth: truth[index], predicted: chosen[index]) }
    if needs.countsLevels { countChosen(count) }
  }

  private mutating func countChosen(_ count: Int) {
    let kind = blocks[0].levelKind
    if levels == nil { levels = emptyLevels(kind) }
    guard levels?.kind == kind else { return }
    for index in 0..<count where truth[index] < Label(needs.classes) {
      let choice = chosen[index]
      let p = blocks[Int(choice)].probability(index / 8).p[index % 8]
      levels?.chosen.add(p, isOwn: choice == truth[index], kind)
    }
  }

  func emptyLevels(_ kind: RunLevels.Kind) -> RunLevels {
    RunLevels(kind: kind, classes: .init(repeating: .zero, count: needs.classes))
  }

  /// Each pixel's weight: its image's times that of the first class that is true there, times its own.
  private mutating func weigh(
    _ pair: ImagePair, _ runs: [Range<Int>], by sampleWeights: Scheme.SampleWeights
  ) {
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
    guard let plane = pair.pixelWeights else { return }
    withScalars(of: &factors) { plane.load(runs, into: &$0) }
    for index in 0..<vectors { weights[index] *= factors[index] }
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
  mutating func choose() {
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
    try add(terms: loss.terms, at: index, into: &tally) { loss.sums(over: blocks, weights: $0) }
    guard needs.repairs == index else { return }
    let weights = needs.scheme.weighsRepairs && needs.sampleWeights != nil ? weights : nil
    let repairs = try loss.repairs(over: blocks, weights: weights).map { sum throws(Problem) in
      try exact(sum)
    }
    tally.repairs =
      tally.repairs.isEmpty ? repairs : zip(tally.repairs, repairs).map(+)
  }

  /// Adds the sums of what is made from all classes of a pixel, without and with its weight.
  private func add(
    terms: LossTable.TermDomain, at index: Int, into tally: inout Tally,
    _ sums: (_ weights: [Lanes]?) -> [(own: Double, other: Double)]
  ) throws(Problem) {
    let plain = sums(nil)
    for c in 0..<needs.classes {
      var sum = try blocks[c].lossSum(plain[c])
      if terms == .ownPixels { sum.negatives = 0 }
      tally.classes[c].losses[index] += sum
    }
    guard needs.sampleWeights != nil else { return }
    let weighted = sums(weights)
    for c in 0..<needs.classes {
      var sum = try weightedSum(weighted[c], class: c)
      if terms == .ownPixels { sum.negativeWeight = .zero }
      tally.classes[c].weighted[index] += sum
    }
  }
}
