extension Chain {
  /// Refuses a chain that has no meaning, saying which one the writer may have meant.
  func validate() throws(Problem) {
    try validateAxes()
    try validateOrder()
    if hasScore { try validateRatio() } else { try validateLoss() }
    try validateNesting()
    try validateWeights()
    try validateUndefined()
  }

  /// Only batches come one after the other.
  private func validateOrder() throws(Problem) {
    for reduction in reductions where reduction.operation.isOrdered && reduction.axes != [.batch] {
      throw problem(
        "'\(reduction)' looks at values in their order, which is one of batches",
        "write \(reduction.operation)(batch)")
    }
  }

  private func validateAxes() throws(Problem) {
    var seen: Set<Axis> = []
    for axis in reductions.flatMap(\.axes) where !seen.insert(axis).inserted {
      throw problem("the axis '\(axis.rawValue)' stands twice", "an axis can disappear only once")
    }
    if let empty = reductions.first(where: \.axes.isEmpty) {
      throw problem("'\(empty)' names no axis", "the axes are batch, image, tile, pixel, class")
    }
    guard seen.contains(.pixel) else {
      throw problem(
        "the axis 'pixel' is left out, and no result can keep its pixels",
        hasScore
          ? "pool it before the score: pool(pixel) > score" : "add it, for example mean(pixel)")
    }
  }

  private func validateRatio() throws(Problem) {
    guard let scoreIndex = steps.firstIndex(where: { if case .score = $0 { true } else { false } }),
      !steps[(scoreIndex + 1)...].contains(where: { if case .score = $0 { true } else { false } })
    else {
      throw problem("'score' stands twice", "a score is taken once; average it afterwards")
    }
    for case .reduce(let reduction) in steps[..<scoreIndex] {
      guard reduction.operation == .pool else {
        throw problem(
          "'\(reduction)' stands before 'score', where nothing has a value yet",
          "before 'score' statistics are pooled: pool(\(names(reduction.axes)))")
      }
      guard reduction.weight == nil, reduction.factor == nil, reduction.substitute == nil else {
        throw problem(
          "'\(reduction)' has more than axes, but pooling only adds counts",
          "leave 'by:', 'times:' and 'else' out")
      }
    }
    for case .reduce(let reduction) in steps[scoreIndex...] {
      guard reduction.operation != .pool else {
        throw problem(
          "'\(reduction)' stands after 'score'",
          "scores are averaged: mean(\(names(reduction.axes)))")
      }
      guard !reduction.axes.contains(.pixel) else {
        throw problem(
          "the pixels are still there at 'score', and a ratio has no value at a pixel",
          "pool them first: pool(pixel) > score > …")
      }
    }
  }

  private func validateLoss() throws(Problem) {
    for reduction in reductions where reduction.operation == .pool {
      throw problem(
        "'\(reduction)' pools, but the chain takes no score",
        "for a loss write mean(\(names(reduction.axes))); for a ratio add '> score'")
    }
    let pixelStep = reductions.firstIndex { $0.axes.contains(.pixel) } ?? 0
    for reduction in reductions[..<pixelStep] where reduction.axes.contains(.class) {
      guard !reduction.operation.isSelective else {
        throw problem(
          "'\(reduction)' selects among classes while the pixels are still there",
          "reduce the pixels first: mean(pixel) > \(reduction)")
      }
    }
    let step = reductions[pixelStep]
    if step.operation.isSelective, step.axes.contains(.class) || removesClassBefore(pixelStep) {
      throw problem(
        "'\(step)' selects among pixels after or together with the classes",
        "selecting pixels is possible for each class apart: \(step.operation)(pixel) > mean(class)")
    }
    if step.operation.isSelective, axes.contains(.tile) {
      throw problem(
        "'\(step)' selects among the pixels of tiles, of which it is not kept how often each value occurs",
        "leave 'tile' out: \(step.operation)(pixel) looks at whole images")
    }
  }

  private func removesClassBefore(_ index: Int) -> Bool {
    reductions[..<index].contains { $0.axes.contains(.class) }
  }

  /// An outer axis that disappears while an inner one is still there groups single elements, so it
  /// joins the step that takes the last inner one. That changes nothing only where both steps do
  /// the same.
  private func validateNesting() throws(Problem) {
    for (index, reduction) in reductions.enumerated() {
      for axis in reduction.axes {
        let later = reductions[(index + 1)...]
        guard let host = later.last(where: { $0.axes.contains { $0.isInside(axis) } }),
          !reduction.isLike(host)
        else { continue }
        let inner = AxisSet(host.axes.filter { $0.isInside(axis) }).innermost ?? axis
        throw problem(
          "'\(reduction)' takes '\(axis.rawValue)' before '\(host)', but every \(inner.rawValue) lies in one \(axis.rawValue), so there is nothing to combine yet",
          "take '\(axis.rawValue)' in the step that takes '\(inner.rawValue)', or in a later one")
      }
    }
  }

  private func validateUndefined() throws(Problem) {
    var pixelIsGone = hasScore
    for reduction in reductions where reduction.operation != .pool {
      let takesPixel = reduction.axes.contains(.pixel)
      guard !reduction.countsIgnored || takesPixel && reduction.operation == .mean else {
        throw problem(
          "'\(reduction)' has no ignored pixels to divide by",
          "name it in the mean that takes the pixels: mean(pixel, image, ignored: 0)")
      }
      guard !reduction.countsIgnored || [nil, .classWeights].contains(reduction.weight) else {
        throw problem(
          "'\(reduction)' weighs pixels, and ignored ones have no weight",
          "leave 'by:' or 'ignored:' out")
      }
      let isMean = !reduction.operation.isSelective || reduction.operation.isOrdered
      guard !reduction.isUndefinedWithAny || pixelIsGone && isMean else {
        throw problem(
          "'\(reduction)' cannot be undefined with a term",
          "'else nan' stands in a sum or mean after the one that takes the pixels")
      }
      pixelIsGone = pixelIsGone || takesPixel
    }
  }

  private func validateWeights() throws(Problem) {
    var classIsGone = reductions.contains { $0.operation == .pool && $0.axes.contains(.class) }
    var pixelIsGone = hasScore
    for reduction in reductions where reduction.operation != .pool {
      let takesClass = reduction.axes.contains(.class)
      let takesPixel = reduction.axes.contains(.pixel)
      defer {
        classIsGone = classIsGone || takesClass
        pixelIsGone = pixelIsGone || takesPixel
      }
      for weight in [reduction.weight, reduction.factor].compactMap(\.self) {
        guard !reduction.operation.isSelective else {
          throw problem("'\(reduction)' selects and cannot weigh", "leave the weight out")
        }
        try validate(
          weight, of: reduction, takesPixel: takesPixel, takesClass: takesClass,
          pixelIsGone: pixelIsGone, classIsGone: classIsGone)
      }
    }
  }

  private func validate(
    _ weight: Weight, of reduction: Reduction, takesPixel: Bool, takesClass: Bool,
    pixelIsGone: Bool, classIsGone: Bool
  ) throws(Problem) {
    let isFactor = reduction.weight != weight
    switch weight {
    case .classWeights, .classShares, .inversePrevalence:
      guard takesClass else {
        throw problem(
          "'\(isFactor ? "times" : "by"): \(weight.rawValue)' weighs classes, but '\(reduction)' combines none",
          "name it where 'class' stands")
      }
    case .truth:
      guard pixelIsGone || takesPixel else {
        throw problem(
          "'\(reduction)' weighs by truth while the pixels are still there",
          "reduce them in the same step or before: mean(pixel, by: truth) > mean(class)")
      }
      guard !classIsGone else {
        throw problem(
          "'\(reduction)' weighs by truth, but the classes are gone",
          "put it before the step that takes 'class'")
      }
    case .balanced:
      guard takesPixel, !takesClass, !classIsGone, !isFactor, reduction.factor == nil,
        reduction.operation == .mean
      else {
        throw problem(
          "'by: balanced' halves a class's pixels into its own and the others",
          "write mean(pixel, by: balanced), with 'class' in a later step")
      }
    case .images, .pixels:
      guard pixelIsGone else {
        throw problem(
          "'\(reduction)' weighs by \(weight.rawValue), but combines pixels, of which each counts once",
          "leave 'by:' out here")
      }
    case .positiveWeights:
      guard takesPixel, !hasScore, !classIsGone else {
        throw problem(
          "'\(reduction)' weighs a class's own pixels, which it does not combine class by class",
          "name it where 'pixel' stands, with 'class' in the same or a later step")
      }
    case .sampleWeights:
      guard pixelIsGone || takesPixel else {
        throw problem(
          "'\(reduction)' weighs by sample-weights while the pixels are still there",
          "name it where 'pixel', 'image' or 'batch' stands")
      }
      guard !takesPixel || reduction.substitute == nil else {
        throw problem(
          "'\(reduction)' has weighted pixels and 'else'", "leave 'else' out")
      }
    }
  }

  private func problem(_ what: String, _ remedy: String) -> Problem {
    Problem("chain '\(printable(description, most: 200))': \(what)", remedy: remedy)
  }

  private func names(_ axes: [Axis]) -> String { axes.map(\.rawValue).joined(separator: ", ") }
}

extension Axis {
  /// Whether this nested axis lies inside `outer`; `class` is nested in nothing.
  package func isInside(_ outer: Axis) -> Bool {
    guard let own = Axis.nested.firstIndex(of: self), let other = Axis.nested.firstIndex(of: outer)
    else { return false }
    return own > other
  }
}

extension Chain.Reduction {
  /// Whether both do the same to their axes, so that one step can do the work of two.
  fileprivate func isLike(_ other: Chain.Reduction) -> Bool {
    operation == other.operation && weight == other.weight && factor == other.factor
      && substitute == other.substitute && isUndefinedWithAny == other.isUndefinedWithAny
      && countsIgnored == other.countsIgnored
  }
}
