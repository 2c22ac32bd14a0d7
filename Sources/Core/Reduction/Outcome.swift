/// What a chain made of a run: every step, and the values that are left.
package struct Outcome: Sendable {
  package var steps: [StepResult]
  package var values: Values

  /// The one number, where no axis is left and it is defined.
  package var scalar: Double? { values.axes.isEmpty ? values.cells.first ?? nil : nil }
}

/// What one step of a chain did, in values; whoever shows it finds the words.
package struct StepResult: Hashable, Sendable {
  package var step: Chain.Step
  /// What a mean divided by; `nil` where nothing is divided.
  package var divisor: Divisor?
  /// The axes left, each with its size; pixels are counted over all images. Empty at the end.
  package var left: [Axis: Int]
  /// The value, as soon as the pixels are gone: one where nothing is left.
  package var value: Double?
  /// One a class where only the class axis is left.
  package var classValues: [Double?]?
  /// The smallest and largest value, where a table is left.
  package var lowest: Double?
  package var highest: Double?

  /// The range of the values; both ends are the one value where nothing is left.
  package var range: (lowest: Double, highest: Double)? {
    if let value { return (value, value) }
    if let lowest, let highest { return (lowest, highest) }
    return nil
  }
}

/// What a mean divides by: a number of terms, or a sum of weights.
package enum Divisor: Hashable, Sendable {
  /// The terms along these axes.
  case terms(Amount, of: AxisSet)
  /// The class's own pixels.
  case ownPixels(Amount)
  case weights(Chain.Weight, Amount)
  /// Own pixels and all others, half each.
  case halves
  /// The number of classes that a pixel has, which differs from pixel to pixel.
  case classesOfPixel

  /// The least and the most where it differs from place to place.
  package struct Amount: Hashable, Sendable {
    package var least: Double
    package var most: Double

    package init(least: Double, most: Double) {
      self.least = least
      self.most = most
    }
  }
}

/// Values at the axes that are left; `nil` is a value that does not exist.
package struct Values: Sendable {
  package var axes: AxisSet
  package var groups: [Layout.Group]
  /// 1 where the class axis is gone.
  package var classes: Int
  /// Group by group, class by class: `groups.count * classes` of them.
  package var cells: Cells

  package init(axes: AxisSet, groups: [Layout.Group], classes: Int, cells: Cells) {
    self.axes = axes
    self.groups = groups
    self.classes = classes
    self.cells = cells
  }
}
