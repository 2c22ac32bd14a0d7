extension StepResult {
  /// A step after which the pixels are still there.
  init(_ step: Chain.Reduction, divisor: Divisor? = nil, left: [Axis: Int]) {
    self.init(step: .reduce(step), divisor: divisor, left: left)
  }

  /// A step whose result has values.
  ///
  /// - Parameter divisors: what each of the values was divided by.
  init(_ step: Chain.Reduction, divisors: [Double], values: Values, layout: Layout) {
    self.init(
      step: .reduce(step), divisor: Divisor(of: step, divisors),
      left: layout.sizes(of: values.axes))
    record(values)
  }

  init(score: Chain.ScoreDomain, values: Values, layout: Layout) {
    self.init(step: .score(score), left: layout.sizes(of: values.axes))
    record(values)
  }

  private mutating func record(_ values: Values) {
    if values.axes.isEmpty { value = values.cells.first ?? nil }
    if values.axes == [.class] { classValues = Array(values.cells) }
    if !values.axes.isEmpty {
      let defined = values.cells.lazy.compactMap { $0 }
      lowest = defined.min()
      highest = defined.max()
    }
  }
}

extension Divisor {
  fileprivate init?(of step: Chain.Reduction, _ divisors: [Double]) {
    guard step.operation == .mean, let least = divisors.min(), let most = divisors.max() else {
      return nil
    }
    let amount = Amount(least: least, most: most)
    self =
      switch step.weight {
      case nil: .terms(amount, of: AxisSet(step.axes))
      case .balanced: .halves
      case .truth: .ownPixels(amount)
      case let weight?: .weights(weight, amount)
      }
  }
}

extension Layout {
  /// How many coordinates each axis has; pixels are counted over all images.
  func sizes(of axes: AxisSet) -> [Axis: Int] {
    var sizes: [Axis: Int] = [:]
    for axis in axes.outsideIn {
      sizes[axis] =
        switch axis {
        case .batch: Set(places.map(\.batch)).count
        case .image: Set(places.map(\.image)).count
        case .tile: places.count
        case .pixel: places.reduce(0) { $0 + $1.pixels }
        case .class: classes
        }
    }
    return sizes
  }
}
