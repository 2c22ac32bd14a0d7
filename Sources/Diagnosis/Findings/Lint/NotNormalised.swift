internal import Core
internal import Counting
internal import Pages
internal import Tables

/// Probabilities of exclusive classes that do not sum to 1.
///
/// Only their mean over all pixels is known. A mean that is not 1 proves the fault; one that is
/// proves nothing.
extension Examination {
  var notNormalised: [Finding] {
    guard measurements.scheme.areClassesExclusive, let sum = meanSum else { return [] }
    // Levels are rounded, or cut off, by up to one step in each plane.
    let steps = measurements.evidence.levels?.kind == .bits8 ? Double(names.count) / 255 : 0
    guard (sum - 1).magnitude > 0.01 + steps else { return [] }
    return [
      Finding(
        .notNormalised,
        "A pixel's probabilities sum to \(sum) on average, and those of classes that exclude each other must sum to 1",
        remedy: sum > 1
          ? "If each class has its own sigmoid, the classes are independent; if these are logits, say so"
          : "A class may be missing from the list, as the background often is",
        snippet: sum > 1 ? .setting("activation: sigmoid") : nil, numbers: ["mean_sum": sum])
    ]
  }

  /// Over the pixels that count, from the levels of the planes or the soft sums; `nil` where
  /// neither was counted.
  private var meanSum: Double? {
    if let levels = measurements.evidence.levels {
      let scale = LevelScale(levels.kind)
      let means = levels.classes.compactMap { LevelCurve($0, on: scale).meanProbability }
      return means.count == names.count ? means.reduce(0, +) : nil
    }
    let images = measurements.images
    let pixels = images.reduce(0) { $0 + $1.tally.pixels }
    let sum = images.reduce(ExactSum.zero) { sum, image in
      image.tally.classes.reduce(sum) { $0 + $1.soft.predicted }
    }
    return pixels > 0 && sum.units > 0 ? Double(sum) / Double(pixels) : nil
  }
}

extension LevelCurve {
  /// Each pixel in the middle of its level; `nil` without pixels.
  fileprivate var meanProbability: Double? {
    let pixels = counts.ownPixels + counts.otherPixels
    guard pixels > 0 else { return nil }
    let sum = (0..<counts.levels).reduce(0.0) { sum, level in
      let count = counts.own[level] + counts.other[level]
      guard count > 0 else { return sum }
      let range = scale.probabilities(of: level)
      return sum + Double(count) * (range.lowerBound + range.upperBound) / 2
    }
    return sum / Double(pixels)
  }
}
