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
  /// Of the first change; `nil` where leaving out each image takes too long.
  let left: LeftOut?

  init(replicates: [[Double?]], estimates: [Double?], left: LeftOut? = nil) {
    self.replicates = replicates
    self.estimates = estimates
    self.left = left
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
      // The last column says how much a cluster counts.
      let last = columns.count
      let clusters = Clusters(bootstrap.clustering, columns: last + 1) { place in
        columns.row(place) + [columns.size(place)]
      }
      let resamples = Resamples(
        of: clusters, replicates: bootstrap.settings.replicates, seed: bootstrap.settings.seed,
        jobs: bootstrap.jobs)
      var drawn = [[Double?]](repeating: [], count: changes.count)
      for change in changes.indices { drawn[change].reserveCapacity(resamples.replicates) }
      resamples.forEachReplicate { sums in
        let values = columns.values(sums.extracting(0..<last))
        for (change, value) in values.enumerated() {
          drawn[change].append(value.flatMap { $0.isFinite ? $0 : nil })
        }
      }
      replicates = drawn
      left =
        resamples.leavingOut(
          of: [{ columns.value(of: 0, $0.extracting(0..<last)) }], sizes: [{ $0[last] }])[0]
    } else if let values = DrawnValues(table, changes, chain) {
      replicates = ChainResampling.drawn(table.layout, tables: changes.count, bootstrap) {
        values($0)
      }
      left = ChainResampling.leftOut(table.layout, bootstrap) { values($0)[0] }
    } else {
      let tables = changes.compactMap { $0(table) }
      replicates = ChainResampling.drawn(table.layout, tables: tables.count, bootstrap) { places in
        tables.map { $0.drawing(places).value(by: chain) }
      }
      left = ChainResampling.leftOut(table.layout, bootstrap) { places in
        table.drawing(places).value(by: chain)
      }
    }
  }

  /// The interval of the value with the first change; `nil` also where one cluster has more than half
  /// of what counts in it.
  func interval(level: Double, on scale: Jackknife.Scale) -> Spread.Interval? {
    guard let left else {
      return Spread(estimate: estimates[0], replicates: replicates[0]).interval(level: level)
    }
    return Jackknife(left)?.interval(level: level, on: scale)
  }

  /// The interval of the difference from another run of the same images, both drawn alike.
  func interval(less other: ChainResampling, level: Double) -> Spread.Interval? {
    let estimate = difference(estimates[0], other.estimates[0])
    guard left != nil, other.left != nil else {
      let replicates = zip(replicates[0], other.replicates[0]).map(difference)
      return Spread(estimate: estimate, replicates: replicates).interval(level: level)
    }
    return jackknife(less: other)?.interval(level: level, on: .unbounded)
  }

  /// The smallest such difference that images like these would have shown.
  func detectable(less other: ChainResampling, level: Double) -> Double? {
    jackknife(less: other)?.detectable(level: level)
  }

  private func jackknife(less other: ChainResampling) -> Jackknife? {
    guard let left, let less = other.left else { return nil }
    return Jackknife(left - less)
  }

  /// How the difference that a change makes varies.
  func spread(of a: Int, less b: Int) -> Spread {
    Spread(
      estimate: difference(estimates[a], estimates[b]),
      replicates: zip(replicates[a], replicates[b]).map(difference))
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

  /// The same with each cluster left out, all counting alike; `nil` where that takes long.
  static func leftOut(
    _ layout: Layout, _ bootstrap: Bootstrap, value: (_ places: [Int]) -> Double?
  ) -> LeftOut? {
    let clusters = bootstrap.clustering.names.count
    let (cells, isLarge) = (layout.places.count * layout.classes)
      .multipliedReportingOverflow(by: clusters)
    guard !isLarge, cells <= mostCells else { return nil }
    var left = LeftOut(estimate: value(Array(layout.places.indices)), others: [], sizes: [])
    for cluster in 0..<clusters {
      let own = Set(bootstrap.clustering.images(of: cluster))
      let places = layout.places.indices.filter { !own.contains($0) }
      left.others.append(places.isEmpty ? nil : value(places).flatMap { $0.isFinite ? $0 : nil })
      left.sizes.append(Double(own.count) / Double(layout.places.count))
    }
    return left
  }
}

extension LeftOut {
  /// Of two runs of the same images.
  static func - (a: LeftOut, b: LeftOut) -> LeftOut {
    LeftOut(
      estimate: difference(a.estimate, b.estimate),
      others: zip(a.others, b.others).map(difference),
      sizes: zip(a.sizes, b.sizes).map { ($0 + $1) / 2 })
  }
}

private func difference(_ x: Double?, _ y: Double?) -> Double? {
  if let x, let y { x - y } else { nil }
}

/// Columns of statistics that are drawn, and what the chain makes of their sums.
protocol DrawnColumns: Sendable {
  var count: Int { get }
  func row(_ place: Int) -> [Double]
  /// How much an image counts in the value; all images together count 1.
  func size(_ place: Int) -> Double
  /// The value with one change.
  func value(of change: Int, _ sums: Span<Double>) -> Double?
  /// The value with each change.
  func values(_ sums: Span<Double>) -> [Double?]
}
