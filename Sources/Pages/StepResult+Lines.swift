package import Core

extension StepResult {
  /// Step, divisor, what is left and the value: a row of a step table.
  package var cells: [Line?] {
    [.code(step.description), divisor.map { .text($0.text) }, .text(leftText), valueLine]
  }

  /// The columns of such a table; three are text.
  package static let columns: [Line] = ["step", "divides by", "left", "value"]

  /// `batch 3 x image 40 x class 5`; `scalar` at the end.
  package var leftText: String {
    let sizes = AxisSet(left.keys).outsideIn.map { "\($0.rawValue) \(left[$0] ?? 0)" }
    return sizes.isEmpty ? "scalar" : sizes.joined(separator: " x ")
  }

  /// The value, or from where to where the values lie.
  package var valueLine: Line? { range.map { Line(from: $0.lowest, to: $0.highest) } }
}

extension Line {
  /// `0.0102`, or `0.0102 … 0.0150`
  package init(from low: Double, to high: Double) {
    self = low == high ? "\(low)" : "\(low) … \(high)"
  }
}

extension Divisor {
  package var text: String {
    switch self {
    case .terms(let amount, let axes): "\(amount.text) \(Divisor.terms(of: axes))"
    case .ownPixels(let amount): "\(amount.text) own pixels"
    case .weights(let weight, let amount): "sum of \(weight.rawValue) = \(amount.text)"
    case .halves: "2 halves: own pixels, other pixels"
    case .classesOfPixel: "the classes that the pixel has"
    }
  }

  /// What is counted: the terms of the innermost axis, and of the class axis where it goes too.
  private static func terms(of axes: AxisSet) -> String {
    switch (axes.innermost?.plural, axes.contains(.class)) {
    case (let nested?, true): "terms (\(nested) x classes)"
    case (let nested?, false): nested
    default: "classes"
    }
  }
}

extension Divisor.Amount {
  /// One number, or the range where it differs from place to place.
  fileprivate var text: String {
    least == most ? shortest(most) : "\(shortest(least)) to \(shortest(most))"
  }
}
