internal import Core
internal import Tables

/// The values of single images, of which the run's is the mean.
struct MeanColumns: SummedColumns {
  /// For each change the value of each image.
  private let values: [[Double]]
  /// How much an image counts.
  private let weights: [Double]
  private let whole: Double

  /// `nil` where the run's value is not such a mean.
  init?(
    _ table: MeasureTable, _ changes: [ChainJackknife.Change], _ chain: Chain,
    _ estimates: [Double?]
  ) {
    guard !chain.isSelective else { return nil }
    let layout = table.layout
    var values: [[Double]] = []
    for change in changes {
      let ofImages = table.valuesOfImages(by: chain, imagining: change)
      guard ofImages.count == layout.places.count else { return nil }
      values.append(ofImages)
    }
    let choices: [(Int) -> Double] = [
      { _ in 1 }, { Double(layout.places[$0].pixels) },
      { place in
        let truth = (0..<layout.classes).reduce(0) {
          $0 + layout.truth(of: $1, in: place..<place + 1)
        }
        return Double(truth)
      },
    ]
    let fitting = choices.lazy.map(layout.places.indices.map).first { weights in
      zip(estimates, values).allSatisfy { whole, values in
        guard let whole else { return false }
        let sum = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
        let mean = sum / weights.reduce(0, +)
        return (mean - whole).magnitude <= 1e-11 * max(1e-3, whole.magnitude)
      }
    }
    guard let fitting else { return nil }
    self.values = values
    weights = fitting
    whole = fitting.reduce(0, +)
  }

  var count: Int { values.count + 1 }

  func row(_ place: Int) -> [Double] {
    [weights[place]] + values.map { $0[place] * weights[place] }
  }

  func size(_ place: Int) -> Double { weights[place] / whole }

  func values(_ sums: Span<Double>) -> [Double?] {
    values.indices.map { sums[0] > 0 ? sums[$0 + 1] / sums[0] : nil }
  }
}

extension MeasureTable {
  /// What the chain makes of each image alone; fewer values than images where it has none for one.
  fileprivate func valuesOfImages(
    by chain: Chain, imagining change: ChainJackknife.Change
  ) -> [Double] {
    if let single = chain.ofSingleImages {
      return (values(by: single, imagining: change)?.cells ?? []).compactMap(\.self)
    }
    return layout.places.indices.compactMap { place in
      self[place..<place + 1].value(by: chain, imagining: change)
    }
  }
}

extension Chain {
  /// The chain without images and batches: all images at once instead of one after the other.
  ///
  /// In a single image, a step over images has one term and changes nothing, unless it weighs or
  /// replaces that term: then there is no such chain (`nil`), nor is there where a weight depends
  /// on the whole run.
  fileprivate var ofSingleImages: Chain? {
    guard !reductions.contains(where: { [$0.weight, $0.factor].contains(.inversePrevalence) })
    else { return nil }
    let outer: AxisSet = [.image, .batch]
    var single = self
    single.steps = []
    for step in steps {
      guard case .reduce(var reduction) = step, !outer.isDisjoint(with: reduction.axes) else {
        single.steps.append(step)
        continue
      }
      guard reduction.weight == nil || reduction.weight == .images, reduction.factor == nil,
        reduction.substitute == nil, !reduction.isUndefinedWithAny
      else { return nil }
      reduction.axes.removeAll(where: outer.contains)
      if !reduction.axes.isEmpty { single.steps.append(.reduce(reduction)) }
    }
    return single
  }
}
