internal import Core
internal import Pages
internal import Tables

/// A class that is true somewhere, predicted nowhere, and taken for one other class: its label was
/// lost on the way, or the model has one class for both.
extension SetUp {
  var mergedClasses: [SetUpFault] {
    guard scheme.kind == .labels, scheme.areClassesExclusive else { return [] }
    let found = overlaps.indices.compactMap { c -> (c: Int, other: Int, share: Double)? in
      guard overlaps[c].truth > 0, overlaps[c].predicted == 0 else { return nil }
      var most = (other: c, count: 0)
      confusion.forEachPrediction(ofTruth: c) { predicted, count in
        if predicted < names.count, count > most.count { most = (predicted, count) }
      }
      let share = Double(most.count) / Double(overlaps[c].truth)
      return share > SetUp.mostOfIt ? (c, most.other, share) : nil
    }
    guard !found.isEmpty else { return [] }
    let pairs = found.map {
      "\(name: names[$0.c]) as \(name: names[$0.other]) (\(percent: $0.share))" as Line
    }
    return [
      SetUpFault(
        .mergedClasses, .warning,
        "no pixel is predicted as \(listed(found.map { "\(name: names[$0.c])" }))",
        "No pixel is predicted as \(listed(found.map { "\(name: names[$0.c])" })): what truly is one is predicted as another class, \(listed(pairs))",
        remedy:
          "Look at the labels of a prediction file: a tool that resized, recoloured or re-encoded it may have merged two labels. If the model has one class for both, give both truth labels to it: `{name: road, value: {truth: [7, 8], predictions: 0}}`",
        numbers: ["classes": Double(found.count)])
    ]
  }

  /// More of a class's pixels than a poor model takes for one other class by chance.
  private static let mostOfIt = 0.8
}
