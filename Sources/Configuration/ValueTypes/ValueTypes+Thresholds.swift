internal import Core

/// `decode.threshold`: one for all classes, or some of them with their own.
struct Thresholds: Sendable {
  /// Of the classes that have none of their own.
  var all = 0.5
  fileprivate var own: (numbers: ClassNumbers, setting: Setting)?
}

extension ValueTypes {
  /// `0.4`, `[0.4, 0.5]` or `{pole: 0.3}`.
  static let thresholds: ValueType<Thresholds> = either(
    threshold.map { Thresholds(all: $0) }, if: \.isScalar,
    or: classNumbers(of: threshold).then { numbers, setting, _ in
      Thresholds(own: (numbers, setting))
    }
  ).called("a number from 0 to 1, a list of them, one a class, or `{class: number}`")

  private static let threshold = number(in: 0...1, "a number from 0 to 1") {
    ("\(shortest($0)) is no probability", "write a number from 0 to 1")
  }
}

extension Thresholds {
  /// One a class, in order.
  ///
  /// - Throws: Problem: a pixel has one class, or the thresholds do not fit the classes.
  func each(of classes: ClassList, areExclusive: Bool) throws(Problem) -> [Double] {
    guard let own else { return .init(repeating: all, count: classes.count) }
    if areExclusive {
      throw own.setting.problem(
        "a pixel has one class here, the most probable, and nothing is cut",
        remedy: "take it out, or say activation: sigmoid if classes may overlap")
    }
    return try own.numbers.each(of: classes, otherwise: all, called: "thresholds")
  }
}
