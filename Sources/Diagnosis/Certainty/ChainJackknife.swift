internal import Core
internal import Resampling
internal import Tables

/// What a chain makes of a table without each image, or group of images: of the run as it is, and with
/// something imagined changed, as with a class repaired or unknown.
///
/// There are several roads, each exact for the chains that it takes. A chain that adds all places
/// up before it makes values is applied to the sums of those that are left. One that takes the mean over
/// the images of each class, or whose value is the mean of its values of single images (this is tried on
/// the run itself), averages their values. Every other chain is applied to the places that are left, or
/// where it looks at images one by one to their values.
struct ChainJackknife {
  typealias Change = @Sendable (MeasureTable) -> MeasureTable?

  /// With each change.
  let estimates: [Double?]
  /// With each change.
  let left: [LeftOut]

  init(estimates: [Double?], left: [LeftOut]) {
    precondition(estimates.count == left.count)
    (self.estimates, self.left) = (estimates, left)
  }

  /// - Parameters:
  ///   - changes: each possible for the table.
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
    let roads: [() -> (any SummedColumns)?] = [
      { MergedColumns(table, changes, repaired: repaired, chain) },
      { ClassMeanColumns(table, changes, chain) },
      { MeanColumns(table, changes, chain, estimates) },
    ]
    if let columns = roads.lazy.compactMap({ $0() }).first {
      // The last column says how much a cluster counts.
      let last = columns.count
      let clusters = Clusters(bootstrap.leftOut, columns: last + 1) { place in
        columns.row(place) + [columns.size(place)]
      }
      left = clusters.leavingOut(
        of: { columns.values($0.extracting(0..<last)) },
        sizes: { row in changes.map { _ in row[last] } })
    } else if let values = ValuesOfImages(table, changes, chain) {
      left = bootstrap.leavingOut { values($0) }
    } else {
      let tables = changes.map { $0(table) }
      left = bootstrap.leavingOut { places in
        tables.map { $0?.choosing(places).value(by: chain) }
      }
    }
  }

  /// The interval of the value with the first change; `nil` where one cluster has more than half of what
  /// counts in it.
  func interval(level: Double, on scale: Jackknife.Scale) -> Interval? {
    Jackknife(left[0])?.interval(level: level, on: scale)
  }

  /// Of the difference from another run of the same images, from which the same are left out.
  func less(_ other: ChainJackknife) -> Jackknife? {
    Jackknife(left[0] - other.left[0])
  }

  /// Of the difference that one change makes to another.
  ///
  /// - Parameter sizes: how much each cluster counts in it.
  func difference(of a: Int, less b: Int, sizes: [Double]) -> Jackknife? {
    var difference = left[a] - left[b]
    difference.sizes = sizes
    return Jackknife(difference)
  }
}

extension Bootstrap {
  /// Some values of the run without each cluster, all images counting alike.
  ///
  /// - Parameter values: of the places that are left, as many whichever those are.
  func leavingOut(values: (_ places: [Int]) -> [Double?]) -> [LeftOut] {
    var left = values(Array(clusters.indices)).map {
      LeftOut(estimate: $0.flatMap(finite), others: [], sizes: [])
    }
    for cluster in leftOut.names.indices {
      let own = Set(leftOut.images(of: cluster))
      let others = values(clusters.indices.filter { !own.contains($0) })
      for (change, value) in others.enumerated() {
        left[change].others.append(value.flatMap(finite))
        left[change].sizes.append(Double(own.count) / Double(clusters.count))
      }
    }
    return left
  }
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

extension LeftOut {
  /// Of two values of the same images.
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

/// Columns of statistics that are added up, and what the chain makes of their sums.
protocol SummedColumns: Sendable {
  var count: Int { get }
  func row(_ place: Int) -> [Double]
  /// How much an image counts in the value; all images together count 1.
  func size(_ place: Int) -> Double
  /// The value with each change.
  func values(_ sums: Span<Double>) -> [Double?]
}
