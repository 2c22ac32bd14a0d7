internal import Core
internal import Pages
internal import Tables

/// A listed class that no truth has: its score is 0 or does not exist, whatever the model does.
extension SetUp {
  var absentFromTruth: [SetUpFault] {
    let overlaps = measurements.overlaps
    let absent = overlaps.indices.filter { overlaps[$0].truth == 0 }
    guard !images.isEmpty, !absent.isEmpty else { return [] }
    let named = absent.compactMap { c in void(takenFor: c).map { (c, $0) } }
    let rest = absent.filter { c in !named.contains { $0.0 == c } }
    return named.map { c, void in
      SetUpFault(
        .absentFromTruth, .warning,
        "\(name: names[c]) is in no truth: ignored label \(Int(void.label)) may be it",
        "No counted pixel is truly \(name: names[c]), and \(count: overlaps[c].onlyPredicted, "pixel") are predicted as it. The ignored label \(Int(void.label)) makes \(percent: void.share) of the truth that was looked at, and \(percent: void.taken) of it is predicted as \(name: names[c])",
        remedy: scheme.ignored.labels == [void.label]
          ? "If it is the class, take `ignore` out and write"
          : "If it is the class, take it out of `ignore` and write",
        lines: [
          "{name: \(yamlText(classes.entries[c].name)), value: {truth: \(void.label), predictions: \(text(classes.entries[c].labels.predictions))}}"
        ],
        numbers: ["ignored_share": void.share, "taken_share": void.taken])
    }
      + (rest.isEmpty
        ? []
        : [
          SetUpFault(
            .absentFromTruth, .warning,
            "\(listed(rest.map { "\(name: names[$0])" })) \(text: rest.count == 1 ? "is" : "are") in no truth",
            "No counted pixel of \(count: images.count, "image") is truly \(listed(rest.map { "\(name: names[$0])" }))\(predicted(rest)). A mean over classes counts \(text: rest.count == 1 ? "it" : "them") as 0 or leaves \(text: rest.count == 1 ? "it" : "them") out, which says nothing of the model",
            remedy:
              "Look whether the class list has the truth's numbers; a class that these images really lack can be taken out of the list",
            numbers: ["classes": Double(rest.count)])
        ])
  }

  private func predicted(_ absent: [Int]) -> Line {
    let pixels = absent.reduce(0) { $0 + measurements.overlaps[$1].onlyPredicted }
    return pixels > 0 ? ", and \(count: pixels, "pixel") are predicted so" : ""
  }

  /// The ignored label that is mostly predicted as a class.
  private func void(takenFor c: Int) -> (label: Int64, share: Double, taken: Double)? {
    let values = scheme.kind == .labels ? classes.entries[c].labels.predictions : [Int64(c)]
    let all = labels.reduce(0) { $0 + $1.count }
    var found: [Int64: (all: Int, taken: Int)] = [:]
    for entry in labels where !isClass(entry.truth) {
      found[entry.truth, default: (0, 0)].all += entry.count
      if values.contains(entry.predicted) {
        found[entry.truth, default: (0, 0)].taken += entry.count
      }
    }
    return found.filter { $0.value.taken * 2 > $0.value.all }
      .max { ($0.value.taken, $1.key) < ($1.value.taken, $0.key) }
      .map {
        (
          $0.key, Double($0.value.all) / Double(all), Double($0.value.taken) / Double($0.value.all)
        )
      }
  }
}
