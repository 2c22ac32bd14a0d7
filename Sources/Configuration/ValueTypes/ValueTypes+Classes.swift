internal import Core

/// `decode.classes`: the classes, and where each stands in the file.
struct ListedClasses: Sendable {
  /// Without what other keys say of them: colours, weights.
  var list: ClassList
  var setting: Setting
}

extension ValueTypes {
  /// Names, or `{name: car, value: 26, color: [0, 0, 142]}`.
  static let classes: ValueType<ListedClasses> = list(of: listedClass)
    .then { items, setting, mistakes in
      var classes = ListedClasses(list: ClassList([]), setting: setting)
      for (place, item) in items.enumerated() {
        let entry = ClassList.Entry(
          name: item.name, value: item.value ?? Int64(place), color: item.color)
        mistakes.noting { () throws(Problem) in
          try classes.list.expectNew(entry, item.setting)
          classes.list.entries.append(entry)
        }
      }
      guard !items.isEmpty, items.count <= ClassList.most else {
        mistakes.note(
          setting.problem(
            "\(Figure.count(items.count, "class", "classes")) listed",
            remedy: "list between 1 and 65,533"))
        return nil
      }
      return classes.list.count == items.count ? classes : nil
    }
    .called("a list of names, or of `{name, value, color}`", ["minItems": 1.0])
}

/// One item of the list.
struct ListedClass: Sendable {
  var name: String
  var value: Int64?
  var color: ClassList.Color?
  var setting: Setting
}

extension ValueTypes {
  fileprivate static let listedClass: ValueType<ListedClass> = either(
    section(Keys.Class()).then { keys, setting, _ in
      guard let name = keys.name, let value = keys.value, let color = keys.color else { return nil }
      return ListedClass(name: name, value: value.map(Int64.init), color: color, setting: setting)
    }, if: \.isMapping,
    or: text.then { name, setting, _ in ListedClass(name: name, setting: setting) })
}

extension ClassList {
  /// That a class can be told apart from those before it, and written into a table and a path.
  fileprivate func expectNew(_ entry: Entry, _ item: Setting) throws(Problem) {
    if let first = entry.name.first, "=+-@\t\r".contains(first) {
      throw item.problem(
        "'\(printable(entry.name))' begins with '\(printable(String(first)))', which a spreadsheet takes for a formula",
        remedy: "give the class another name")
    }
    if entry.name.contains("/") {
      throw item.problem(
        "'\(printable(entry.name))' contains '/'", remedy: "give the class another name")
    }
    if entries.contains(where: { $0.name == entry.name }) {
      throw item.problem("the class '\(printable(entry.name))' is listed twice", remedy: "keep one")
    }
    if let other = entries.first(where: { $0.value == entry.value }) {
      throw item.problem(
        "'\(printable(entry.name))' and '\(printable(other.name))' both have the value \(entry.value)",
        remedy: "give every class its own; without 'value' it is the place in the list, from 0")
    }
  }
}
