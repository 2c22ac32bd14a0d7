internal import Core

/// What `addCounts` counts: the class's own pixels, those above the threshold, and those that are
/// both; and the least and the greatest of the probabilities' bits, as integers.
enum StrandCount: Int, CaseIterable { case own, above, ownAbove, least, greatest }

/// What `addSums` adds up: Σp, Σpt, Σp² and Σp²t.
enum StrandSum: Int, CaseIterable { case predicted, both, squared, bothSquared }

/// What `multiply` multiplies: p of the class's own pixels, 1 − p of the others.
enum StrandProduct: Int, CaseIterable {
  case own, other

  /// The vectors that one loss has, of a strand of so many classes.
  static func vectors(of classes: Int) -> Int { allCases.count * classes }
}

/// What was added up of a strand's pixels.
struct StrandTotals {
  private let classes: Int
  private var counts: [SIMD8<Int32>]
  private var sums: [Lanes]
  /// One after the other for each loss.
  private var losses: [Lanes]

  /// Adds up a run of pixels whose number eight divides.
  ///
  /// - Parameter hasSums: whether soft overlaps are wanted.
  init(
    _ strand: Strand, _ run: Range<Int>, clips: [ProductClip], above limit: Float, hasSums: Bool
  ) {
    let vectors = strand.classes
    var counts = [SIMD8<Int32>](repeating: .zero, count: StrandCount.allCases.count * vectors)
    for vector in 0..<vectors {
      counts[StrandCount.least.rawValue * vectors + vector] = .init(repeating: .max)
    }
    var sums = [Lanes](repeating: .zero, count: hasSums ? StrandSum.allCases.count * vectors : 0)
    let size = StrandProduct.vectors(of: vectors) * clips.count
    var products = [Lanes](repeating: .one, count: size)
    var powers = [SIMD8<Int64>](repeating: .zero, count: size)
    unsafe counts.withUnsafeMutableBytes { counts in
      unsafe sums.withUnsafeMutableBytes { sums in
        unsafe products.withUnsafeMutableBytes { products in
          unsafe powers.withUnsafeMutableBytes { powers in
            let room = unsafe StrandRoom(
              counts: counts.baseAddress, sums: hasSums ? sums.baseAddress : nil,
              products: products.baseAddress, powers: powers.baseAddress)
            unsafe room.add(strand, run, clips: clips, above: limit)
          }
        }
      }
    }
    classes = vectors
    self.counts = counts
    self.sums = sums
    losses = products
  }

  /// Whether all probabilities are in 0…1; false where there is a −0.
  var areInRange: Bool { least >= 0 && greatest <= StrandTotals.one }

  /// Whether a probability is 0 or 1.
  var areSaturated: Bool { least == 0 || greatest == StrandTotals.one }

  func count(_ count: StrandCount, _ c: Int) -> Int {
    Int(lanes(of: c, in: counts, count.rawValue).wrappedSum())
  }

  func sum(_ sum: StrandSum, _ c: Int) -> Double {
    lanes(of: c, in: sums, sum.rawValue).total
  }

  /// The sum of the negative logarithms.
  func loss(_ index: Int, _ part: StrandProduct, _ c: Int) -> Double {
    lanes(of: c, in: losses, index * StrandProduct.allCases.count + part.rawValue).total
  }

  private static let one = Int32(bitPattern: (1 as Float).bitPattern)

  private var least: Int32 { vectors(of: .least).reduce(.max) { min($0, $1.min()) } }
  private var greatest: Int32 { vectors(of: .greatest).reduce(.min) { max($0, $1.max()) } }

  private func vectors(of count: StrandCount) -> ArraySlice<SIMD8<Int32>> {
    counts[count.rawValue * classes..<(count.rawValue + 1) * classes]
  }

  /// One class's lanes of a sum, by pixels of eight: value `pixel · classes + c` of a period.
  private func lanes<Scalar>(
    of c: Int, in vectors: [SIMD8<Scalar>], _ sum: Int
  ) -> SIMD8<Scalar> {
    var lanes = vectors[sum * classes]
    for pixel in 0..<8 {
      let value = pixel &* classes &+ c
      lanes[pixel] = vectors[sum &* classes &+ value &>> 3][value & 7]
    }
    return lanes
  }
}

/// Where the kernels add up; sums that are not wanted take no room.
@unsafe
private struct StrandRoom {
  let counts, sums, products, powers: UnsafeMutableRawPointer?

  /// Adds up a run of pixels, and takes the logarithms of the products.
  ///
  /// A few KB at a time, so that what one kernel read is still near when the next wants it; a
  /// product of 32 periods is also as long as it may be.
  func add(_ strand: Strand, _ run: Range<Int>, clips: [ProductClip], above limit: Float) {
    let vectors = strand.classes
    unsafe strand.withMemory(run) { values, truth in
      let periods = run.count / 8
      for first in stride(from: 0, to: periods, by: 32) {
        let count = min(32, periods - first)
        let values = unsafe values + first * vectors * 8 * MemoryLayout<Float>.size
        let truth = unsafe truth + first * vectors * 8
        if let counts = unsafe counts {
          unsafe addCountsHere(values, truth, vectors, count, above: limit, into: counts)
        }
        if let sums = unsafe sums {
          unsafe addSumsHere(values, truth, vectors, count, into: sums)
        }
        if let products = unsafe products, let powers = unsafe powers {
          for (index, clip) in clips.enumerated() {
            let place = index * StrandProduct.vectors(of: vectors) * MemoryLayout<Lanes>.stride
            unsafe multiplyHere(
              values, truth, vectors, count, clipped: clip, into: products + place,
              powers + place)
          }
        }
      }
    }
    if let products = unsafe products, let powers = unsafe powers {
      unsafe takeLogarithmsHere(
        products, powers, count: StrandProduct.vectors(of: vectors) * clips.count)
    }
  }
}
