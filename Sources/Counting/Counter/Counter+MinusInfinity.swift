internal import Core
internal import Raster

extension Counter {
  /// That logits of −∞ leave a class that can be, and a loss that is finite: a softmax over nothing but
  /// −∞ does not exist, and the cross-entropy of a class with probability 0 is infinite.
  ///
  /// PyTorch and JAX give 0 to a class whose logit is −∞, and print the infinite loss.
  func expectPossibleClasses(_ pair: ImagePair, _ runs: [Range<Int>]) throws(Problem) {
    guard blocks.contains(where: \.hasMinusInfinity) else { return }
    let everywhere = needs.losses.contains {
      if case .categorical(let loss) = $0 { loss.terms == .everyPixel } else { false }
    }
    for index in 0..<blocks[0].vectors {
      let isImpossible = blocks.reduce(blocks[0].truth(index).isCounted) { all, block in
        all .& (block.logits[index] .== -.infinity)
      }
      if let lane = (0..<8).first(where: { isImpossible[$0] }) {
        let place = Place(of: index * 8 + lane, runs, pair, class: 0)
        throw Problem(
          "the logits of all classes are −∞ at \(place.text)", at: place.file,
          remedy: "the model or the code that saved it failed here; look at this image first")
      }
      guard needs.hasCategorical else { continue }
      for (c, block) in blocks.enumerated() {
        let truth = block.truth(index)
        let isInfinite =
          (block.logits[index] .== -.infinity) .& (everywhere ? truth.isCounted : truth.isOwn)
        guard let lane = (0..<8).first(where: { isInfinite[$0] }) else { continue }
        let place = Place(of: index * 8 + lane, runs, pair, class: c)
        throw Problem(
          "the logit at \(place.text) is −∞\(truth.isOwn[lane] ? ", and the class is true there" : ""), so the cross-entropy is infinite, as PyTorch would print it",
          at: place.file,
          remedy:
            "save a large number in place of infinity, np.maximum(x, -100), or take the cross-entropy out of measure"
        )
      }
    }
  }
}
