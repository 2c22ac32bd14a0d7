internal import Core
internal import Pages
internal import Tables

/// A class that is true somewhere and predicted nowhere: its plane is never above the threshold, or what
/// the class list calls a class is where nothing was annotated.
extension SetUp {
  var neverPredicted: [SetUpFault] {
    guard !images.isEmpty else { return [] }
    return scheme.kind == .labels ? voidTakenForClass : planesBelowThreshold
  }

  private var planesBelowThreshold: [SetUpFault] {
    guard unusedLevels.isEmpty else { return [] }
    let never = overlaps.indices.filter { overlaps[$0].truth > 0 && overlaps[$0].predicted == 0 }
    guard !never.isEmpty else { return [] }
    let list = listed(never.map { "\(name: names[$0])" })
    let how: Line =
      scheme.areClassesExclusive
      ? "the most probable class"
      : scheme.threshold.map { "above \(exact: $0)" } ?? "above its threshold"
    return [
      SetUpFault(
        .neverPredicted, .warning,
        "\(list) \(text: never.count == 1 ? "is" : "are") predicted nowhere",
        "In \(count: images.count, "image") no pixel of \(list) is \(how)",
        remedy: scheme.areClassesExclusive
          ? "Look at the planes: it may be the channel of another class"
          : "Look at the planes: is this the channel of the class, and are these probabilities? A model that has learnt nothing of the class looks the same",
        numbers: ["classes": Double(never.count)])
    ]
  }

  /// A model may overlook a rare class, and not most of what there is.
  private var voidTakenForClass: [SetUpFault] {
    guard classes.count > 2, renumbered.isEmpty, unlistedPredictions.isEmpty else { return [] }
    return overlaps.indices.compactMap { c in
      let truth = overlaps[c].truth
      let isMost = truth * 2 > pixels
      // What is evaluated and not averaged is meant to be there.
      guard truth > 0, overlaps[c].predicted == 0, measurements.weighting.isAveraged[c],
        isMost || classes.entries[c].labels.truth == [255]
      else { return nil }
      let share = Double(truth) / Double(pixels)
      let labels = classes.entries[c].labels.truth
      return SetUpFault(
        .neverPredicted, isMost && images.count >= SetUp.fewestImages ? .error : .warning,
        "\(percent: share) of the truth is \(name: names[c]), which is predicted nowhere",
        "In \(count: images.count, "image") \(count: truth, "pixel") have the label \(text: yamlText(labels)) of \(name: names[c]), and none is predicted so: a model overlooks a rare class, but not this, so it may be where nothing was annotated",
        remedy: hasColors
          ? "If it is void it is no class: take it out of `classes`, and write"
          : "If it is void it is no class: write",
        lines: linesWithout(c), numbers: ["truth_share": share])
    }
  }

  /// The class list without a class, whose labels of the truth do not count.
  private func linesWithout(_ c: Int) -> [String] {
    let items = classes.entries.enumerated().filter { $0.offset != c }.map { _, entry in
      "  - {name: \(yamlText(entry.name)), value: \(yamlText(entry.labels))}"
    }
    return (hasColors ? [] : ["classes:"] + items) + [
      ignoreLine(adding: classes.entries[c].labels.truth)
    ]
  }

  private var hasColors: Bool { classes.entries.contains { !$0.colors.isEmpty } }
}
