internal import Core

/// `decode.threshold`: one for all classes, or some of them with their own.
struct Thresholds: Sendable {
  /// Of the classes that have none of their own.
  var all = 0.5
  fileprivate var listed: [Double]?
  fileprivate var named: [Named<Double>] = []
  fileprivate var setting: Setting?
}

extension ValueTypes {
  /// `0.4`, `[0.4, 0.5]` or `{pole: 0.3}`.
  static let thresholds: ValueType<Thresholds> = either(
    threshold.map { Thresholds(all: $0) }, if: \.isScalar,
    or: either(
      list(of: threshold).then { thresholds, setting, _ in
        Thresholds(listed: thresholds, setting: setting)
      }, if: \.isList,
      or: mapping(of: threshold, by: "class").then { thresholds, setting, _ in
        Thresholds(named: thresholds, setting: setting)
      })
  ).called("a number from 0 to 1, a list of them, one a class, or `{class: number}`")

  private static let threshold = number(in: 0...1, "a number from 0 to 1") {
    ("\(shortest($0)) is no probability", "write a number from 0 to 1")
  }
}

extension Thresholds {
  /// One a class, in order.
  func each(of classes: ClassList, areExclusive: Bool) throws(Problem) -> [Double] {
    guard let setting else { return .init(repeating: all, count: classes.count) }
    if areExclusive {
      throw setting.problem(
        "a pixel has one class here, the most probable, and nothing is cut",
        remedy: "take it out, or say activation: sigmoid if classes may overlap")
    }
    if let listed {
      guard listed.count == classes.count else {
        throw setting.problem(
          "\(listed.count) thresholds for \(classes.count) classes", remedy: "write one a class")
      }
      return listed
    }
    let names = Set(classes.names)
    if let foreign = named.map(\.name).sorted().first(where: { !names.contains($0) }) {
      throw setting.problem(
        "no class is called '\(printable(foreign))'", remedy: "the keys are class names")
    }
    let byName = Dictionary(named.map { ($0.name, $0.value) }) { first, _ in first }
    return classes.names.map { byName[$0] ?? all }
  }
}
