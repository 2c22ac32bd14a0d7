internal import Core
internal import Pages
internal import Tables

/// A listed class that no truth has: its score is 0 or does not exist, whatever the model does.
extension SetUp {
  var absentFromTruth: [SetUpFault] {
    let absent = classesWithoutTruth
    guard !images.isEmpty, !absent.isEmpty, maskOfOne.isEmpty else { return [] }
    let named = absent.compactMap { c in void(takenFor: c).map { (c, $0) } }
    // Those first that are predicted: the others say nothing at all.
    let rest = absent.filter { c in !named.contains { $0.0 == c } }
      .sorted { overlaps[$0].onlyPredicted > overlaps[$1].onlyPredicted }
    return named.map { c, void in
      SetUpFault(
        .absentFromTruth, .warning,
        "\(name: names[c]) is in no truth: ignored label \(Int(void.label)) may be it",
        "No counted pixel is truly \(name: names[c]), and \(count: overlaps[c].onlyPredicted, "pixel") are predicted as it. The ignored label \(Int(void.label)) makes \(percent: void.share) of the truth that was looked at\(taken(void, by: names[c]))",
        remedy: scheme.ignored.labels == [void.label]
          ? "If it is the class, take `ignore` out and write"
          : "If it is the class, take it out of `ignore` and write",
        lines: [
          "{name: \(yamlText(classes.entries[c].name)), value: \(value(of: void, for: c))}"
        ],
        numbers: ["ignored_share": void.share].merging(
          void.taken.map { ["taken_share": $0] } ?? [:]
        ) { own, _ in own })
    }
      + (rest.isEmpty
        ? []
        : [
          SetUpFault(
            .absentFromTruth, hasOneClassOfMany ? .error : .warning,
            "\(listed(rest.map { "\(name: names[$0])" })) \(text: rest.count == 1 ? "is" : "are") in no truth",
            "No counted pixel of \(count: images.count, "image") is truly \(listed(rest.map { "\(name: names[$0])" }))\(predicted(rest)). A mean over classes counts \(text: rest.count == 1 ? "it" : "them") as 0 or leaves \(text: rest.count == 1 ? "it" : "them") out, which says nothing of the model",
            remedy: hasOneClassOfMany
              ? "Look first why the other images could not be used: it may be what their labels mean"
              : "Look whether the class list has the truth's numbers; a class that these images really lack can be taken out of the list",
            numbers: ["classes": Double(rest.count)])
        ])
  }

  /// But for a first one that is there under its own number.
  var classesWithoutTruth: [Int] {
    overlaps.indices.filter { overlaps[$0].truth == 0 && !($0 == 0 && startsAtOne) }
  }

  /// Whether the truth of what could be used is one class, and other images could not be used.
  private var hasOneClassOfMany: Bool {
    scheme.kind == .labels && classes.count > 2 && !measurements.evidence.problems.isEmpty
      && overlaps.count { $0.truth > 0 } == 1
  }

  private func predicted(_ absent: [Int]) -> Line {
    let there = absent.filter { overlaps[$0].onlyPredicted > 0 }
    let pixels = there.reduce(0) { $0 + overlaps[$1].onlyPredicted }
    let of: Line =
      there.count < absent.count ? " as \(there.count) of them, the first of these" : " so"
    return pixels > 0 ? ", and \(count: pixels, "pixel") are predicted\(of)" : ""
  }
}
