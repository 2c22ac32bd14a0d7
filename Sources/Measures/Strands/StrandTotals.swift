internal import Core

/// What `addCounts` counts: the class's own pixels, those above the threshold, and those that are
/// both; and the least and the greatest of the probabilities' bits, as integers.
enum StrandCount: Int, CaseIterable { case own, above, ownAbove, least, greatest }

/// What `addSums` adds up: Σp, Σpt and Σp².
enum StrandSum: Int, CaseIterable { case predicted, both, squared }

/// What `multiply` multiplies: p of the class's own pixels, 1 − p of the others.
enum StrandProduct: Int, CaseIterable { case own, other }

/// What was added up of a strand's pixels.
struct StrandTotals {
  private let classes: Int
  private var counts: [SIMD8<Int32>]
  private var sums: [Lanes]
  /// One after the other for each loss.
  private var products: [Lanes]
  private var powers: [SIMD8<Int64>]

  /// Adds up a run of pixels whose number eight divides.
  ///
  /// A few KB at a time, so that what one kernel read is still near when the next wants it; a
  /// product of 32 periods is also as long as it may be.
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
    let size = StrandProduct.allCases.count * vectors
    var products = [Lanes](repeating: .one, count: size * clips.count)
    var powers = [SIMD8<Int64>](repeating: .zero, count: size * clips.count)
    unsafe strand.withMemory(run) { values, truth in
      let periods = run.count / 8
      for first in stride(from: 0, to: periods, by: 32) {
        let count = min(32, periods - first)
        let values = unsafe values + first * vectors * 8 * MemoryLayout<Float>.size
        let truth = unsafe truth + first * vectors * 8
        unsafe counts.withUnsafeMutableBytes { counts in
          guard let counts = counts.baseAddress else { return }
          unsafe addCountsHere(values, truth, vectors, count, above: limit, into: counts)
        }
        unsafe sums.withUnsafeMutableBytes { sums in
          guard hasSums, let sums = sums.baseAddress else { return }
          unsafe addSumsHere(values, truth, vectors, count, into: sums)
        }
        unsafe products.withUnsafeMutableBytes { products in
          unsafe powers.withUnsafeMutableBytes { powers in
            guard let products = products.baseAddress, let powers = powers.baseAddress
            else { return }
            for (index, clip) in clips.enumerated() {
              let place = index * size * MemoryLayout<Lanes>.stride
              unsafe multiplyHere(
                values, truth, vectors, count, clipped: clip, into: products + place,
                powers + place)
            }
          }
        }
      }
    }
    classes = vectors
    self.counts = counts
    self.sums = sums
    self.products = products
    self.powers = powers
  }

  /// Whether all probabilities are in 0…1; of −0 it does not know.
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
    let place = index * StrandProduct.allCases.count + part.rawValue
    let logarithms = log(
      lanes(of: c, in: products, place), timesTwoTo: lanes(of: c, in: powers, place))
    return (0 - logarithms).total
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
