internal import Core
internal import Counting

extension LevelCurve {
  /// The threshold at which the class's IoU is best, and so is its Dice; none without own pixels.
  ///
  /// The threshold is one to be written into a configuration: the shortest decimal at which the
  /// IoU is surely within `tolerance` of the best. Of equally good ones it is the nearest to ½.
  package func bestDecision(within tolerance: Double = 0.0005) -> Decision? {
    guard let (edge, best) = bestEdge else { return nil }
    var digits = 10.0
    while digits <= 1e15 {
      let below = (edge * digits).rounded(.down)
      let candidates = [below / digits, (below + 1) / digits].filter { $0 < 1 }
      for threshold in candidates.sorted(by: { distance($0) < distance($1) }) {
        let decision = decision(above: threshold)
        let iou = Double(decision.worst.both) / Double(decision.worst.union)
        if iou >= best - tolerance { return decision }
      }
      digits *= 10
    }
    return decision(above: edge)
  }

  /// The best of the thresholds that lie between two levels, where each pixel's side is known.
  private var bestEdge: (threshold: Double, iou: Double)? {
    let own = counts.ownPixels
    guard own > 0 else { return nil }
    var best = (threshold: 0.5, iou: -1.0)
    var (found, wrong) = (0, 0)
    for level in stride(from: counts.levels - 2, through: 0, by: -1) {
      found += counts.own[level + 1]
      wrong += counts.other[level + 1]
      let iou = Double(found) / Double(own + wrong)
      if iou < best.iou { continue }
      let threshold = scale.probabilities(of: level).upperBound
      if iou > best.iou || distance(threshold) < distance(best.threshold) {
        best = (threshold, iou)
      }
    }
    return best
  }
}

private func distance(_ threshold: Double) -> Double { (threshold - 0.5).magnitude }
