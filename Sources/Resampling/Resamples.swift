/// The sums of a run as they are, and as they would have been with other draws of its clusters.
///
///     let resamples = Resamples(of: clusters, seed: 1, jobs: 2)
///     resamples.share { sums in sums[1] == 0 ? nil : sums[0] / sums[1] < 0.5 }.probability
///
/// A cluster bootstrap with Poisson counts. The number of clusters differs between replicates, so
/// ask for means and ratios of sums; a bare sum would vary with that number too.
package struct Resamples: Sendable {
  package let replicates: Int
  package let clusters: Clusters
  /// Replicate after replicate.
  private let drawnSums: [Double]

  /// - Parameters:
  ///   - clusters: more than 100,000 are drawn as 10,000 groups, by the hashes of their names.
  ///   - jobs: how many threads; without influence on the result.
  package init(of clusters: Clusters, replicates: Int = 2000, seed: UInt64, jobs: Int) {
    precondition(replicates > 0)
    self.replicates = replicates
    self.clusters = clusters.groupedIfMany
    drawnSums = product(Draws(seed: seed), self.clusters, replicates: replicates, jobs: jobs)
  }

  /// The columns' sums in one replicate.
  package func sums(in replicate: Int) -> ArraySlice<Double> {
    drawnSums[replicate * clusters.columns..<(replicate + 1) * clusters.columns]
  }
}

extension Resamples {
  /// In how many replicates `predicate` holds.
  ///
  /// - Parameter predicate: of the columns' sums; `nil` where those leave it undefined.
  package func share(where predicate: (_ sums: Span<Double>) -> Bool?) -> Share {
    let columns = clusters.columns
    let sums = drawnSums.span
    var (holding, failing) = (0, 0)
    for replicate in 0..<replicates {
      switch predicate(sums.extracting(replicate * columns..<(replicate + 1) * columns)) {
      case true?: holding += 1
      case false?: failing += 1
      case nil: break
      }
    }
    return Share(holding: holding, failing: failing, undefined: replicates - holding - failing)
  }

}
