internal import CLanes
internal import Core

#if arch(x86_64)
  internal import MeasuresAVX2
#endif

/// What was added up of a strand's pixels, lane by lane.
struct StrandTotals {
  private let classes: Int
  private var sums: [StrandSums]
  /// One after the other for each loss.
  private var losses: [StrandLoss]

  /// Adds up a run of pixels whose number eight divides.
  ///
  /// A few KB at a time, so that what one kernel read is still near when the next wants it; 32
  /// periods are also what one logarithm is taken of.
  init(_ strand: Strand, _ run: Range<Int>, clips: [ProductClip], above limit: Float) {
    classes = strand.classes
    var sums = [StrandSums](
      repeating: (.zero, .zero, .zero, .zero, .zero, .zero, .init(repeating: 1), .zero),
      count: classes)
    var losses = [StrandLoss](repeating: (.zero, .zero), count: classes * clips.count)
    let vectors = strand.classes
    unsafe sums.withUnsafeMutableBytes { sums in
      unsafe losses.withUnsafeMutableBytes { losses in
        guard let sums = sums.baseAddress else { return }
        unsafe strand.withMemory(run) { values, truth in
          let periods = run.count / 8
          for first in stride(from: 0, to: periods, by: 32) {
            let count = min(32, periods - first)
            let values = unsafe values + first * vectors * 8 * MemoryLayout<Float>.size
            let truth = unsafe truth + first * vectors * 8
            for (index, clip) in clips.enumerated() {
              guard let losses = losses.baseAddress else { break }
              unsafe addLogarithmsHere(
                values, truth, vectors, count, clip,
                losses + index * vectors * MemoryLayout<StrandLoss>.stride)
            }
            unsafe addSumsHere(values, truth, vectors, count, limit, sums)
          }
        }
      }
    }
    self.sums = sums
    self.losses = losses
  }

  /// Whether all probabilities are in 0…1.
  ///
  /// Least and greatest pass over a NaN, but a sum does not.
  var areInRange: Bool {
    sums.allSatisfy {
      $0.least.min() >= 0 && $0.greatest.max() <= 1 && !$0.predicted.total.isNaN
    }
  }

  /// Whether a probability is 0 or 1.
  var areSaturated: Bool {
    sums.contains { $0.least.min() <= 0 || $0.greatest.max() >= 1 }
  }

  func own(_ c: Int) -> Int { Int(lanes(c) { sums[$0].own }.wrappedSum()) }
  func above(_ c: Int) -> Int { Int(lanes(c) { sums[$0].above }.wrappedSum()) }
  func ownAbove(_ c: Int) -> Int { Int(lanes(c) { sums[$0].ownAbove }.wrappedSum()) }
  func predicted(_ c: Int) -> Double { lanes(c) { sums[$0].predicted }.total }
  func both(_ c: Int) -> Double { lanes(c) { sums[$0].both }.total }
  func squared(_ c: Int) -> Double { lanes(c) { sums[$0].squared }.total }

  func loss(_ index: Int, _ c: Int) -> (own: Double, other: Double) {
    (
      lanes(c) { losses[index * classes + $0].own }.total,
      lanes(c) { losses[index * classes + $0].other }.total
    )
  }

  /// One class's lanes, by pixels of eight: value `pixel · classes + c` of a period.
  private func lanes<Scalar>(_ c: Int, _ vector: (Int) -> SIMD8<Scalar>) -> SIMD8<Scalar> {
    var lanes = vector(0)
    for pixel in 0..<8 {
      let value = pixel * classes + c
      lanes[pixel] = vector(value / 8)[value % 8]
    }
    return lanes
  }
}

#if arch(x86_64)
  let usesAVX2 = unmask_uses_avx2()
#endif

private func addSumsHere(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, _ vectors: Int, _ count: Int,
  _ limit: Float, _ sums: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if usesAVX2 {
      return unsafe MeasuresAVX2.addSums(
        values, truth, vectors: vectors, count: count, above: limit, into: sums)
    }
  #endif
  unsafe addSums(values, truth, vectors: vectors, count: count, above: limit, into: sums)
}

private func addLogarithmsHere(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, _ vectors: Int, _ count: Int,
  _ clip: ProductClip, _ losses: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if usesAVX2 {
      return unsafe MeasuresAVX2.addLogarithms(
        values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
        leastComplement: clip.leastComplement, into: losses)
    }
  #endif
  unsafe addLogarithms(
    values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
    leastComplement: clip.leastComplement, into: losses)
}
