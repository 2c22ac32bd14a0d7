internal import Core
internal import Pages

/// How a poor class fails: on its own pixels or on the others.
extension Examination {
  var polarity: [Finding] {
    poor.prefix(Examination.mostClasses).compactMap { c in
      let found = diagnosis.classes[c]
      if let own = found.loss?.positive, let other = found.loss?.negative {
        return lossFinding(c, own: own, other: other)
      }
      return decisionFinding(c)
    }
  }

  /// `nil` where neither is a multiple of the other.
  private func lossFinding(_ c: Int, own: Double, other: Double) -> Finding? {
    guard own > 0, other > 0, own >= 3 * other || other >= 3 * own else { return nil }
    let overlap = overlaps[c]
    let (positives, negatives) = (Double(overlap.truth), Double(overlap.pixels - overlap.truth))
    let carried = own * positives / (own * positives + other * negatives)
    let numbers = ["loss_own": own, "loss_other": other, "own_share_of_loss": carried]
    if own > other {
      return Finding(
        .polarity, of: diagnosis.classes[c].name, about: .name(names[c]),
        "its loss is \(own) on its own pixels and \(other) on all others, \(own / other) times as much; its own are \(percent: positives / Double(overlap.pixels)) of the pixels and carry \(percent: carried) of its loss",
        remedy: "It is missed rather than invented: give its own pixels more weight in training",
        numbers: numbers)
    }
    return Finding(
      .polarity, of: diagnosis.classes[c].name, about: .name(names[c]),
      "its loss is \(other) on pixels that are not it and \(own) on its own, \(other / own) times as much",
      remedy: "It is invented rather than missed: look at where it is predicted",
      numbers: numbers)
  }

  private func decisionFinding(_ c: Int) -> Finding? {
    let overlap = overlaps[c]
    guard overlap.truth > 0 else { return nil }
    let missed = Double(overlap.onlyTrue) / Double(overlap.truth)
    let invented =
      overlap.predicted > 0 ? Double(overlap.onlyPredicted) / Double(overlap.predicted) : nil
    let second: Line =
      invented.map { "\(percent: $0) of what is predicted as it is something else" }
      ?? "it is never predicted"
    return Finding(
      .polarity, of: diagnosis.classes[c].name, about: .name(names[c]),
      "\(percent: missed) of its pixels are missed, and \(second)",
      remedy: missed >= (invented ?? 0)
        ? "It is missed rather than invented: give its own pixels more weight in training"
        : "It is invented rather than missed: look at where it is predicted",
      numbers: ["missed_share": missed, "invented_share": invented])
  }
}
