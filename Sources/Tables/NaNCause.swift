package import Core
internal import Counting

/// Why a chain with `else nan` has no value: the first group of images that has none.
package struct NaNCause: Hashable, Sendable {
  /// `batch`, `image`, `class`
  package var axis: Axis
  /// How many groups have no value, and how many there are.
  package var undefined: Int
  package var groups: Int
  /// The first of them, from 1.
  package var first: Int
  /// Its images, or the class.
  package var names: [String]
  /// The class that has none there, where images or batches have a value for each.
  package var className: String?
}

extension Measurements {
  /// `nil` where no such chain of the formula lacks a term.
  package func nanCause(of formula: Formula) -> NaNCause? {
    // What the framework prints then is not what the chain says.
    if let exception = exception(to: formula), exception.prints != .nan { return nil }
    for gauge in formula.gauges {
      let chain = gauge.chain.appending(formula.rest)
      let isNaN = chain.steps.firstIndex(where: \.isUndefinedWithAny)
      guard let place = isNaN ?? chain.steps.firstIndex(where: \.isMeanOfBatches) else { continue }
      var before = chain
      before.steps = Array(chain.steps[..<place])
      let table = table(of: gauge.measure, byTile: chain.axes.contains(.tile))
      let values = table.reduced(by: before).values
      // A mean that leaves out what does not exist has nothing left.
      if isNaN == nil, values.cells.contains(where: { $0 != nil }) { continue }
      if let cause = cause(in: values, taking: chain.steps[place].axes, table.layout) {
        return cause
      }
    }
    return nil
  }

  private func cause(in values: Values, taking axes: [Axis], _ layout: Layout) -> NaNCause? {
    let undefined = values.cells.indices.filter { values.cells[$0] == nil }
    guard let first = undefined.first, let axis = axes.first else { return nil }
    let classes = max(1, values.classes)
    let className = evidence.classes.names[first % classes]
    if axis == .class {
      return NaNCause(
        axis: axis, undefined: undefined.count, groups: values.cells.count, first: first + 1,
        names: [className])
    }
    let names = Set(values.groups[first / classes].places.map { layout.places[$0].image })
      .sorted().compactMap { index in images.first { $0.index == index }?.name }
    return NaNCause(
      axis: axis, undefined: Set(undefined.map { $0 / classes }).count,
      groups: values.cells.count / classes, first: first / classes + 1, names: names,
      className: classes > 1 ? className : nil)
  }
}

extension Chain.Step {
  /// Of batches alone, without anything in the place of what does not exist.
  fileprivate var isMeanOfBatches: Bool {
    if case .reduce(let step) = self {
      step.operation == .mean && step.axes == [.batch] && step.substitute == nil
    } else {
      false
    }
  }

  fileprivate var isUndefinedWithAny: Bool {
    if case .reduce(let step) = self { step.isUndefinedWithAny } else { false }
  }
}
