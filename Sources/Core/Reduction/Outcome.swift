/// What a chain made of a run: every step, and the values that are left.
package struct Outcome: Sendable {
  package var steps: [StepResult]
  package var values: Values

  /// The one number, where no axis is left and it is defined.
  package var scalar: Double? { values.axes.isEmpty ? values.cells.first ?? nil : nil }
}

/// One line of a step table.
package struct StepResult: Hashable, Codable, Sendable {
  /// As the chain writes it.
  package var operation: String
  package var axes: [String]
  /// In words; `nil` where nothing is divided.
  package var dividesBy: String?
  /// The axes left, each with its size: `batch 3 x image 40 x class 5`; `scalar` at the end.
  package var shape: String
  /// The value, as soon as the pixels are gone: one where nothing is left.
  package var value: Double?
  /// One a class where only the class axis is left.
  package var classValues: [Double?]?
  /// The smallest and largest value, where a table is left.
  package var lowest: Double?
  package var highest: Double?
}

/// Values at the axes that are left; `nil` is a value that does not exist.
package struct Values: Sendable {
  package var axes: AxisSet
  package var groups: [Layout.Group]
  /// 1 where the class axis is gone.
  package var classes: Int
  /// Group by group, class by class.
  package var cells: Cells

  package init(axes: AxisSet, groups: [Layout.Group], classes: Int, cells: Cells) {
    self.axes = axes
    self.groups = groups
    self.classes = classes
    self.cells = cells
  }
}
