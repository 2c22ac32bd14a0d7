internal import Core
internal import Counting

extension LevelCurve {
  /// Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds from the highest down, R the recall and P the precision;
  /// none without own pixels.
  ///
  /// As in scikit-learn `average_precision_score` and torchmetrics `BinaryAveragePrecision`. Pixels
  /// of one probability are one threshold.
  package var averagePrecision: Estimate? {
    let own = counts.ownPixels
    guard own > 0 else { return nil }
    var (low, high) = (0.0, 0.0)
    var (found, wrong) = (0, 0)
    for level in stride(from: counts.levels - 1, through: 0, by: -1) {
      let (a, n) = (counts.own[level], counts.other[level])
      if a > 0 {
        let isTied = isOneProbability(level)
        let atOnce = { Double(a) * precision(found + a, wrong + $0) }
        low += isTied ? atOnce(n) : oneByOne(a, after: found, among: wrong + n)
        // At best all own pixels of a bin come first, and at once: within it no precision is
        // higher than after the last of them.
        high += isTied ? atOnce(n) : atOnce(0)
      }
      found += a
      wrong += n
    }
    return Estimate(low: low / Double(own), high: high / Double(own))
  }

  /// The chance that an own pixel has a higher probability than another one, equal ones counted
  /// half; none without own pixels or without others.
  ///
  /// The area under the ROC curve of scikit-learn `roc_auc_score` and torchmetrics `BinaryAUROC`.
  package var areaUnderROC: Estimate? {
    let pairs = Int128(counts.ownPixels) * Int128(counts.otherPixels)
    guard pairs > 0 else { return nil }
    var (halves, undecided) = (Int128(0), Int128(0))
    var below = Int128(0)
    for level in 0..<counts.levels {
      let (a, n) = (Int128(counts.own[level]), Int128(counts.other[level]))
      halves += a * (2 * below + n)
      if a * n > 0, !isOneProbability(level) { undecided += a * n }
      below += n
    }
    let all = Double(2 * pairs)
    return Estimate(
      low: Double(halves - undecided) / all, high: Double(halves + undecided) / all)
  }
}

/// A lower bound of the precisions after each of `count` own pixels, added: the j-th is
/// (found + j) / (found + j + wrong), at worst with all others of the bin before it.
///
/// The term is concave in j, so it is at least its mean over j ± ½ (Hermite and Hadamard), and the
/// sum at least the integral from ½ to count + ½.
private func oneByOne(_ count: Int, after found: Int, among wrong: Int) -> Double {
  let (a, w) = (Double(count), Double(wrong))
  let start = Double(found) + 0.5 + w
  return max(0, a - w * log1p(Lanes(repeating: a / start))[0])
}

private func precision(_ found: Int, _ wrong: Int) -> Double {
  Double(found) / Double(found + wrong)
}
