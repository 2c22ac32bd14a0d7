internal import Core
internal import Resampling
internal import Tables

/// What a chain makes of a table in every replicate: of the run as it is, and with something
/// imagined changed, as with a class repaired or unknown.
///
/// There are several roads, each exact for the chains that it takes. A chain that adds all places
/// up before it makes values is applied to the drawn sums. One that takes the mean over the images
/// of each class, or whose value is the mean of its values of single images (this is tried on the
/// run itself), averages drawn values. Every other chain is applied to the drawn places, or where it
/// looks at images one by one to their values, with fewer replicates where that takes long.
struct ChainResampling {
  typealias Change = @Sendable (MeasureTable) -> MeasureTable?

  /// The value with each change in each replicate.
  let replicates: [[Double?]]
  let estimates: [Double?]
  /// Of the first change.
  let acceleration: Double?

  init(replicates: [[Double?]], estimates: [Double?], acceleration: Double? = nil) {
    self.replicates = replicates
    self.estimates = estimates
    self.acceleration = acceleration
  }

  /// Cells that the slow road may look at, which takes about a second.
  private static let mostCells = 100_000_000

  /// - Parameters:
  ///   - changes: each possible for the table; the first is asked for most.
  ///   - repaired: the classes that a change repairs.
  init?(
    _ table: MeasureTable, _ changes: [Change] = [{ $0 }], repaired: [Int] = [], by chain: Chain,
    _ bootstrap: Bootstrap
  ) {
    guard !bootstrap.clusters.isEmpty, table.layout.places.count == bootstrap.clusters.count else {
      return nil
    }
    let whole = table.merged(for: chain)
    let estimates = changes.map { whole.value(by: chain, imagining: $0) }
    self.estimates = estimates
    let roads: [() -> (any DrawnColumns)?] = [
      { MergedColumns(table, changes, repaired: repaired, chain) },
      { ClassMeanColumns(table, changes, chain) },
      { MeanColumns(table, changes, chain, estimates) },
    ]
    if let columns = roads.lazy.compactMap({ $0() }).first {
      let clusters = Clusters(bootstrap.clustering, columns: columns.count) { columns.row($0) }
      let resamples = Resamples(
        of: clusters, replicates: bootstrap.settings.replicates, seed: bootstrap.settings.seed,
        jobs: bootstrap.jobs)
      var drawn = [[Double?]](repeating: [], count: changes.count)
      for change in changes.indices { drawn[change].reserveCapacity(resamples.replicates) }
      resamples.forEachReplicate { sums in
        for (change, value) in columns.values(sums).enumerated() {
          drawn[change].append(value.flatMap { $0.isFinite ? $0 : nil })
        }
      }
      replicates = drawn
      acceleration = resamples.acceleration { columns.value(of: 0, $0) }
    } else if let values = DrawnValues(table, changes, chain) {
      replicates = ChainResampling.drawn(table.layout, tables: changes.count, bootstrap) {
        values($0)
      }
      acceleration = nil
    } else {
      let tables = changes.compactMap { $0(table) }
      replicates = ChainResampling.drawn(table.layout, tables: tables.count, bootstrap) { places in
        tables.map { $0.drawing(places).value(by: chain) }
      }
      acceleration = nil
    }
  }

  /// How the value with the first change varies.
  var spread: Spread {
    Spread(estimate: estimates[0], replicates: replicates[0], acceleration: acceleration)
  }

  /// How the difference that a change makes varies.
  func spread(of a: Int, less b: Int) -> Spread {
    Spread(
      estimate: difference(estimates[a], estimates[b]),
      replicates: zip(replicates[a], replicates[b]).map(difference), acceleration: nil)
  }

  /// How the difference from another run of the same images varies, both drawn alike.
  func spread(less other: ChainResampling) -> Spread {
    Spread(
      estimate: difference(estimates[0], other.estimates[0]),
      replicates: zip(replicates[0], other.replicates[0]).map(difference), acceleration: nil)
  }

  /// The slow road: some values of the drawn places, with fewer replicates where that takes long.
  ///
  /// - Parameters:
  ///   - tables: how many tables are looked at in each replicate.
  ///   - values: of places, each as often as it was drawn.
  /// - Returns: for each value what it is in each replicate.
  static func drawn(
    _ layout: Layout, tables: Int, _ bootstrap: Bootstrap,
    values: (_ places: [Int]) -> [Double?]
  ) -> [[Double?]] {
    let cells = layout.places.count * layout.classes * tables
    let count = max(100, min(bootstrap.settings.replicates, mostCells / max(1, cells)))
    let draws = Draws(seed: bootstrap.settings.seed)
    let starts = bootstrap.clusters.map(draws.start)
    var drawn: [[Double?]] = []
    for replicate in 0..<count {
      let places = starts.enumerated().flatMap { place, start in
        Array(repeating: place, count: Int(draws.count(from: start, in: replicate)))
      }
      drawn.append(places.isEmpty ? [] : values(places))
    }
    let width = drawn.map(\.count).max() ?? 0
    return (0..<width).map { index in drawn.map { $0.isEmpty ? nil : $0[index] } }
  }
}

private func difference(_ x: Double?, _ y: Double?) -> Double? {
  if let x, let y { x - y } else { nil }
}

/// Columns of statistics that are drawn, and what the chain makes of their sums.
protocol DrawnColumns: Sendable {
  var count: Int { get }
  func row(_ place: Int) -> [Double]
  /// The value with one change.
  func value(of change: Int, _ sums: Span<Double>) -> Double?
  /// The value with each change.
  func values(_ sums: Span<Double>) -> [Double?]
}

/// The values of single images, of which the run's is the mean.
private struct MeanColumns: DrawnColumns {
  /// For each change the value of each image.
  private let values: [[Double]]
  /// How much an image counts.
  private let weights: [Double]

  /// `nil` where the run's value is not such a mean.
  init?(
    _ table: MeasureTable, _ changes: [ChainResampling.Change], _ chain: Chain,
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
  }

  var count: Int { values.count + 1 }

  func row(_ place: Int) -> [Double] {
    [weights[place]] + values.map { $0[place] * weights[place] }
  }

  func value(of change: Int, _ sums: Span<Double>) -> Double? {
    sums[0] > 0 ? sums[change + 1] / sums[0] : nil
  }

  func values(_ sums: Span<Double>) -> [Double?] {
    values.indices.map { value(of: $0, sums) }
  }
}

extension MeasureTable {
  /// What the chain makes of each image alone; fewer values than images where it has none for one.
  fileprivate func valuesOfImages(
    by chain: Chain, imagining change: ChainResampling.Change
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

extension MeasureTable {
  /// Some places of the table, as often as they are named; each is an image of its own.
  func drawing(_ places: [Int]) -> MeasureTable {
    switch self {
    case .losses(var losses):
      let table = losses.table
      losses.table = LossTable(
        sums: table.sums.drawing(places), terms: table.terms, levels: nil,
        weighted: table.weighted?.drawing(places))
      losses.repairs = nil
      return .losses(losses)
    case .ratios(let ratios): return .ratios(ratios.drawing(places))
    }
  }
}

extension Ratios {
  fileprivate func drawing(_ places: [Int]) -> Self {
    var drawn = self
    drawn.cells = cells.drawing(places)
    drawn.confusions = nil
    return drawn
  }
}

extension PlaceTable {
  fileprivate func drawing(_ drawn: [Int]) -> PlaceTable {
    let classes = layout.classes
    return PlaceTable(
      layout: layout.drawing(drawn),
      cells: drawn.flatMap { cells[($0 * classes)..<(($0 + 1) * classes)] })
  }
}
