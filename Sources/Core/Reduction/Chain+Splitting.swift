extension Chain {
  /// The chain in two: steps that look at one image at a time, and those that combine images.
  ///
  /// `nil` where images are combined before they have values, or where a step needs to know the
  /// whole run before.
  package var splitAtImages: (image: Chain, rest: ArraySlice<Reduction>)? {
    let outer: AxisSet = [.image, .batch]
    let place = steps.firstIndex { step in
      if case .reduce(let step) = step { !outer.isDisjoint(with: step.axes) } else { false }
    }
    var image = self
    image.steps = Array(steps[..<(place ?? steps.endIndex)])
    let known = image.reductions
    guard image.axes.contains(.pixel), image.hasScore == hasScore,
      image.axes.contains(.tile) == axes.contains(.tile),
      !known.contains(where: { [$0.weight, $0.factor].contains(.inversePrevalence) })
    else { return nil }
    return (image, reductions[known.count...])
  }
}
