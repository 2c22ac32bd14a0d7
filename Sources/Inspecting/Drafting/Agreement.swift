/// How often each label of the truth lies where each label is predicted, in a few images.
struct Agreement: Sendable {
  private(set) var counts: [Pair: Int] = [:]
  private(set) var images = 0
  /// An image whose sides have other sizes: its name and both sizes.
  private(set) var misfit: (image: String, truth: String, predictions: String)?

  struct Pair: Hashable, Sendable {
    var truth: Int64
    var predicted: Int64
  }

  init(of sides: FoundSides, classes: [String], most: Int = 8) {
    for place in evenly(sides.pairs.count, most: most) {
      let pair = sides.pairs[place]
      guard let truth = sides.truth.labels(of: pair.truth, classes: classes),
        let predicted = sides.predictions.labels(
          of: pair.predictions, classes: classes,
          like: sides.truth.form.files.first { $0.image == pair.truth }?.path)
      else { continue }
      guard (truth.width, truth.height) == (predicted.width, predicted.height) else {
        misfit =
          misfit
          ?? (
            pair.truth, "\(truth.width) × \(truth.height)",
            "\(predicted.width) × \(predicted.height)"
          )
        continue
      }
      for (t, p) in zip(truth.labels, predicted.labels) where t != LabelPlane.nothing {
        counts[Pair(truth: t, predicted: p), default: 0] += 1
      }
      images += 1
    }
  }

  /// The share of pixels whose labels mean the same class, of those that `reading` counts.
  ///
  /// - Parameter reading: what would be predicted at a true label if it were right; `nil` where the
  ///   pixel does not count.
  func share(_ reading: (Int64) -> Int64?) -> Double {
    var (right, all) = (0, 0)
    for (pair, count) in counts {
      guard let expected = reading(pair.truth) else { continue }
      all += count
      if expected == pair.predicted { right += count }
    }
    return all == 0 ? 0 : Double(right) / Double(all)
  }

  /// The same with other numbers for the truth's.
  func reading(_ label: (Int64) -> Int64) -> Agreement {
    var read = self
    read.counts = [:]
    for (pair, count) in counts {
      read.counts[Pair(truth: label(pair.truth), predicted: pair.predicted), default: 0] += count
    }
    return read
  }

  var truth: Set<Int64> { Set(counts.keys.map(\.truth)) }
  var predicted: Set<Int64> { Set(counts.keys.map(\.predicted)) }
}

/// At most so many places of a list, the first, the last and evenly spaced ones.
func evenly(_ count: Int, most: Int) -> [Int] {
  guard count > most, most > 1 else { return Array(0..<min(count, max(1, most))) }
  return (0..<most).map { $0 * (count - 1) / (most - 1) }
}
