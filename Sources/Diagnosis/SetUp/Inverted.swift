internal import Core
internal import Pages
internal import Tables

/// Planes or masks that say where a class is not: white and black exchanged, 1 − p, the other channel
/// of two.
extension SetUp {
  var inverted: [SetUpFault] {
    guard !scheme.areClassesExclusive, !images.isEmpty else { return [] }
    let judged = overlaps.indices.filter { overlaps[$0].truth > 0 && overlaps[$0].predicted > 0 }
    let found = judged.filter { overlaps[$0].isBetterInverted }
    let all = found.reduce(Overlap.zero) { $0 + overlaps[$1] }
    guard found.count * 2 > judged.count, let now = all.iou else { return [] }
    // Classes that lie beside each other cannot have more than all pixels together.
    let image = all.pixels / found.count
    let areTruths = all.truth > image && all.predicted <= image
    guard let then = (areTruths ? all.invertedTruth : all.inverted).iou else { return [] }
    let list = listed(found.map { "\(name: names[$0])" })
    let unless: Line =
      areTruths || all.predicted > all.truth
      ? ""
      : "; or it is the truth, which has \(percent: Double(all.truth) / Double(all.pixels)) of the pixels"
    return [
      SetUpFault(
        .inverted, .error,
        areTruths
          ? "the truth of \(list) is inverted" : "the predictions of \(list) are inverted",
        "Their IoU over all images is \(now), and it is \(then) if what is \(text: areTruths ? "true" : "predicted") is taken for what is not\(unless)",
        remedy: scheme.kind == .labels || areTruths
          ? "Save masks that are 0 where the class is not"
          : "Save the probability of the class and not that of its absence: 1 − p, or the largest level less the level; of logits, the opposite sign",
        numbers: ["iou": now, "iou_inverted": then])
    ]
  }
}

extension Overlap {
  /// Of what is not predicted.
  fileprivate var inverted: Overlap {
    Overlap(both: onlyTrue, onlyTrue: both, onlyPredicted: neither, neither: onlyPredicted)
  }

  /// Of what is not true.
  fileprivate var invertedTruth: Overlap {
    Overlap(both: onlyPredicted, onlyTrue: neither, onlyPredicted: both, neither: onlyTrue)
  }

  fileprivate var iou: Double? { union > 0 ? Double(both) / Double(union) : nil }

  /// By far, and nearer to 1 than to the class everywhere.
  fileprivate var isBetterInverted: Bool {
    guard let now = iou, let then = inverted.iou, pixels > 0 else { return false }
    let everywhere = Double(truth) / Double(pixels)
    return then > now + 0.25 && then > (1 + everywhere) / 2
  }
}
