package import Core
package import Counting

/// One loss of a run, everywhere.
package struct Losses: Sendable {
  package var table: LossTable
  /// `nil` for a categorical one, which is made from all classes of a pixel.
  package var formula: (any SeparableLoss)?
  /// Of a categorical one, each place's C × C repair sums where they were counted.
  package var repairs: [[ExactSum]]?
  /// Whether the repair sums have the pixels' sample weights.
  package var weighsRepairs = false
  /// How many pixels truly are several classes.
  package var overlapping: Int

  package init(
    table: LossTable, formula: (any SeparableLoss)?, repairs: [[ExactSum]]? = nil,
    overlapping: Int = 0
  ) {
    self.table = table
    self.formula = formula
    self.repairs = repairs
    self.overlapping = overlapping
  }

  package var layout: Layout { table.layout }

  /// Everything as one place.
  package var merged: Losses {
    var merged = self
    merged.table = table.merged
    merged.repairs = repairs.map { all in
      [all.reduce([ExactSum]()) { $0.isEmpty ? $1 : zip($0, $1).map(+) }]
    }
    return merged
  }

  /// Neighbouring places alone.
  package subscript(places: Range<Int>) -> Losses {
    var some = self
    some.table = table[places]
    some.repairs = repairs.map { Array($0[places]) }
    return some
  }

  /// Why the chain has no value here, where that follows from the data and not from the chain.
  func obstacle(to chain: Chain, taking pixelStep: Chain.Reduction) -> Problem? {
    if let fault = chain.missingWeights(in: table) { return fault }
    if layout.hasShares, formula == nil, let fault = chain.meanOfOneClass { return fault }
    if pixelStep.operation.isSelective {
      return formula == nil || table.levels == nil ? needsLevels(pixelStep) : nil
    }
    if table.terms == .everyPixel { return nil }
    if pixelStep.weight == .balanced {
      return Problem(
        "'\(pixelStep)' weighs own pixels against the others, and this loss says nothing of the others",
        remedy: "write mean(pixel, by: truth)")
    }
    let before = chain.reductions.prefix { !$0.axes.contains(.pixel) }
    guard overlapping > 0,
      let step = before.first(where: { $0.axes.contains(.class) && $0.operation == .mean })
    else { return nil }
    return Problem(
      "'\(step)' takes the mean over a pixel's true classes, and \(overlapping) pixels have several",
      remedy: "write sum(class), as Keras' categorical_crossentropy does")
  }

  private func needsLevels(_ step: Chain.Reduction) -> Problem {
    Problem(
      "'\(step)' selects among pixels, which needs a loss that judges classes apart and whole images in 8-bit planes",
      remedy: "reduce pixels by mean or sum, or save the predictions as 8-bit planes")
  }
}

extension Chain {
  /// A step that takes a pixel's one true class, of which a soft truth has none.
  fileprivate var meanOfOneClass: Problem? {
    let step = reductions.first { $0.operation == .mean && $0.axes.contains(.class) }
    return step.map {
      Problem(
        "'\($0)' takes the mean over a pixel's true class, and a soft truth gives it a share of several",
        remedy: "write sum(class) > mean(pixel, image, batch), as the frameworks do")
    }
  }

  /// A step that weighs by how many pixels a class has, which a soft truth does not say.
  var weightOfOwnPixels: Problem? {
    let weights: [Weight] = [.truth, .balanced, .inversePrevalence]
    let step = reductions.first { step in
      // Positive weights that are not divided out multiply the loss of shares as well.
      [step.weight, step.factor].compactMap(\.self).contains(where: weights.contains)
        || step.weight == .positiveWeights
    }
    return step.map {
      Problem(
        "'\($0)' weighs by a class's own pixels, and a soft truth has shares of pixels",
        remedy: "take another weight, or cut the truth: threshold_truth: 0.5 without soft_truth")
    }
  }

  /// A chain that weighs samples needs their weights.
  fileprivate func missingWeights(in table: LossTable) -> Problem? {
    let weights = reductions.flatMap { [$0.weight, $0.factor] }
    guard weights.contains(.sampleWeights), table.weighted == nil else { return nil }
    return Problem(
      "the chain weighs by sample-weights, and the run has none",
      remedy: "add sample_weight to the configuration")
  }
}
