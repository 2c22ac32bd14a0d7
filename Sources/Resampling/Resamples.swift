/// The sums of a run as they are, and as they would have been with other draws of its clusters.
///
///     let resamples = Resamples(of: clusters, seed: 1, jobs: 2)
///     let iou = resamples.spread { sums in sums[1] == 0 ? nil : sums[0] / sums[1] }
///     iou.estimate, iou.percentileInterval(level: 0.95), iou.undefined
///     resamples.share { sums in sums[1] == 0 ? nil : sums[0] / sums[1] < 0.5 }.probability
///
/// A cluster bootstrap with Poisson counts. The number of clusters differs between replicates, so
/// ask for means and ratios of sums; a bare sum would vary with that number too.
package struct Resamples: Sendable {
  /// What is computed from the sums of all columns, be it measured or drawn; `nil` where those
  /// leave it undefined.
  package typealias Estimate = (_ sums: Span<Double>) -> Double?

  package let replicates: Int
  let clusters: Clusters
  /// In the order of a jackknife's values.
  package var clusterNames: [String] { clusters.names }
  private let sums: [Double]
  /// Replicate after replicate.
  private let drawnSums: [Double]

  /// - Parameters:
  ///   - clusters: more than 100,000 are drawn as 10,000 groups, by the hashes of their names.
  ///   - jobs: how many threads; without influence on the result.
  package init(of clusters: Clusters, replicates: Int = 2000, seed: UInt64, jobs: Int) {
    precondition(replicates > 0)
    self.replicates = replicates
    self.clusters = clusters.groupedIfMany
    sums = self.clusters.sums
    drawnSums = product(Draws(seed: seed), self.clusters, replicates: replicates, jobs: jobs)
  }

  /// The columns' sums in one replicate.
  package func sums(in replicate: Int) -> ArraySlice<Double> {
    drawnSums[replicate * clusters.columns..<(replicate + 1) * clusters.columns]
  }
}

extension Resamples {
  /// How an estimate varies with the draw. What is not a finite number counts as undefined.
  package func spread(of estimate: Estimate) -> Spread {
    Spread(
      estimate: estimate(sums.span).flatMap(finite),
      replicates: eachReplicate { estimate($0).flatMap(finite) })
  }

  /// In how many replicates `predicate` holds.
  package func share(where predicate: (_ sums: Span<Double>) -> Bool?) -> Share {
    let answers = eachReplicate(predicate)
    return Share(
      holding: answers.count { $0 == true }, failing: answers.count { $0 == false },
      undefined: answers.count { $0 == nil })
  }

  /// Shows each replicate's sums.
  package func forEachReplicate(_ body: (Span<Double>) -> Void) {
    let columns = clusters.columns
    let sums = drawnSums.span
    for replicate in 0..<replicates {
      body(sums.extracting(replicate * columns..<(replicate + 1) * columns))
    }
  }

  /// Something of each replicate's sums.
  private func eachReplicate<Result>(_ compute: (Span<Double>) -> Result) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(replicates)
    forEachReplicate { results.append(compute($0)) }
    return results
  }

  /// What becomes of each estimate when one cluster is left out, cluster by cluster.
  ///
  /// - Parameters:
  ///   - sizes: beside each estimate, how much a cluster with such sums counts in it.
  package func leavingOut(
    of estimates: [Estimate], sizes: [(_ row: Span<Double>) -> Double]
  ) -> [LeftOut] {
    precondition(estimates.count == sizes.count)
    let count = clusters.names.count
    var found = estimates.map {
      LeftOut(estimate: $0(sums.span).flatMap(finite), capacity: count)
    }
    var left = sums
    for cluster in 0..<count {
      let row = clusters.row(cluster)
      for (column, value) in zip(left.indices, row) { left[column] = sums[column] - value }
      for index in estimates.indices {
        found[index].others.append(estimates[index](left.span).flatMap(finite))
        found[index].sizes.append(sizes[index](row.span))
      }
    }
    return found
  }
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
