internal import Core
internal import Pages
internal import Tables

/// A truth that tells one class from all else, in a run of several classes.
extension SetUp {
  var maskOfOne: [SetUpFault] {
    let absent = classesWithoutTruth
    guard absent.count == classes.count - 1, classes.count > 2, scheme.kind == .labels,
      let (c, void) = absent.lazy.compactMap({ c in void(takenFor: c).map { (c, $0) } }).first,
      void.stray == nil
    else { return [] }
    return [maskOfOne(bestClass(for: void, of: absent) ?? c, void)]
  }

  /// The class whose predictions fit the label best: of a small object the largest part may be
  /// predicted as what surrounds it.
  ///
  /// - Parameter absent: the classes that the truth does not have by another label.
  private func bestClass(for void: Void, of absent: [Int]) -> Int? {
    func count(_ isMet: (LabelPairs.Entry) -> Bool) -> Int {
      labels.filter(isMet).reduce(0) { $0 + $1.count }
    }
    func iou(_ c: Int) -> Double {
      let own = classes.entries[c].labels.predictions
      let both = count { $0.truth == void.label && own.contains($0.predicted) }
      let union = count { $0.truth == void.label || own.contains($0.predicted) }
      return union > 0 ? Double(both) / Double(union) : 0
    }
    return absent.max { (iou($0), $1) < (iou($1), $0) }
  }

  private func maskOfOne(_ c: Int, _ void: Void) -> SetUpFault {
    let others = classes.entries.indices.filter { $0 != c }
    let truth = classes.entries.filter {
      $0.labels.truth.contains { label in
        labels.contains { $0.truth == label }
      }
    }.flatMap(\.labels.truth)
    let predictions = others.flatMap { classes.entries[$0].labels.predictions }.sorted()
    let own = classes.entries[c].labels.predictions
    let left = scheme.ignored.labels.filter { $0 != void.label }
    return SetUpFault(
      .absentFromTruth, .error,
      "the truth is the mask of one class, and the list has \(classes.count)",
      "It has the label \(text: yamlText(truth)) and the ignored label \(Int(void.label)), \(percent: void.share) of what was looked at, which \(name: names[c]) fits best; of the other classes it says nothing",
      remedy: left.isEmpty && !scheme.ignored.unlisted
        ? "Say so under `decode`, and take `ignore` out" : "Say so under `decode`",
      lines: [
        "classes:",
        "  - {name: rest, value: {truth: \(yamlText(truth)), predictions: \(yamlText(predictions))}}",
        "  - {name: \(yamlText(classes.entries[c].name)), value: {truth: \(void.label), predictions: \(yamlText(own))}}",
        ignoreLine(without: [void.label]),
      ], numbers: ["ignored_share": void.share])
  }
}
