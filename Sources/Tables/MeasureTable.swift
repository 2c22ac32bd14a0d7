package import Core

/// One measure of a run, everywhere: what a chain is applied to.
package enum MeasureTable: Sendable {
  /// Of a loss that has a value at every pixel.
  case losses(Losses)
  /// Of what exists for many pixels together only.
  case ratios(any Ratios)
}

extension MeasureTable {
  package var layout: Layout {
    switch self {
    case .losses(let losses): losses.layout
    case .ratios(let ratios): ratios.layout
    }
  }

  /// The same with all places added up, where `chain` does not tell them apart.
  package func merged(for chain: Chain) -> MeasureTable {
    guard chain.mergesPlaces, layout.places.count > 1 else { return self }
    return switch self {
    case .losses(let losses): .losses(losses.merged)
    case .ratios(let ratios): .ratios(ratios.merged)
    }
  }

  /// Neighbouring places alone.
  package subscript(places: Range<Int>) -> MeasureTable {
    switch self {
    case .losses(let losses): .losses(losses[places])
    case .ratios(let ratios): .ratios(ratios[places])
    }
  }

  /// Which end of a class's values is the bad one.
  package var worst: Worst {
    switch self {
    case .losses: .largest
    case .ratios(let ratios): ratios.worst
    }
  }

  /// Applies a chain; the caller sees to it that a chain with `score` meets a ratio.
  package func reduced(by chain: Chain, describing: Bool = true) -> Outcome {
    switch self {
    case .losses(let losses): losses.table.reduced(by: chain, describing: describing)
    case .ratios(let ratios): ratios.reduced(by: chain, describing: describing)
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
    if layout.hasShares, let fault = chain.weightOfOwnPixels { return fault }
    switch self {
    case .losses(let losses): return losses.obstacle(to: chain, taking: pixelStep)
    case .ratios(let ratios):
      if ratios.isOfOneImage, let axis = chain.axisBesideOneImage {
        return Problem(
          "a distance between boundaries is of one image and one class, and the chain \(axis)",
          remedy: "write it as: pool(pixel) > score > mean(class) > mean(image, batch)")
      }
      guard ratios.isJoint, !chain.pools(.class) else { return nil }
      return Problem(
        "this measure weighs the classes against each other, and the chain keeps them apart",
        remedy: "pool them: pool(pixel, class) > score > mean(image, batch)")
    }
  }
}

extension Chain {
  /// What keeps a score from being of one image and one class.
  fileprivate var axisBesideOneImage: String? {
    if axes.contains(.tile) { return "names tiles" }
    return pools(.image) ? "pools images" : pools(.class) ? "pools classes" : nil
  }

  fileprivate func pools(_ axis: Axis) -> Bool {
    reductions.contains { $0.operation == .pool && $0.axes.contains(axis) }
  }
}

extension MeasureTable {
  /// Leaves the sums with sample weights out.
  package mutating func leaveOutSampleWeights() {
    guard case .losses(var losses) = self else { return }
    losses.table.weighted = nil
    self = .losses(losses)
  }
}
