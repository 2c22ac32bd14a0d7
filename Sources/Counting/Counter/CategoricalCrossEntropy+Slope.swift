internal import Core

extension CategoricalCrossEntropy {
  /// For each class ∂ℓ/∂z of a pixel's loss, before anything is clipped, on its own pixels and on the
  /// others.
  ///
  /// Of a pixel whose truth gives class k the share t_k, ℓ = −Σ t_k·w(p_k)·log p_k, where w is 1 or the
  /// focus. At the logits of a softmax ∂ℓ/∂z_k = p_k·Σ u − u_k with u_k = t_k·(w − p·w′·log p), which is
  /// t_k where there is no focus. Sigmoids that are made to sum to 1 give that times 1 − σ(z_k).
  ///
  /// - Parameters:
  ///   - weights: one a pixel; `nil` where every pixel counts 1.
  ///   - part: its size, or itself.
  ///   - classWeights: what a pixel of each class counts; `nil` where all count alike.
  ///   - isSoftmax: otherwise each class has a sigmoid of its own.
  func slopes(
    over blocks: [ClassBlock], weights: [Lanes]?, _ part: LossDefinition.Derivative,
    classWeights: [Double]?, isSoftmax: Bool
  ) -> [(own: Double, other: Double)] {
    var own = [Lanes](repeating: .zero, count: blocks.count)
    var other = own
    var shares = own
    var pulls = own
    for index in 0..<blocks[0].vectors {
      let normaliser = blocks[0].hasLogits ? LogSum(of: blocks, index) : LogSum()
      var sum = Lanes.zero
      for block in blocks { sum += block.probability(index).p }
      sum.replace(with: 1, where: sum .== 0)
      var pull = Lanes.zero
      for (c, block) in blocks.enumerated() {
        shares[c] =
          block.hasLogits
          ? exp(normaliser.logShare(of: block.logits[index]))
          : form == .asItIs ? block.probability(index).p : block.probability(index).p / sum
        pulls[c] = truth(of: block, index, classes: blocks.count) * steepness(at: shares[c])
        if let classWeights { pulls[c] *= classWeights[c] }
        pull += pulls[c]
      }
      for (c, block) in blocks.enumerated() {
        var slope = shares[c] * pull - pulls[c]
        if !isSoftmax { slope *= block.probability(index).q }
        if part == .size { slope.replace(with: -slope, where: slope .< 0) }
        if let weights { slope *= weights[index] }
        let t = block.truth(index)
        own[c] += slope.replacing(with: 0, where: .!t.isOwn)
        other[c] += slope.replacing(with: 0, where: .!t.isOther)
      }
    }
    return zip(own, other).map { ($0.total, $1.total) }
  }

  /// What share of the truth a class has at a vector of pixels, smoothed as the loss smooths it.
  private func truth(of block: ClassBlock, _ index: Int, classes: Int) -> Lanes {
    let t = block.truth(index)
    let smoothed = (1 - smoothing) * t.value + smoothing / Double(classes)
    return smoothed.replacing(with: 0, where: .!t.isCounted)
  }

  /// −∂ℓ/∂log p_y of a pixel whose true class has the probability p.
  private func steepness(at p: Lanes) -> Lanes {
    guard let focus else { return .one }
    let q = 1 - p
    // log p / (1 − p) is −1 where p is 1.
    let ratio = (log(p.clamped(1e-300, 1)) / q).replacing(with: -1, where: q .== 0)
    return focus.alpha * power(q, focus.gamma) * (1 - focus.gamma * p * ratio)
  }
}
