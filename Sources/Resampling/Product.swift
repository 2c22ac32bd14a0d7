internal import Dispatch
internal import Synchronization

/// Counts × statistics: the sums of every column in every replicate, replicate after replicate.
///
/// Each number is added cluster by cluster in their order, whichever thread does it, so `jobs`
/// cannot change a bit. Neither counts nor statistics are ever held as a whole: a thread takes the
/// columns of a few clusters at a time, and draws their counts for its own replicates.
func product(
  _ draws: Draws, _ clusters: Clusters, replicates: Int, jobs: Int
) -> [Double] {
  let starts = clusters.names.map(draws.start)
  let parts = (replicates + Tile.replicates - 1) / Tile.replicates
  let columns = clusters.columns
  // Waking a thread takes as long as a hundred thousand draws.
  let isSmall = starts.count <= 100_000 / max(1, replicates)
  let threads = isSmall ? 1 : max(1, min(jobs, parts))
  let product = Mutex([Double](repeating: 0, count: replicates * columns))
  DispatchQueue.concurrentPerform(iterations: threads) { thread in
    let own = (thread * parts / threads)..<((thread + 1) * parts / threads)
    var sums = own.map { _ in
      [SIMD8<Double>](repeating: .zero, count: clusters.strips * Tile.replicates)
    }
    var tile = Tile()
    for first in stride(from: 0, to: starts.count, by: Tile.clusters) {
      let some = first..<min(first + Tile.clusters, starts.count)
      let strips = clusters.strips(of: some)
      for (index, part) in own.enumerated() {
        tile.draw(starts[some], draws, from: part * Tile.replicates)
        tile.add(strips, to: &sums[index])
      }
    }
    product.withLock { product in
      for (index, part) in own.enumerated() {
        let first = part * Tile.replicates
        for replicate in first..<min(first + Tile.replicates, replicates) {
          for column in 0..<columns {
            let lanes = sums[index][column / 8 * Tile.replicates + replicate - first]
            product[replicate * columns + column] = lanes[column % 8]
          }
        }
      }
    }
  }
  return product.withLock { $0 }
}

/// Eight columns side by side, one vector a cluster.
private typealias Strip = [SIMD8<Double>]

extension Clusters {
  /// The last one is filled up with zeros.
  fileprivate var strips: Int { (columns + 7) / 8 }

  /// All columns of some clusters.
  fileprivate func strips(of some: Range<Int>) -> [Strip] {
    var strips = [Strip](
      repeating: Strip(repeating: .zero, count: some.count), count: strips)
    for (place, index) in some.enumerated() {
      for (column, value) in row(index).enumerated() {
        strips[column / 8][place][column % 8] = value
      }
    }
    return strips
  }
}

/// The counts of a few clusters in a few replicates; a strip of the same clusters beside them fits
/// the first cache.
private struct Tile {
  static let replicates = 16
  static let clusters = 128

  /// One row a replicate.
  var counts = [Double](repeating: 0, count: replicates * clusters)

  /// Draws the counts of replicates from `first` on.
  mutating func draw(_ starts: ArraySlice<UInt64>, _ draws: Draws, from first: Int) {
    for replicate in 0..<Tile.replicates {
      var place = replicate * Tile.clusters
      for start in starts {
        counts[place] = Double(draws.count(from: start, in: first + replicate))
        place += 1
      }
    }
  }

  /// Adds the strips, as often as they were drawn: sums strip by strip, replicate by replicate.
  func add(_ strips: [Strip], to sums: inout [SIMD8<Double>]) {
    for (s, strip) in strips.enumerated() {
      for replicate in stride(from: 0, to: Tile.replicates, by: 2) {
        add(strip, replicate, to: &sums, at: s * Tile.replicates + replicate)
      }
    }
  }

  /// Two replicates at once, so that a vector of the strip is loaded once for both.
  private func add(
    _ strip: Strip, _ replicate: Int, to sums: inout [SIMD8<Double>], at place: Int
  ) {
    let strip = strip.span
    let begin = replicate * Tile.clusters
    let a = counts.span.extracting(begin..<begin + strip.count)
    let b = counts.span.extracting(begin + Tile.clusters..<begin + Tile.clusters + strip.count)
    var (sumA, sumB) = (sums[place], sums[place + 1])
    for index in strip.indices {
      sumA += strip[index] * a[index]
      sumB += strip[index] * b[index]
    }
    (sums[place], sums[place + 1]) = (sumA, sumB)
  }
}
