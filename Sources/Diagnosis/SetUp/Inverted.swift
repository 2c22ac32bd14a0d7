internal import Core
internal import Pages
internal import Tables

/// Planes or masks that say where a class is not: white and black exchanged, 1 − p, the other channel
/// of two.
extension SetUp {
  var inverted: [SetUpFault] {
    guard !scheme.areClassesExclusive, !images.isEmpty else { return [] }
    let overlaps = measurements.overlaps
    let judged = overlaps.indices.filter { overlaps[$0].truth > 0 && overlaps[$0].predicted > 0 }
    let found = judged.filter { overlaps[$0].isBetterInverted }
    let all = found.reduce(Overlap.zero) { $0 + overlaps[$1] }
    guard found.count * 2 > judged.count, let now = all.iou, let then = all.inverted.iou else {
      return []
    }
    let list = listed(found.map { "\(name: names[$0])" })
    return [
      SetUpFault(
        .inverted, .error, "the predictions of \(list) are inverted",
        "Their IoU over all images is \(now), and it is \(then) if what is predicted is taken for what is not",
        remedy: scheme.kind == .labels
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

  fileprivate var iou: Double? { union > 0 ? Double(both) / Double(union) : nil }

  /// By far, and nearer to 1 than to the class everywhere.
  fileprivate var isBetterInverted: Bool {
    guard let now = iou, let then = inverted.iou, pixels > 0 else { return false }
    let everywhere = Double(truth) / Double(pixels)
    return then > now + 0.25 && then > (1 + everywhere) / 2
  }
}
