internal import Core

/// One number a class, as a list or by name.
struct ClassNumbers: Sendable {
  fileprivate var listed: [Double]?
  fileprivate var named: [Named<Double>] = []
  fileprivate var setting: Setting
}

extension ValueTypes {
  /// `[1, 1, 1000]`, or `{pole: 1000}`.
  static let classWeights = classNumbers(of: weight)
    .called("a list of numbers from 0, one a class, or `{class: number, else: number}`")

  static func classNumbers(of number: ValueType<Double>) -> ValueType<ClassNumbers> {
    either(
      list(of: number).then { numbers, setting, _ in
        ClassNumbers(listed: numbers, setting: setting)
      }, if: \.isList,
      or: mapping(of: number, by: "class").then { numbers, setting, _ in
        ClassNumbers(named: numbers, setting: setting)
      })
  }
}

extension ClassNumbers {
  /// What stands for all classes that are not named.
  private static let others = "else"

  /// Those of `classes`, in their order; a class that is not named has `standard`.
  ///
  /// - Parameter what: what the numbers are, in the plural.
  /// - Throws: Problem: there are not as many as classes, or a name is no class.
  func each(
    of classes: ClassList, otherwise standard: Double, called what: String
  ) throws(Problem) -> [Double] {
    if let listed {
      guard listed.count == classes.count else {
        throw setting.problem(
          "\(listed.count) \(what) for \(classes.count) classes", remedy: "write one a class")
      }
      return listed
    }
    let names = Set(classes.names)
    if let foreign = named.map(\.name).sorted().first(where: {
      !names.contains($0) && $0 != ClassNumbers.others
    }) {
      throw setting.problem(
        "no class is called '\(printable(foreign))'", remedy: "the keys are class names")
    }
    let byName = Dictionary(named.map { ($0.name, $0.value) }) { first, _ in first }
    let rest = names.contains(ClassNumbers.others) ? nil : byName[ClassNumbers.others]
    return classes.names.map { byName[$0] ?? rest ?? standard }
  }

  /// What the classes weigh; one that is not named counts 1.
  ///
  /// - Throws: Problem: there are not as many as classes, or a name is no class.
  func weights(of classes: ClassList) throws(Problem) -> [Double] {
    try each(of: classes, otherwise: 1, called: "weights")
  }
}
