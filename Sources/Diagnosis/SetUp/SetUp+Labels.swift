internal import Core

// What the numbers of both sides are by the configuration: labels, and the classes that have them.
extension SetUp {
  /// Labels of the truth and what is predicted there, without numbers that stand for nothing; planes
  /// are their places.
  var labels: [LabelPairs.Entry] {
    glance.labels.entries.compactMap { entry in
      guard let truth = scheme.coding.truth.label(of: entry.truth) else { return nil }
      let predicted =
        scheme.kind == .labels
        ? scheme.coding.predictions.label(of: entry.predicted) : entry.predicted
      return predicted.map { LabelPairs.Entry(truth: truth, predicted: $0, count: entry.count) }
    }
  }

  /// Whether a label of the truth is a class.
  func isClass(_ label: Int64) -> Bool { classes.entry(of: label, on: .truth) != nil }

  /// All labels of the class whose first this is on a side.
  func all(_ label: Int64, on side: Side) -> [Int64] {
    classes.entries.first { $0.labels[side].first == label }?.labels[side] ?? [label]
  }

  /// `ignore` with some labels more or less, also where the class list brought it, which it does not
  /// once the classes are written out.
  func ignoreLine(adding more: [Int64] = [], without labels: [Int64] = []) -> String {
    let ignored = Scheme.Ignored(
      labels: Set(scheme.ignored.labels).union(more).subtracting(labels),
      unlisted: scheme.ignored.unlisted,
      // Where numbers were read, colours stand for nothing.
      colors: glance.labels.isEmpty ? Set(scheme.ignored.colors) : [])
    return yamlText(ignored).map { "ignore: \($0)" } ?? "# without ignore"
  }
}
