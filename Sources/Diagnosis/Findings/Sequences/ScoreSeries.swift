internal import Core
internal import Resampling

/// How images do beside one another, in an order: 0 is the middle, and their spread is 1.
///
/// Ranks are taken in place of scores, so that a few images that are far off cannot make a likeness.
struct ScoreSeries {
  /// The places of the images that have a score, in order, and what each has.
  private(set) var places: [Int]
  private(set) var values: [Double]

  /// - Parameter scores: `nil` for an image that has none.
  /// - Returns: `nil` for fewer than 20 scores, or if all are the same.
  init?(ranking scores: [Double?]) {
    let places = scores.indices.filter { scores[$0] != nil }
    let scores = scores.compactMap(\.self)
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var ranks = [Double](repeating: 0, count: scores.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, scores[order[last + 1]] == scores[order[first]] { last += 1 }
      // Equal scores share the middle of their ranks.
      for place in first...last { ranks[order[place]] = Double(first + last) / 2 }
      first = last + 1
    }
    self.init(places, ranks)
  }

  /// What the series have on average, image by image.
  init?(meanOf all: [ScoreSeries], images: Int) {
    var (sums, counts) = ([Double](repeating: 0, count: images), [Int](repeating: 0, count: images))
    for series in all {
      for (place, value) in zip(series.places, series.values) {
        sums[place] += value
        counts[place] += 1
      }
    }
    let places = sums.indices.filter { counts[$0] > 0 }
    self.init(places, places.map { sums[$0] / Double(counts[$0]) })
  }

  private static let fewest = 20

  private init?(_ places: [Int], _ values: [Double]) {
    guard values.count >= ScoreSeries.fewest else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard squares > 0 else { return nil }
    let deviation = (squares / Double(values.count)).squareRoot()
    self.places = places
    self.values = values.map { ($0 - mean) / deviation }
  }
}

extension ScoreSeries {
  /// How alike images are that are so many apart: −1…1.
  func correlation(lag: Int) -> Double {
    zip(values, values.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / Double(values.count)
  }

  /// How many standard errors the likeness of neighbours is above that of images in any order, of
  /// which the mean is −1/n and the variance 1/n (Wald and Wolfowitz 1943).
  var excess: Double {
    let n = Double(values.count)
    return (correlation(lag: 1) + 1 / n) * n.squareRoot()
  }

  /// Of how many images in a row one says as much as all: 1 + 2·Σ of the correlations, up to the first
  /// lag whose own is no more than chance.
  var run: Double {
    let chance = 2 / Double(values.count).squareRoot()
    var run = 1.0
    for lag in 1..<values.count / 2 {
      let correlation = correlation(lag: lag)
      if correlation < chance { break }
      run += 2 * correlation
    }
    return run
  }

  /// The part of the variance that lies between groups (intraclass correlation, ANOVA estimate: Donner
  /// 1986), below 0 where groups are more mixed than chance would have them.
  ///
  /// - Parameter groups: of every image, by place.
  func intraclassCorrelation(_ groups: [String]) -> Double? {
    var sums: [String: (sum: Double, count: Double)] = [:]
    for (place, value) in zip(places, values) {
      let old = sums[groups[place]] ?? (0, 0)
      sums[groups[place]] = (old.sum + value, old.count + 1)
    }
    let (n, k) = (Double(values.count), Double(sums.count))
    guard k > 1, n > k else { return nil }
    // In the order of the names: a sum of floats depends on its order.
    let ordered = sums.sorted { $0.key < $1.key }.map(\.value)
    let between = ordered.reduce(0) { $0 + $1.sum * $1.sum / $1.count }
    let (meanBetween, meanWithin) = (between / (k - 1), (n - between) / (n - k))
    let size = (n - ordered.reduce(0) { $0 + $1.count * $1.count } / n) / (k - 1)
    let whole = meanBetween + (size - 1) * meanWithin
    return whole > 0 ? (meanBetween - meanWithin) / whole : nil
  }
}
