/// What each cluster of a run adds to the run's sums: a row a cluster, a column a statistic.
///
/// A cluster is what is drawn as a whole: an image, or a patient or scene with all its images.
/// The rows lie in the order of the names' bytes, so that the order of files cannot change the
/// rounding of a sum.
package struct Clusters: Sendable {
  package let names: [String]
  package let columns: Int
  /// The row of the cluster at a place in `names`.
  let row: @Sendable (_ index: Int) -> ArraySlice<Double>

  /// - Parameters:
  ///   - names: all different.
  ///   - row: the finite numbers of the cluster at a place in `names`; asked once for each.
  package init(names: [String], columns: Int, row: (_ index: Int) -> [Double]) {
    let order = names.indices.sorted { names[$0].comesBefore(names[$1]) }
    var values: [Double] = []
    values.reserveCapacity(names.count * columns)
    for index in order {
      let row = row(index)
      precondition(row.count == columns && row.allSatisfy(\.isFinite))
      values += row
    }
    self.init(sorted: order.map { names[$0] }, columns: columns, values: values)
  }

  /// The rows of images that are drawn together are added up.
  ///
  /// - Parameter row: the `columns` numbers of one image; asked again and again where there are many,
  ///   so that those of 100,000 images need not be kept. One that is not finite makes every sum of its
  ///   column not finite, of the replicates without it too.
  package init(
    _ clustering: Clustering, columns: Int, row: @escaping @Sendable (_ image: Int) -> [Double]
  ) {
    precondition(columns > 0)
    let rowOfCluster = { @Sendable (cluster: Int) -> [Double] in
      let images = clustering.images(of: cluster)
      var sum = images.first.map(row) ?? []
      for image in images.dropFirst() { sum.add(row(image)[...]) }
      precondition(sum.count == columns)
      return sum
    }
    if clustering.names.count <= Clusters.mostKept / columns {
      self.init(
        sorted: clustering.names, columns: columns,
        values: clustering.names.indices.flatMap(rowOfCluster))
    } else {
      self.init(sorted: clustering.names, columns: columns) { rowOfCluster($0)[...] }
    }
  }

  /// As many numbers as are kept, 4 MB.
  private static let mostKept = 1 << 19

  private init(sorted names: [String], columns: Int, values: [Double]) {
    self.init(sorted: names, columns: columns) { values[$0 * columns..<($0 + 1) * columns] }
  }

  private init(
    sorted names: [String], columns: Int,
    row: @escaping @Sendable (_ index: Int) -> ArraySlice<Double>
  ) {
    precondition(columns > 0)
    precondition(zip(names, names.dropFirst()).allSatisfy { $0.comesBefore($1) })
    self.names = names
    self.columns = columns
    self.row = row
  }

  /// The sum of each column, added from the first row to the last.
  package var sums: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for index in names.indices { sums.add(row(index)) }
    return sums
  }
}

extension Clusters {
  /// Beyond this many clusters, groups of them are drawn.
  package static let mostClusters = 100_000
  static let groups: UInt64 = 10_000

  /// As they are, or 10,000 groups of them where they are more than 100,000.
  ///
  /// The hash of its name decides a cluster's group, so that a cluster more or less moves no other.
  package var groupedIfMany: Clusters {
    guard names.count > Clusters.mostClusters else { return self }
    var sums: [UInt64: [Double]] = [:]
    for (index, name) in names.enumerated() {
      let group = group(of: name, among: Clusters.groups)
      sums[group, default: .init(repeating: 0, count: columns)].add(row(index))
    }
    let groups = sums.keys.sorted()
    return Clusters(names: groups.map { "\($0)" }, columns: columns) { sums[groups[$0]] ?? [] }
  }
}

extension Clusters {
  /// What becomes of estimates when one cluster is left out, cluster by cluster.
  ///
  /// - Parameters:
  ///   - estimates: of the columns' sums; `nil` where those leave one undefined.
  ///   - sizes: beside each estimate, how much a cluster with such a row counts in it.
  package func leavingOut(
    of estimates: (_ sums: Span<Double>) -> [Double?], sizes: (_ row: Span<Double>) -> [Double]
  ) -> [LeftOut] {
    let sums = sums
    var found = estimates(sums.span).map {
      LeftOut(estimate: $0.flatMap(finite), capacity: names.count)
    }
    var left = sums
    for cluster in names.indices {
      let row = row(cluster)
      for (column, value) in zip(left.indices, row) { left[column] = sums[column] - value }
      let (others, sizes) = (estimates(left.span), sizes(row.span))
      precondition(others.count == found.count && sizes.count == found.count)
      for index in found.indices {
        found[index].others.append(others[index].flatMap(finite))
        found[index].sizes.append(sizes[index])
      }
    }
    return found
  }
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

extension [Double] {
  fileprivate mutating func add(_ row: ArraySlice<Double>) {
    for (column, value) in zip(indices, row) { self[column] += value }
  }
}

extension String {
  /// By bytes: names that only Unicode holds for equal are different files.
  func comesBefore(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
