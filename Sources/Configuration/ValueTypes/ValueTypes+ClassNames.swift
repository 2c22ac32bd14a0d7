internal import Core

/// Some of the classes, by name.
struct ClassNames: Sendable {
  fileprivate var names: [Named]
  fileprivate var setting: Setting

  fileprivate struct Named: Sendable {
    var name: String
    var setting: Setting
  }
}

extension ValueTypes {
  /// `background`, or `[background, other]`.
  static let classNames: ValueType<ClassNames> = either(
    list(of: className).then { names, setting, _ in ClassNames(names: names, setting: setting) },
    if: \.isList,
    or: className.then { name, setting, _ in ClassNames(names: [name], setting: setting) }
  ).called("the name of a class, or a list of them")

  private static let className: ValueType<ClassNames.Named> = text.then { name, setting, _ in
    ClassNames.Named(name: name, setting: setting)
  }
}

extension ClassNames {
  /// For each of `classes` whether it is named.
  ///
  /// - Throws: Problem: a name is no class, or no class is left.
  func areNamed(among classes: ClassList) throws(Problem) -> [Bool] {
    if let foreign = names.first(where: { !classes.names.contains($0.name) }) {
      throw foreign.setting.problem(
        "no class is called '\(printable(foreign.name))'",
        remedy: suggestion(for: foreign.name, among: classes.names, called: "the classes are"))
    }
    let named = classes.names.map { name in names.contains { $0.name == name } }
    guard named.contains(false) else {
      throw setting.problem(
        "no class is left to be averaged", remedy: "take at least one class out of the list")
    }
    return named
  }
}
