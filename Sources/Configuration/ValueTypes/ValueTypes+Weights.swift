internal import Core

/// One number a class, as a list or by name; a class that is not named counts 1.
struct ClassWeights: Sendable {
  fileprivate var listed: [Double]?
  fileprivate var named: [Named<Double>] = []
  fileprivate var setting: Setting
}

extension ValueTypes {
  /// `[1, 1, 1000]`, or `{pole: 1000}`.
  static let classWeights: ValueType<ClassWeights> = either(
    list(of: weight).then { weights, setting, _ in
      ClassWeights(listed: weights, setting: setting)
    }, if: \.isList,
    or: mapping(of: weight, by: "class").then { weights, setting, _ in
      ClassWeights(named: weights, setting: setting)
    }
  ).called("a list of numbers from 0, one a class, or `{class: number}`")
}

extension ClassWeights {
  /// The weights of `classes`, in their order.
  func weights(of classes: ClassList) throws(Problem) -> [Double] {
    if let listed {
      guard listed.count == classes.count else {
        throw setting.problem(
          "\(listed.count) weights for \(classes.count) classes", remedy: "write one a class")
      }
      return listed
    }
    let names = Set(classes.names)
    if let foreign = named.map(\.name).sorted().first(where: { !names.contains($0) }) {
      throw setting.problem(
        "no class is called '\(printable(foreign))'", remedy: "the keys are class names")
    }
    let byName = Dictionary(named.map { ($0.name, $0.value) }) { first, _ in first }
    return classes.names.map { byName[$0] ?? 1 }
  }
}
