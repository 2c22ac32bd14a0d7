internal import Dispatch
internal import Synchronization

/// Counts × statistics: the sums of every column in every replicate, replicate after replicate.
///
/// Each number is added cluster by cluster in their order, whichever thread does it, so `jobs`
/// cannot change a bit. The counts are never held as a whole: a thread draws those of a few
/// replicates and clusters, uses them for all columns, and forgets them.
func product(
  _ draws: Draws, _ clusters: Clusters, replicates: Int, jobs: Int
) -> [Double] {
  let starts = clusters.names.map(draws.start)
  let strips = clusters.strips
  let parts = (replicates + Tile.replicates - 1) / Tile.replicates
  let columns = clusters.columns
  let product = Mutex([Double](repeating: 0, count: replicates * columns))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, parts))) { _ in
    var tile = Tile()
    while true {
      let part = next.add(1, ordering: .relaxed).oldValue
      guard part < parts else { return }
      let first = part * Tile.replicates
      let sums = tile.sums(of: strips, starts: starts, draws, from: first)
      product.withLock { product in
        for replicate in first..<min(first + Tile.replicates, replicates) {
          for column in 0..<columns {
            let lanes = sums[column / 8 * Tile.replicates + replicate - first]
            product[replicate * columns + column] = lanes[column % 8]
          }
        }
      }
    }
  }
  return product.withLock { $0 }
}

/// Eight columns side by side, one vector a cluster.
typealias Strip = [SIMD8<Double>]

extension Clusters {
  /// All columns; the last strip is filled up with zeros.
  var strips: [Strip] {
    stride(from: 0, to: columns, by: 8).map { first in
      names.indices.map { index in
        var lanes = SIMD8<Double>.zero
        for (lane, value) in row(index).dropFirst(first).prefix(8).enumerated() {
          lanes[lane] = value
        }
        return lanes
      }
    }
  }
}

/// The counts of a few clusters in a few replicates; a strip of the same clusters beside them fits
/// the first cache.
private struct Tile {
  static let replicates = 16
  static let clusters = 128

  /// One row a replicate.
  var counts = [Double](repeating: 0, count: replicates * clusters)

  /// The sums of each strip in the replicates that begin with `first`.
  mutating func sums(
    of strips: [Strip], starts: [UInt64], _ draws: Draws, from first: Int
  ) -> [SIMD8<Double>] {
    var sums = [SIMD8<Double>](repeating: .zero, count: strips.count * Tile.replicates)
    for begin in stride(from: 0, to: starts.count, by: Tile.clusters) {
      let clusters = begin..<min(begin + Tile.clusters, starts.count)
      draw(clusters, starts, draws, from: first)
      for (s, strip) in strips.enumerated() {
        for replicate in stride(from: 0, to: Tile.replicates, by: 2) {
          add(strip, clusters, replicate, to: &sums, at: s * Tile.replicates + replicate)
        }
      }
    }
    return sums
  }

  private mutating func draw(
    _ clusters: Range<Int>, _ starts: [UInt64], _ draws: Draws, from first: Int
  ) {
    for replicate in 0..<Tile.replicates {
      let row = replicate * Tile.clusters
      for cluster in clusters {
        let count = draws.count(from: starts[cluster], in: first + replicate)
        counts[row + cluster - clusters.lowerBound] = Double(count)
      }
    }
  }

  /// Two replicates at once, so that a vector of the strip is loaded once for both.
  private func add(
    _ strip: Strip, _ clusters: Range<Int>, _ replicate: Int, to sums: inout [SIMD8<Double>],
    at place: Int
  ) {
    let strip = strip.span.extracting(clusters)
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
