extension Values {
  /// Every value times a factor.
  package mutating func scale(by factor: Double) {
    cells = Cells(cells.lazy.map { $0.map { $0 * factor } })
  }

  /// Every value and a constant.
  package mutating func add(_ constant: Double) {
    if constant != 0 { cells = Cells(cells.lazy.map { $0.map { $0 + constant } }) }
  }

  /// Cell by cell; where one of the two does not exist the result does not.
  ///
  /// - Parameter other: of the same axes and groups.
  package mutating func combine(
    with other: Values, by operation: (Double, Double) -> Double
  ) {
    cells = Cells(
      zip(cells, other.cells).map { a, b -> Double? in
        if let a, let b { operation(a, b) } else { nil }
      })
  }
}
