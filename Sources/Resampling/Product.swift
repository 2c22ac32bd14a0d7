internal import Synchronization
internal import Threads

#if arch(x86_64)
  internal import CLanes
  internal import ResamplingAVX2
  internal import ResamplingAVX512
#endif

/// Counts × statistics: the sums of every column in every replicate, replicate after replicate.
///
/// Each number is added cluster by cluster in their order, whichever thread does it, so `jobs`
/// cannot change a bit. Neither counts nor statistics are ever held as a whole: a thread takes the
/// columns of a few clusters at a time, and draws their counts for its own replicates.
func product(
  _ draws: Draws, _ clusters: Clusters, replicates: Int, jobs: Int
) -> [Double] {
  // Eight are drawn at once.
  let starts = clusters.names.map(draws.start) + [UInt64](repeating: 0, count: 7)
  let count = clusters.names.count
  let parts = (replicates + Tile.replicates - 1) / Tile.replicates
  let columns = clusters.columns
  // Waking a thread takes as long as a hundred thousand draws.
  let isSmall = count <= 100_000 / max(1, replicates)
  let threads = isSmall ? 1 : max(1, min(jobs, parts))
  let product = Mutex([Double](repeating: 0, count: replicates * columns))
  concurrently(iterations: threads) { thread in
    let own = (thread * parts / threads)..<((thread + 1) * parts / threads)
    var sums = own.map { _ in
      [SIMD8<Double>](repeating: .zero, count: clusters.strips * Tile.replicates)
    }
    var tile = Tile()
    for first in stride(from: 0, to: count, by: Tile.clusters) {
      let some = first..<min(first + Tile.clusters, count)
      let strips = clusters.strips(of: some)
      for (index, part) in own.enumerated() {
        tile.draw(starts.span.extracting(some.lowerBound..<some.upperBound + 7), draws, part)
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
  private var counts = [Double](repeating: 0, count: replicates * clusters)

  /// Draws the counts of a part of the replicates.
  ///
  /// - Parameter starts: of the clusters, and seven more.
  mutating func draw(_ starts: Span<UInt64>, _ draws: Draws, _ part: Int) {
    let vectors = starts.count / 8
    for replicate in 0..<Tile.replicates {
      let number = part * Tile.replicates + replicate
      let row = replicate * Tile.clusters
      #if arch(x86_64)
        if vectorBytes > 16 {
          drawEightAtOnce(starts, vectors * 8, draws, number, row)
          continue
        }
      #endif
      for cluster in 0..<vectors * 8 {
        counts[row + cluster] = Double(draws.count(from: starts[cluster], in: number))
      }
    }
  }

  #if arch(x86_64)
    private mutating func drawEightAtOnce(
      _ starts: Span<UInt64>, _ count: Int, _ draws: Draws, _ replicate: Int, _ row: Int
    ) {
      let distance = draws.distance(of: replicate)
      unsafe starts.withUnsafeBytes { starts in
        unsafe draws.poisson.bounds.withUnsafeBytes { bounds in
          unsafe counts.withUnsafeMutableBytes { counts in
            guard let starts = starts.baseAddress, let bounds = bounds.baseAddress,
              let counts = counts.baseAddress
            else { return }
            let place = unsafe counts + row * MemoryLayout<Double>.stride
            if vectorBytes == 64 {
              unsafe ResamplingAVX512.drawCounts(
                starts, count: count, distance: distance, bounds: bounds, into: place)
            } else {
              unsafe ResamplingAVX2.drawCounts(
                starts, count: count, distance: distance, bounds: bounds, into: place)
            }
          }
        }
      }
    }
  #endif

  /// Adds the strips, as often as they were drawn: sums strip by strip, replicate by replicate.
  func add(_ strips: [Strip], to sums: inout [SIMD8<Double>]) {
    unsafe sums.withUnsafeMutableBytes { sums in
      unsafe counts.withUnsafeBytes { counts in
        for (index, strip) in strips.enumerated() {
          unsafe strip.withUnsafeBytes { vectors in
            guard let vectors = vectors.baseAddress, let counts = counts.baseAddress,
              let sums = sums.baseAddress
            else { return }
            unsafe addStripHere(
              vectors, strip.count, counts,
              sums + index * Tile.replicates * MemoryLayout<SIMD8<Double>>.stride)
          }
        }
      }
    }
  }

  private func addStripHere(
    _ strip: UnsafeRawPointer, _ count: Int, _ counts: UnsafeRawPointer,
    _ sums: UnsafeMutableRawPointer
  ) {
    #if arch(x86_64)
      if vectorBytes == 64 {
        return unsafe ResamplingAVX512.addStrip(
          strip, count: count, counts: counts, stride: Tile.clusters, to: sums)
      }
      if vectorBytes == 32 {
        return unsafe ResamplingAVX2.addStrip(
          strip, count: count, counts: counts, stride: Tile.clusters, to: sums)
      }
    #endif
    unsafe addStrip(strip, count: count, counts: counts, stride: Tile.clusters, to: sums)
  }
}

#if arch(x86_64)
  /// Of this machine's processor.
  private let vectorBytes = unmask_vector_bytes()
#endif
