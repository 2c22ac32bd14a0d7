package import Core

/// Palettes of a side that hold the same colours in another order from file to file, as the programs
/// write them that number classes anew in each image: an index means another class in each.
package struct ReorderedPalettes: Sendable {
  /// A colour with two indices, and where.
  package var color: ClassList.Color
  package var first: Place
  package var then: Place
  /// For each file that was looked at what each index shows that occurs.
  package var palettes: [String: [Int64: ClassList.Color]]

  package typealias Place = (file: String, index: Int64)

  /// All colours that occur, in order.
  package var colors: [ClassList.Color] { Set(palettes.values.flatMap(\.values)).sorted() }

  /// - Parameters:
  ///   - classOf: for colours the class, as its place in the list, on which they lie.
  package func problem(
    on side: Side, _ scheme: Scheme, classOf: [ClassList.Color: Int]
  ) -> Problem {
    Problem(
      "its palette has the colours in another order than that of \(printable(first.file)): \(color.text) is \(then.index) here and \(first.index) there, so the numbers mean other classes from file to file",
      at: .file(then.file),
      remedy:
        "\(classOf.isEmpty ? template(for: scheme.classes, side) : list(scheme, classOf)); if the numbers are right all the same say palette: {\(side.rawValue): index}"
    )
  }

  /// Where nothing tells which colour is which class.
  private func template(for classes: ClassList, _ side: Side) -> String {
    let some = colors.prefix(20).map(\.text) + (colors.count > 20 ? ["…"] : [])
    let entry = classes.entries.first ?? ClassList.Entry(name: "road", value: 0)
    return
      "give each class its colour, and the colours are read: classes: [{name: \(yamlText(entry.name)), value: \(entry.labels[side].first ?? 0), color: [R, G, B]}, …]; there are \(some.joined(separator: ", "))"
  }

  private func list(_ scheme: Scheme, _ classOf: [ClassList.Color: Int]) -> String {
    let items = scheme.classes.entries.enumerated().map { c, entry in
      let own = colors.filter { classOf[$0] == c }.map(\.text)
      let color = own.isEmpty ? "" : ", color: \(own[0])"
      return "{name: \(yamlText(entry.name)), value: \(yamlText(entry.labels))\(color)}"
    }
    let rest = colors.filter { classOf[$0] == nil }.map(\.text)
    let ignored = scheme.ignored.labels.map(String.init) + rest
    let left =
      rest.isEmpty
      ? ""
      : ", and where \(rest.joined(separator: ", ")), which \(rest.count == 1 ? "is" : "are") left, \(rest.count == 1 ? "is" : "are") void, ignore: [\(ignored.joined(separator: ", "))]"
    return
      "read the colours, each for the class on which it lies in the images that were looked at: classes: [\(items.joined(separator: ", "))]\(left)"
  }
}
