internal import Core
internal import Pages
internal import Tables

/// A class that is true somewhere and whose plane is never above the threshold anywhere.
extension SetUp {
  var neverPredicted: [SetUpFault] {
    guard scheme.kind != .labels, !images.isEmpty, unusedLevels.isEmpty else { return [] }
    let overlaps = measurements.overlaps
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
}
