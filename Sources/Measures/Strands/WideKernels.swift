internal import CLanes

#if arch(x86_64)
  internal import MeasuresAVX2
  internal import MeasuresAVX512
#endif

// Each kernel by the widest vectors of this machine's processor.

private let vectorBytes = unmask_vector_bytes()

func addCountsHere(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, _ vectors: Int, _ count: Int,
  above limit: Float, into counts: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe MeasuresAVX512.addCounts(
        values, truth, vectors: vectors, count: count, above: limit, into: counts)
    }
    if vectorBytes == 32 {
      return unsafe MeasuresAVX2.addCounts(
        values, truth, vectors: vectors, count: count, above: limit, into: counts)
    }
  #endif
  unsafe addCounts(values, truth, vectors: vectors, count: count, above: limit, into: counts)
}

func addSumsHere(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, _ vectors: Int, _ count: Int,
  into sums: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe MeasuresAVX512.addSums(
        values, truth, vectors: vectors, count: count, into: sums)
    }
    if vectorBytes == 32 {
      return unsafe MeasuresAVX2.addSums(values, truth, vectors: vectors, count: count, into: sums)
    }
  #endif
  unsafe addSums(values, truth, vectors: vectors, count: count, into: sums)
}

func addLogarithmsHere(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, _ vectors: Int, _ count: Int,
  clipped clip: ProductClip, into losses: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe MeasuresAVX512.addLogarithms(
        values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
        leastComplement: clip.leastComplement, into: losses)
    }
    if vectorBytes == 32 {
      return unsafe MeasuresAVX2.addLogarithms(
        values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
        leastComplement: clip.leastComplement, into: losses)
    }
  #endif
  unsafe addLogarithms(
    values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
    leastComplement: clip.leastComplement, into: losses)
}
