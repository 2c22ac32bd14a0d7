internal import Core
internal import Raster

/// Counts losses and soft sums against a soft truth: at each pixel a share t of the class, from 0 to 1.
///
/// A plain route of its own, since a truth of yes and no is counted faster. `Counter` counts all that is
/// compared with the truth that is cut, before this adds the rest.
struct ShareCounter: Sendable {
  private let needs: Needs
  // One class after the other, at the pixels of one block.
  private var blocks: [ClassBlock] = []
  private var shares: [[Lanes]] = []

  init(for needs: Needs) { self.needs = needs }

  /// - Throws: Problem: as a `Counter` does.
  mutating func count(
    _ pair: ImagePair, _ runs: [[Range<Int>]], into counted: inout Counted
  ) throws(Problem) {
    guard let planes = pair.shares else {
      preconditionFailure("a soft truth is decoded with its shares")
    }
    if blocks.isEmpty {
      blocks = .init(repeating: ClassBlock(), count: needs.classes)
      let none = [Lanes](repeating: .zero, count: Region.pixelsPerBlock / 8)
      shares = .init(repeating: none, count: needs.classes)
    }
    counted.surelyWrong = 0
    for block in runs {
      try load(pair, planes, block, into: &counted)
      let losses = try needs.losses.map { loss throws(Problem) in try sums(of: loss) }
      for c in 0..<needs.classes {
        counted.tally.classes[c] += ClassTally(
          soft: try blocks[c].softSums(shares[c]), losses: losses.map { $0[c] })
      }
    }
  }

  private mutating func load(
    _ pair: ImagePair, _ planes: [Plane], _ runs: [Range<Int>], into counted: inout Counted
  ) throws(Problem) {
    for c in 0..<needs.classes {
      try blocks[c].load(pair, class: c, runs: runs, areExclusive: needs.areClassesExclusive)
      withScalars(of: &shares[c]) { planes[c].load(runs, into: &$0) }
      for index in 0..<blocks[c].vectors {
        shares[c][index].replace(with: 0, where: .!blocks[c].truth(index).isCounted)
      }
    }
    if needs.hasCategorical, !blocks[0].hasLogits {
      counted.zeroRows += ClassBlock.zeroRows(of: blocks)
    }
    guard blocks[0].hasLogits else { return }
    if needs.areClassesExclusive {
      let normalisers = ClassBlock.logSums(of: blocks)
      for c in 0..<needs.classes { blocks[c].takeSoftmax(normalisers) }
    }
    counted.surelyWrong += blocks.reduce(0) { $0 + $1.surelyWrong }
  }

  /// One for each class.
  private func sums(of loss: Needs.Loss) throws(Problem) -> [LossSum] {
    let sums =
      switch loss {
      case .separable(let loss): zip(blocks, shares).map { loss.sums(over: $0, shares: $1) }
      case .categorical(let loss): loss.sums(over: blocks, shares: shares)
      case .categoricalSlope: preconditionFailure("slopes are not counted against shares")
      }
    return try zip(blocks, sums).map { block, sums throws(Problem) in try block.lossSum(sums) }
  }
}

extension SeparableLoss {
  /// t·L(p, 1), and (1 − t)·L(p, 0), added up over a block.
  fileprivate func sums(
    over block: ClassBlock, shares: [Lanes]
  ) -> (own: Double, other: Double) {
    precondition(isLinearInTruth, "the loss has a form for a soft truth")
    var own = Lanes.zero
    var other = Lanes.zero
    for index in 0..<block.vectors {
      let x = given(block.probability(index))
      let t = shares[index]
      let isCounted = block.truth(index).isCounted
      let (ofOwn, ofOther) =
        block.judgesByLogits
        ? (self(logit: block.logits[index], x, .one), self(logit: block.logits[index], x, .zero))
        : (self(x, .one), self(x, .zero))
      own += (t * ofOwn).replacing(with: 0, where: .!isCounted)
      other += ((1 - t) * ofOther).replacing(with: 0, where: .!isCounted)
    }
    return (own.total, other.total)
  }
}

extension CategoricalCrossEntropy {
  /// For each class t·(−log p_c), added up over a block; t is smoothed over the classes as the
  /// frameworks smooth it.
  fileprivate func sums(
    over blocks: [ClassBlock], shares: [[Lanes]]
  ) -> [(own: Double, other: Double)] {
    precondition(takesShares, "the loss has a form for a soft truth")
    var sums = [Lanes](repeating: .zero, count: blocks.count)
    for index in 0..<blocks[0].vectors {
      let normaliser = normaliser(blocks, index)
      for (c, block) in blocks.enumerated() {
        let t = (1 - smoothing) * shares[c][index] + smoothing / Double(blocks.count)
        let loss = t * loss(of: block, index, normaliser)
        // What costs infinitely and is not true costs nothing.
        sums[c] += loss.replacing(with: 0, where: (t .== 0) .| .!block.truth(index).isCounted)
      }
    }
    return sums.map { ($0.total, 0) }
  }
}

extension ClassBlock {
  fileprivate func softSums(_ shares: [Lanes]) throws(Problem) -> SoftSums {
    var (predicted, both, common) = (Lanes.zero, Lanes.zero, Lanes.zero)
    var (squared, bothSquared) = (Lanes.zero, Lanes.zero)
    var (truth, truthSquared) = (Lanes.zero, Lanes.zero)
    for index in 0..<vectors {
      let p = probability(index).p.replacing(with: 0, where: .!self.truth(index).isCounted)
      let t = shares[index]
      predicted += p
      both += p * t
      common += p.replacing(with: t, where: t .< p)
      squared += p * p
      bothSquared += p * p * t
      truth += t
      truthSquared += t * t
    }
    return SoftSums(
      predicted: try exact(predicted.total), both: try exact(both.total),
      common: try exact(common.total), predictedSquared: try exact(squared.total),
      bothSquared: try exact(bothSquared.total), truth: try exact(truth.total),
      truthSquared: try exact(truthSquared.total))
  }
}
