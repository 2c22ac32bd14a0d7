extension StepResult {
  /// A step after which the pixels are still there.
  init(_ step: Chain.Reduction, dividesBy: String?, shape: String) {
    self.init(
      operation: step.description, axes: step.axes.map(\.rawValue), dividesBy: dividesBy,
      shape: shape)
  }

  /// A step whose result has values.
  init(_ step: Chain.Reduction, divisors: [Double], values: Values, layout: Layout) {
    self.init(
      operation: step.description, axes: step.axes.map(\.rawValue),
      dividesBy: step.divisorText(divisors), shape: layout.shape(of: values.axes))
    describe(values)
  }

  init(score: Chain.ScoreDomain, values: Values, layout: Layout) {
    self.init(
      operation: score == .union ? "score" : "score(if: truth)", axes: [],
      shape: layout.shape(of: values.axes))
    describe(values)
  }

  private mutating func describe(_ values: Values) {
    if values.axes.isEmpty { value = values.cells.first ?? nil }
    if values.axes == [.class] { classValues = Array(values.cells) }
    if !values.axes.isEmpty {
      let defined = values.cells.lazy.compactMap { $0 }
      lowest = defined.min()
      highest = defined.max()
    }
  }
}

extension Chain.Reduction {
  /// What the step divides by: one number, or the range where it differs from place to place.
  fileprivate func divisorText(_ divisors: [Double]) -> String? {
    guard operation == .mean, let least = divisors.min(), let most = divisors.max() else {
      return nil
    }
    let number = least == most ? shortest(most) : "\(shortest(least)) to \(shortest(most))"
    return switch weight {
    case nil: "\(number) \(termsText)"
    case .balanced: "2 halves: own pixels, other pixels"
    case .truth: "\(number) own pixels"
    case let weight?: "sum of \(weight.rawValue) = \(number)"
    }
  }

  /// What is counted: the terms of the innermost axis, and of the class axis where it goes too.
  private var termsText: String {
    let nested = AxisSet(axes).innermost?.plural
    return switch (nested, axes.contains(.class)) {
    case (let nested?, true): "terms (\(nested) x classes)"
    case (let nested?, false): nested
    default: "classes"
    }
  }
}

extension Layout {
  /// `batch 3 x image 40 x class 5`; pixels are counted over all images.
  func shape(of axes: AxisSet) -> String {
    let sizes = axes.outsideIn.map { axis in
      switch axis {
      case .batch: "batch \(Set(places.map(\.batch)).count)"
      case .image: "image \(Set(places.map(\.image)).count)"
      case .tile: "tile \(places.count)"
      case .pixel: "pixel \(places.reduce(0) { $0 + $1.pixels })"
      case .class: "class \(classes)"
      }
    }
    return sizes.isEmpty ? "scalar" : sizes.joined(separator: " x ")
  }
}
