/// The sums of a run as they are, and as they would have been with other draws of its clusters.
///
///     let resamples = Resamples(of: clusters, seed: 1, jobs: 2)
///     let iou = resamples.spread { sums in sums[1] == 0 ? nil : sums[0] / sums[1] }
///     iou.estimate, iou.bcaInterval(level: 0.95), iou.undefined
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
    withoutActuallyEscaping(estimate) { spreads(of: [$0])[0] }
  }

  /// The same for several estimates, which looks at every cluster once.
  package func spreads(of estimates: [Estimate]) -> [Spread] {
    let accelerations = accelerations(of: estimates)
    return zip(estimates, accelerations).map { estimate, acceleration in
      Spread(
        estimate: estimate(sums.span).flatMap(finite),
        replicates: eachReplicate { estimate($0).flatMap(finite) }, acceleration: acceleration)
    }
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

  /// How fast the standard error changes with an estimate, from what becomes of it when one
  /// cluster is left out (Efron and Tibshirani: "An introduction to the bootstrap", 14.15).
  package func acceleration(of estimate: Estimate) -> Double? {
    withoutActuallyEscaping(estimate) { accelerations(of: [$0])[0] }
  }

  private func accelerations(of estimates: [Estimate]) -> [Double?] {
    var values = estimates.map { _ -> [Double]? in
      var room: [Double] = []
      room.reserveCapacity(clusters.names.count)
      return room
    }
    var others = sums
    for index in clusters.names.indices {
      for (column, value) in zip(others.indices, clusters.row(index)) {
        others[column] = sums[column] - value
      }
      for (index, estimate) in estimates.enumerated() where values[index] != nil {
        if let value = estimate(others.span).flatMap(finite) {
          values[index]?.append(value)
        } else {
          values[index] = nil
        }
      }
    }
    return values.map { $0.map(acceleration) }
  }

  private func acceleration(of values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + (mean - $1) * (mean - $1) }
    let cubes = values.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    let divisor = 6 * squares * squares.squareRoot()
    // Where no cluster matters, as for a class that is perfect everywhere.
    return divisor == 0 ? 0 : cubes / divisor
  }
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
