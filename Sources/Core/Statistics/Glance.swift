/// What a first look at an image shows of how its files were set up: numbers on a lattice of its
/// pixels, taken before they mean anything.
///
/// At most ``images`` images of a run have one. It holds counts and extremes only, so that those of
/// several images add up in any order.
package struct Glance: Statistic, Codable {
  /// Places of the lattice.
  package var pixels = 0
  /// The numbers that both sides hold there, before the class list gives them a meaning; empty where
  /// the truth has a file for each class.
  package var labels = LabelPairs()
  /// How often each plane of the truth meets each plane of the prediction, by their places; empty where
  /// classes exclude each other.
  package var planes = LabelPairs()
  /// For each way in which the prediction may be turned, how it then meets the truth; empty where
  /// the sides cannot be compared at all. The first is as it is.
  package var turned: [Turn: [TurnedClass]] = [:]
  /// Of planes of probabilities or logits.
  package var values = ValueRange()
  /// What stands where, in the order of the images; empty where there are very many classes.
  package var views: [ImageView] = []

  /// How many images of a run are looked at: pairs of neighbours, evenly spread over it, because files
  /// that were paired wrongly are mostly each other's neighbours.
  package static let images = 16

  package init() {}

  package static let zero = Glance()

  package static func + (a: Glance, b: Glance) -> Glance {
    var sum = Glance()
    sum.pixels = a.pixels + b.pixels
    sum.labels = a.labels + b.labels
    sum.planes = a.planes + b.planes
    // Ways that not all images can be turned are known of some only.
    sum.turned = a.turned.merging(b.turned) { zip($0, $1).map(+) }
    sum.values = a.values + b.values
    sum.views = (a.views + b.views).sorted()
    return sum
  }

  /// Whether the image at `index` of `count` is one of those that are looked at.
  package static func isTaken(_ index: Int, of count: Int) -> Bool {
    guard count > images else { return true }
    // The first index whose share of the run reaches the next eighth, and the one behind it.
    func isFirst(_ index: Int) -> Bool {
      index == 0 || index * (images / 2) / count != (index - 1) * (images / 2) / count
    }
    return isFirst(index) || index > 0 && isFirst(index - 1)
  }
}

/// How truth and a turned prediction of one class meet, on places of the lattice that count.
package struct TurnedClass: Statistic {
  package var both = 0
  package var truth = 0
  package var predicted = 0

  package init(both: Int = 0, truth: Int = 0, predicted: Int = 0) {
    self.both = both
    self.truth = truth
    self.predicted = predicted
  }

  package static let zero = TurnedClass()

  package static func + (a: TurnedClass, b: TurnedClass) -> TurnedClass {
    TurnedClass(
      both: a.both + b.both, truth: a.truth + b.truth, predicted: a.predicted + b.predicted)
  }

  package var iou: Double? {
    let union = truth + predicted - both
    return union > 0 ? Double(both) / Double(union) : nil
  }
}

/// How often each number of a truth map meets each number of a prediction.
package struct LabelPairs: Statistic {
  /// Sorted by truth and prediction; no count is 0.
  package private(set) var entries: [Entry]

  package struct Entry: Hashable, Sendable {
    package var truth: Int64
    package var predicted: Int64
    package var count: Int

    package init(truth: Int64, predicted: Int64, count: Int) {
      self.truth = truth
      self.predicted = predicted
      self.count = count
    }
  }

  package init(_ counts: [Pair: Int] = [:]) {
    entries = counts.filter { $0.value != 0 }
      .map { Entry(truth: $0.key.truth, predicted: $0.key.predicted, count: $0.value) }
      .sorted { ($0.truth, $0.predicted) < ($1.truth, $1.predicted) }
  }

  package struct Pair: Hashable, Sendable {
    package var truth: Int64
    package var predicted: Int64

    package init(truth: Int64, predicted: Int64) {
      self.truth = truth
      self.predicted = predicted
    }
  }

  package static let zero = LabelPairs()

  package static func + (a: LabelPairs, b: LabelPairs) -> LabelPairs {
    if a.entries.isEmpty { return b }
    if b.entries.isEmpty { return a }
    var counts: [Pair: Int] = [:]
    for entry in a.entries + b.entries {
      counts[Pair(truth: entry.truth, predicted: entry.predicted), default: 0] += entry.count
    }
    return LabelPairs(counts)
  }

  package var isEmpty: Bool { entries.isEmpty }
}

/// Between which numbers planes lie, and whether they look like probabilities.
package struct ValueRange: Statistic, Codable {
  /// Values that were looked at, of all classes.
  package var count = 0
  /// Values from 0 to 1.
  package var inUnit = 0
  /// Values that are 0 or 1.
  package var decided = 0
  /// Values that are 0.
  package var zeros = 0
  package var least: Double?
  package var most: Double?
  /// Pixels that were looked at.
  package var pixels = 0
  /// Those with no value of 0.99 or more, which would make any sum one, and of these those whose
  /// values of all classes sum to 1.
  package var open = 0
  package var summingToOne = 0
  /// Pixels without a value above 0 whose values are the logarithms of numbers that sum to 1.
  package var logarithms = 0
  /// Pixels whose values sum to 1 but for those that lie at the least value of their image, where that
  /// has very many.
  package var clippedSums = 0
  /// Over these pixels, the sum of all classes' values in millionths, each pixel's between −1000 and
  /// 1000.
  package var millionths = 0
  /// The highest level of the planes, 255 or 65,535; `nil` where they hold floats.
  package var levels: Int?
  /// Planes, and those that reach both ends of their levels in a few pixels only, as planes do
  /// that were stretched when they were saved.
  package var planes = 0
  package var stretched = 0

  package init() {}

  package static let zero = ValueRange()

  package static func + (a: ValueRange, b: ValueRange) -> ValueRange {
    var sum = ValueRange()
    sum.count = a.count + b.count
    sum.inUnit = a.inUnit + b.inUnit
    sum.decided = a.decided + b.decided
    sum.zeros = a.zeros + b.zeros
    sum.logarithms = a.logarithms + b.logarithms
    sum.clippedSums = a.clippedSums + b.clippedSums
    sum.least = [a.least, b.least].compactMap(\.self).min()
    sum.most = [a.most, b.most].compactMap(\.self).max()
    sum.pixels = a.pixels + b.pixels
    sum.open = a.open + b.open
    sum.summingToOne = a.summingToOne + b.summingToOne
    sum.millionths = a.millionths + b.millionths
    sum.levels = [a.levels, b.levels].compactMap(\.self).max()
    sum.planes = a.planes + b.planes
    sum.stretched = a.stretched + b.stretched
    return sum
  }

  /// What the values of a pixel sum to on average.
  package var meanSum: Double? {
    pixels > 0 ? Double(millionths) / Double(pixels) / 1_000_000 : nil
  }
}
