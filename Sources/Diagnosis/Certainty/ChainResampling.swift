internal import Core
internal import Measures
internal import Resampling

/// What a chain makes of several tables in every replicate: of the run as it is, and as it would be
/// with a class repaired or unknown.
///
/// There are several roads, each exact for the chains that it takes. A chain that adds all places up
/// before it makes values is applied to the drawn sums. One that takes the mean over the images of
/// each class, or whose value is the mean of its values of single images, which is tried on the run
/// itself, is made of drawn values. Every other is applied to the drawn places, with fewer
/// replicates where that takes long.
struct ChainResampling {
  /// The value of each table in each replicate.
  private let replicates: [[Double?]]
  private let estimates: [Double?]
  private let accelerations: [Double?]?

  /// Cells that the slow road may look at, which takes about a second.
  private static let mostCells = 100_000_000

  init?(_ tables: [MeasureTable], by chain: Chain, _ bootstrap: Bootstrap) {
    guard let first = tables.first, !bootstrap.clusters.isEmpty,
      first.layout.places.count == bootstrap.clusters.count
    else {
      return nil
    }
    estimates = tables.map { $0.value(by: chain) }
    let roads: [([MeasureTable], Chain) -> (any DrawnColumns)?] = [
      MergedColumns.init, ClassMeanColumns.init, MeanColumns.init,
    ]
    if let columns = roads.lazy.compactMap({ $0(tables, chain) }).first {
      let clusters = Clusters(joining: bootstrap.clusters, columns: columns.count) {
        columns.row($0)
      }
      let resamples = Resamples(
        of: clusters, replicates: bootstrap.settings.replicates, seed: bootstrap.settings.seed,
        jobs: bootstrap.jobs)
      let spreads = tables.indices.map { table in
        resamples.spread { columns.value(of: table, $0) }
      }
      replicates = spreads.map(\.replicates)
      accelerations = spreads.map(\.acceleration)
    } else {
      replicates = ChainResampling.drawn(tables, by: chain, bootstrap)
      accelerations = nil
    }
  }

  /// How a value, or a difference of two, varies.
  func spread(of a: Int, less b: Int? = nil) -> Spread {
    func difference(_ x: Double?, _ y: Double?) -> Double? {
      if let x, let y { x - y } else { nil }
    }
    guard let b else {
      return Spread(
        estimate: estimates[a], replicates: replicates[a],
        acceleration: accelerations?[a])
    }
    return Spread(
      estimate: difference(estimates[a], estimates[b]),
      replicates: zip(replicates[a], replicates[b]).map(difference), acceleration: nil)
  }

  private static func drawn(
    _ tables: [MeasureTable], by chain: Chain, _ bootstrap: Bootstrap
  ) -> [[Double?]] {
    let layout = tables[0].layout
    let cells = layout.places.count * layout.classes * tables.count
    let count = max(100, min(bootstrap.settings.replicates, mostCells / max(1, cells)))
    let draws = Draws(seed: bootstrap.settings.seed)
    let starts = bootstrap.clusters.map(draws.start)
    var values = [[Double?]](repeating: [], count: tables.count)
    for replicate in 0..<count {
      let places = starts.enumerated().flatMap { place, start in
        Array(repeating: place, count: Int(draws.count(from: start, in: replicate)))
      }
      for (index, table) in tables.enumerated() {
        values[index].append(
          places.isEmpty ? nil : table.drawing(places).value(by: chain))
      }
    }
    return values
  }
}

/// Columns of statistics that are drawn, and the value of a table from their sums.
protocol DrawnColumns {
  var count: Int { get }
  func row(_ place: Int) -> [Double]
  func value(of table: Int, _ sums: Span<Double>) -> Double?
}

/// The values of single images, of which the run's is the mean.
private struct MeanColumns: DrawnColumns {
  /// For each table the value of each image.
  private let values: [[Double]]
  /// How much an image counts.
  private let weights: [Double]

  /// Nothing where the run's value is no such mean.
  init?(_ tables: [MeasureTable], _ chain: Chain) {
    guard !chain.isSelective else { return nil }
    let places = tables[0].layout.places
    let classes = 0..<tables[0].layout.classes
    var values: [[Double]] = []
    for table in tables {
      let ofImages = table.valuesOfImages(by: chain)
      guard ofImages.count == places.count else { return nil }
      values.append(ofImages)
    }
    let wholes = tables.map { $0.value(by: chain) }
    let choices: [[Double]] = [
      places.map { _ in 1 }, places.map { Double($0.pixels) },
      places.indices.map { place in
        Double(classes.reduce(0) { $0 + tables[0].layout.truth(of: $1, in: place..<place + 1) })
      },
    ]
    let fitting = choices.first { weights in
      zip(wholes, values).allSatisfy { whole, values in
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

  func value(of table: Int, _ sums: Span<Double>) -> Double? {
    sums[0] > 0 ? sums[table + 1] / sums[0] : nil
  }
}

extension MeasureTable {
  /// What the chain makes of each image alone; fewer values where it makes nothing of one.
  fileprivate func valuesOfImages(by chain: Chain) -> [Double] {
    if let single = chain.ofSingleImages {
      return reduced(by: single, describing: false).values.cells.compactMap(\.self)
    }
    return layout.places.indices.compactMap { drawing([$0]).value(by: chain) }
  }
}

extension Chain {
  /// The chain without images and batches: all images at once instead of one after the other.
  ///
  /// Of a single image, a step over images has one term and changes nothing, unless it weighs that
  /// term or puts something in its place; then there is no such chain.
  fileprivate var ofSingleImages: Chain? {
    let outer: Set<Axis> = [.image, .batch]
    var single = self
    single.steps = []
    for step in steps {
      guard case .reduce(var reduction) = step, !outer.isDisjoint(with: reduction.axes) else {
        single.steps.append(step)
        continue
      }
      guard reduction.weight == nil || reduction.weight == .images, reduction.factor == nil,
        reduction.substitute == nil
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
    func drawn<Cell: Statistic>(_ table: PlaceTable<Cell>) -> PlaceTable<Cell> {
      let classes = table.layout.classes
      func drawn<Value>(_ values: [Value]) -> [Value] {
        places.flatMap { values[($0 * classes)..<(($0 + 1) * classes)] }
      }
      let copies = places.enumerated().map { index, place in
        var copy = table.layout.places[place]
        copy.image = index
        copy.tile = index
        return copy
      }
      return PlaceTable(
        layout: table.layout.replacing(places: copies, truth: drawn(table.layout.truth)),
        cells: drawn(table.cells))
    }
    func losses(_ table: LossTable) -> LossTable {
      LossTable(
        sums: drawn(table.sums), terms: table.terms, levels: nil,
        weighted: table.weighted.map(drawn))
    }
    return switch self {
    case .separable(let table, let loss): .separable(losses(table), loss)
    case .categorical(let table, _, let overlapping):
      .categorical(losses(table), repairs: nil, overlapping: overlapping)
    case .score(let table, _, let score): .score(drawn(table), confusions: nil, score)
    case .softRatio(let table, let loss): .softRatio(drawn(table), loss)
    }
  }
}
