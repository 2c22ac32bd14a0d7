internal import Core
internal import Resampling

/// What each image adds to the figures of an outlook, and what they are without each image or group of images.
struct PredictedSums {
  private let kinds = OutlookFigure.Kind.allCases
  /// For each class and kind.
  private let left: [LeftOut]
  private let predictedPixels: [Double]
  /// Images, or groups of them.
  let observations: Int

  /// Of one class: predicted pixels, Σp, saturated probabilities, expected hits and expected true pixels.
  private static let columnsOfClass = 5

  /// - Parameter expected: of each image; `nil` leaves out what follows from it.
  init(of run: Evidence, expected: [[Worth.Expected?]]?) {
    let classes = run.classes.count
    let hasProbabilities = run.scheme.kind != .labels
    let hasSums = hasProbabilities && run.scheme.softSums
    let images = run.images
    let clustering = Clustering(
      of: images.map(\.cluster), named: images.map(\.name))
    observations = clustering.names.count
    // Of what is not known of one image no sum is known.
    let isKnown = (0..<classes).map { c in expected?.allSatisfy { $0[c] != nil } ?? false }
    let clusters = Clusters(clustering, columns: 1 + classes * PredictedSums.columnsOfClass) {
      image in
      let tally = images[image].tally
      var row = [Double(tally.pixels)]
      for c in 0..<classes {
        let counted = tally.classes[c]
        row.append(Double(counted.overlap.predicted))
        row.append(Double(counted.soft.predicted))
        row.append(Double(counted.saturated.all))
        let found = isKnown[c] ? expected?[image][c] : nil
        row.append(found?.both ?? 0)
        row.append(found?.truth ?? 0)
      }
      return row
    }.groupedIfMany
    left = clusters.leavingOut { sums in
      (0..<classes).flatMap { c -> [Double?] in
        let first = 1 + c * PredictedSums.columnsOfClass
        let pixels = sums[0]
        let predicted = sums[first]
        let both = sums[first + 3]
        let truth = sums[first + 4]
        return [
          pixels > 0 ? predicted / pixels : nil,
          hasSums && pixels > 0 ? sums[first + 1] / pixels : nil,
          hasProbabilities && pixels > 0 ? sums[first + 2] / pixels : nil,
          isKnown[c] ? Worth.Expected(both: both, truth: truth).dice(predicted) : nil,
        ]
      }
    } sizes: { row in
      (0..<classes).flatMap { c -> [Double] in
        let first = 1 + c * PredictedSums.columnsOfClass
        return [row[0], row[0], row[0], row[first] + row[first + 4]]
      }
    }
    let sums = clusters.sums
    predictedPixels = (0..<classes).map { sums[1 + $0 * PredictedSums.columnsOfClass] }
  }

  func predicted(_ c: Int) -> Double { predictedPixels[c] }

  /// `nil` where there is none.
  func estimate(_ kind: OutlookFigure.Kind, of c: Int) -> Estimate? {
    guard let place = kinds.firstIndex(of: kind) else { return nil }
    let left = left[c * kinds.count + place]
    return left.estimate.map { Estimate(value: $0, jackknife: Jackknife(left)) }
  }

  struct Estimate {
    let value: Double
    let jackknife: Jackknife?

    /// All figures lie in 0…1.
    func interval(_ level: Double) -> Interval? {
      // Where nothing differs among the images nothing is known of others.
      guard let jackknife, jackknife.others.count > 1, jackknife.standardError > 0 else {
        return nil
      }
      return jackknife.interval(level: level, on: .unit)
    }
  }
}
