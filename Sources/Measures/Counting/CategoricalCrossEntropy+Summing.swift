extension CategoricalCrossEntropy {
  /// For each class the loss on its own pixels, and how many those are.
  func sums(over blocks: [ClassBlock]) -> [(total: Double, terms: Int)] {
    var totals = [Lanes](repeating: .zero, count: blocks.count)
    var terms = totals
    for index in 0..<blocks[0].vectors {
      let normaliser = normaliser(blocks, index)
      for c in blocks.indices {
        let t = blocks[c].truth(index)
        guard any(t.isOwn) else { continue }
        let loss = loss(of: blocks[c], index, normaliser)
        totals[c] += loss.replacing(with: 0, where: .!t.isOwn)
        terms[c] += t.value
      }
    }
    return zip(totals, terms).map { ($0.total, Int($1.total)) }
  }

  /// Cell [k·C + c]: over the pixels of true class k, Σ −ln(1 − p_c), and −ln p_c where c = k.
  func repairs(over blocks: [ClassBlock]) -> [Double] {
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
          let loss = k == c ? inside : outside[c]
          cells[k * count + c] += loss.replacing(with: 0, where: .!truths[k].isOwn)
        }
      }
    }
    return cells.map(\.total)
  }

  /// −ln(1 − p_c) for each class; from logits by the sum over the other classes, since 1 − p would
  /// lose all digits where p is nearly 1.
  private func outsideLosses(
    _ blocks: [ClassBlock], _ index: Int, _ normaliser: Lanes
  ) -> [Lanes] {
    guard blocks[0].hasLogits else {
      return blocks.map { -log(1 - share(of: $0, index, normaliser).clipped(epsilon).p) }
    }
    let shares = blocks.map { exp($0.logits[index] - normaliser) }
    return blocks.indices.map { c in
      var others = Lanes.zero
      for k in shares.indices where k != c { others += shares[k] }
      return -log(others.clamped(1e-300, 1))
    }
  }

  private func share(of block: ClassBlock, _ index: Int, _ normaliser: Lanes) -> Probability {
    let share = block.probability(index).p / normaliser
    return block.precision == .single ? Probability(share.single) : Probability(share)
  }

  private func loss(of block: ClassBlock, _ index: Int, _ normaliser: Lanes) -> Lanes {
    if block.hasLogits { return normaliser - block.logits[index] }
    let x = block.probability(index)
    switch form {
    case .normalisedThenClipped:
      return -log(share(of: block, index, normaliser).clipped(epsilon).p)
    case .clippedThenNormalised:
      return -log(x.clipped(epsilon).p / normaliser)
    }
  }

  /// Σ p over the classes of a pixel, or log Σ eᶻ.
  private func normaliser(_ blocks: [ClassBlock], _ index: Int) -> Lanes {
    if blocks[0].hasLogits {
      var largest = blocks[0].logits[index]
      for block in blocks.dropFirst() {
        let z = block.logits[index]
        largest.replace(with: z, where: z .> largest)
      }
      var sum = Lanes.zero
      for block in blocks { sum += exp(block.logits[index] - largest) }
      return largest + log(sum)
    }
    var sum = Lanes.zero
    for block in blocks {
      let x = block.probability(index)
      sum += form == .normalisedThenClipped ? x.p : x.clipped(epsilon).p
    }
    return sum.replacing(with: 1, where: sum .== 0)
  }
}
