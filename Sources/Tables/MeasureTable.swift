package import Core
package import Counting

/// One measure of a run, everywhere: what a chain is applied to.
package enum MeasureTable: Sendable {
  case separable(LossTable, any SeparableLoss)
  /// With each place's C × C repair sums where they were counted, and how many pixels truly are
  /// several classes.
  case categorical(LossTable, repairs: [[ExactSum]]?, overlapping: Int)
  /// With each place's confusion where classes exclude each other.
  case score(PlaceTable<Overlap>, confusions: [Confusion]?, Ratio<Overlap>)
  case softRatio(PlaceTable<SoftSums>, Ratio<SoftSums>)
}

extension MeasureTable {
  package var layout: Layout {
    switch self {
    case .separable(let table, _), .categorical(let table, _, _): table.layout
    case .score(let table, _, _): table.layout
    case .softRatio(let table, _): table.layout
    }
  }

  /// The same with all places added up, where `chain` does not tell them apart.
  package func merged(for chain: Chain) -> MeasureTable {
    guard chain.mergesPlaces, layout.places.count > 1 else { return self }
    switch self {
    case .separable(let table, let loss): return .separable(table.merged, loss)
    case .categorical(let table, let repairs, let overlapping):
      let sums = repairs?.reduce([ExactSum]()) { $0.isEmpty ? $1 : zip($0, $1).map(+) }
      return .categorical(table.merged, repairs: sums.map { [$0] }, overlapping: overlapping)
    case .score(let table, let confusions, let score):
      return .score(table.merged, confusions: confusions.map { [$0.reduce(.zero, +)] }, score)
    case .softRatio(let table, let loss): return .softRatio(table.merged, loss)
    }
  }

  /// Neighbouring places alone.
  package subscript(places: Range<Int>) -> MeasureTable {
    func rows<Row>(_ all: [Row]?) -> [Row]? { all.map { Array($0[places]) } }
    return switch self {
    case .separable(let table, let loss): .separable(table[places], loss)
    case .categorical(let table, let repairs, let overlapping):
      .categorical(table[places], repairs: rows(repairs), overlapping: overlapping)
    case .score(let table, let confusions, let score):
      .score(table[places], confusions: rows(confusions), score)
    case .softRatio(let table, let loss): .softRatio(table[places], loss)
    }
  }

  /// Which end of a class's values is the bad one.
  package var worst: Worst { if case .score = self { .smallest } else { .largest } }

  /// Applies a chain; the caller sees to it that a chain with `score` meets a ratio.
  package func reduced(by chain: Chain, describing: Bool = true) -> Outcome {
    switch self {
    case .separable(let table, _), .categorical(let table, _, _):
      table.reduced(by: chain, describing: describing)
    case .score(let table, _, let score):
      table.reduced(by: chain, worst: .smallest, score: score, describing: describing)
    case .softRatio(let table, let loss):
      table.reduced(by: chain, worst: .largest, score: loss, describing: describing)
    }
  }

  /// The one number that the chain leaves, if it leaves one and that is defined.
  package func value(by chain: Chain) -> Double? {
    reduced(by: chain, describing: false).scalar
  }

  /// How far the value depends on the order; `nil` where some axis is left.
  package func orderGap(of chain: Chain) -> OrderGap? {
    guard chain.isScalar else { return nil }
    return OrderGap(of: chain.orders) { obstacle(to: $0) == nil ? value(by: $0) : nil }
  }

  /// Why the chain has no value here, where that follows from the data and not from the chain.
  package func obstacle(to chain: Chain) -> Problem? {
    guard let pixelStep = chain.reductions.first(where: { $0.axes.contains(.pixel) }) else {
      return nil
    }
    switch self {
    case .score(_, _, .joint), .softRatio(_, .joint):
      return chain.pools(.class)
        ? nil
        : Problem(
          "this measure weighs the classes against each other, and the chain keeps them apart",
          remedy: "pool them: pool(pixel, class) > score > mean(image, batch)")
    case .score, .softRatio: return nil
    case .separable(let table, _), .categorical(let table, _, _):
      if let fault = chain.missingWeights(in: table) { return fault }
    }
    switch self {
    case .score, .softRatio: return nil
    case .separable(let table, _):
      return pixelStep.operation.isSelective && table.levels == nil ? needsLevels(pixelStep) : nil
    case .categorical(let table, _, let overlapping):
      if pixelStep.operation.isSelective { return needsLevels(pixelStep) }
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
  }

  private func needsLevels(_ step: Chain.Reduction) -> Problem {
    Problem(
      "'\(step)' selects among pixels, which needs a loss that judges classes apart and whole images in 8-bit planes",
      remedy: "reduce pixels by mean or sum, or save the predictions as 8-bit planes")
  }
}

extension Chain {
  fileprivate func pools(_ axis: Axis) -> Bool {
    reductions.contains { $0.operation == .pool && $0.axes.contains(axis) }
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
