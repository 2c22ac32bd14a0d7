internal import Core

extension CategoricalCrossEntropy {
  /// For each class the loss on its own pixels, and on the others where it has terms there.
  ///
  /// - Parameter weights: one a pixel; `nil` where every pixel counts 1.
  func sums(over blocks: [ClassBlock], weights: [Lanes]? = nil) -> [(own: Double, other: Double)] {
    var own = [Lanes](repeating: .zero, count: blocks.count)
    var other = own
    for index in 0..<blocks[0].vectors {
      let normaliser = normaliser(blocks, index)
      for c in blocks.indices {
        let t = blocks[c].truth(index)
        guard terms == .everyPixel || any(t.isOwn) else { continue }
        var loss = loss(of: blocks[c], index, normaliser)
        if let weights { loss *= weights[index] }
        own[c] += loss.replacing(with: 0, where: .!t.isOwn)
        other[c] += loss.replacing(with: 0, where: .!t.isOther)
      }
    }
    let everywhere = smoothing / Double(blocks.count)
    return zip(own, other).map { own, other in
      terms == .ownPixels
        ? (own.total, 0)
        : ((1 - smoothing + everywhere) * own.total, everywhere * other.total)
    }
  }

  /// Cell [k·C + c]: over the pixels of true class k, Σ −ln(1 − p_c), and −ln p_c where c = k.
  ///
  /// - Parameter weights: one a pixel; `nil` where every pixel counts 1.
  func repairs(over blocks: [ClassBlock], weights: [Lanes]? = nil) -> [Double] {
    let count = blocks.count
    var cells = [Lanes](repeating: .zero, count: count * count)
    for index in 0..<blocks[0].vectors {
      let normaliser = normaliser(blocks, index)
      let truths = blocks.map { $0.truth(index) }
      let present = truths.indices.filter { any(truths[$0].isOwn) }
      let outside = outsideLosses(blocks, index, normaliser)
      for c in blocks.indices {
        let inside = loss(of: blocks[c], index, normaliser)
        for k in present {
          var loss = k == c ? inside : outside[c]
          if let weights { loss *= weights[index] }
          cells[k * count + c] += loss.replacing(with: 0, where: .!truths[k].isOwn)
        }
      }
    }
    return cells.map(\.total)
  }

  /// −ln(1 − p_c) for each class; from logits by the sum over the other classes, since 1 − p would
  /// lose all digits where p is nearly 1.
  private func outsideLosses(
    _ blocks: [ClassBlock], _ index: Int, _ normaliser: Normaliser
  ) -> [Lanes] {
    guard blocks[0].hasLogits else {
      return blocks.map { block in
        -log(1 - share(of: block, index, normaliser.sum).clipped(epsilon(of: block)).p)
      }
    }
    let shares = blocks.map { exp(normaliser.logits.logShare(of: $0.logits[index])) }
    return blocks.indices.map { c in
      var others = Lanes.zero
      for k in shares.indices where k != c { others += shares[k] }
      return -log(others.clamped(1e-300, 1))
    }
  }

  private func share(of block: ClassBlock, _ index: Int, _ sum: Lanes) -> Probability {
    let x = probability(of: block, index)
    guard form != .asItIs else { return x }
    let share = x.p / sum
    return x.precision == .double || form == .normalisedInDouble
      ? Probability(share) : Probability(share.single)
  }

  /// scikit-learn computes in double precision what it is given.
  private func probability(of block: ClassBlock, _ index: Int) -> Probability {
    let x = block.probability(index)
    return form == .asItIs || isOfScikit && x.precision == .levels ? x.inDoublePrecision : x
  }

  private func epsilon(of block: ClassBlock) -> Double {
    epsilon ?? block.precision.machineEpsilon
  }

  /// −log p_c, or what stands for it, at one vector of pixels.
  func loss(of block: ClassBlock, _ index: Int, _ normaliser: Normaliser) -> Lanes {
    let epsilon = self.epsilon(of: block)
    if block.hasLogits {
      let loss = -normaliser.logits.logShare(of: block.logits[index])
      let p = exp(-loss)
      let given = Probability(block.precision == .double ? p : Lanes(widening: p.single))
      // scikit-learn is given the softmax, in the type of the logits.
      if isOfScikit { return -log(given.clipped(epsilon).p) }
      guard clipsLogits else { return focused(loss, Probability(p)) }
      let clipped = Probability(given.p.single).clipped(epsilon)
      return focused(-log(clipped.p), clipped)
    }
    switch form {
    case .normalisedThenClipped, .asItIs, .normalisedInDouble:
      let share = share(of: block, index, normaliser.sum).clipped(epsilon)
      return focused(-log(share.p), share)
    case .clippedThenNormalised, .clippedThenNormalisedInDouble:
      return -log(probability(of: block, index).clipped(epsilon).p / normaliser.sum)
    }
  }

  private func focused(_ loss: Lanes, _ p: Probability) -> Lanes {
    guard let focus else { return loss }
    return focus.alpha * power(p.q, focus.gamma) * loss
  }

  private var isOfScikit: Bool {
    switch form {
    case .asItIs, .normalisedInDouble, .clippedThenNormalisedInDouble: true
    case .normalisedThenClipped, .clippedThenNormalised: false
    }
  }

  private var clipsFirst: Bool {
    form == .clippedThenNormalised || form == .clippedThenNormalisedInDouble
  }

  /// Of the classes of a pixel: Σ p, or log Σ eᶻ where there are logits.
  struct Normaliser {
    var sum = Lanes.one
    var logits = LogSum()
  }

  func normaliser(_ blocks: [ClassBlock], _ index: Int) -> Normaliser {
    if blocks[0].hasLogits { return Normaliser(logits: LogSum(of: blocks, index)) }
    if form == .asItIs { return Normaliser() }
    var sum = Lanes.zero
    for block in blocks {
      let x = probability(of: block, index)
      sum += clipsFirst ? x.clipped(epsilon(of: block)).p : x.p
    }
    return Normaliser(sum: sum.replacing(with: 1, where: sum .== 0))
  }
}
