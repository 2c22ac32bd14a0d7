#if arch(x86_64)
  internal import CLanes
  internal import CountingAVX2
  internal import CountingAVX512
#endif

// Each kernel by the widest vectors of this machine's processor.

#if arch(x86_64)
  private let vectorBytes = unmask_vector_bytes()
#endif

func addCountsHere(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, _ vectors: Int, _ count: Int,
  above limit: Float, into counts: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.addCounts(
        values, truth, vectors: vectors, count: count, above: limit, into: counts)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.addCounts(
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
      return unsafe CountingAVX512.addSums(
        values, truth, vectors: vectors, count: count, into: sums)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.addSums(values, truth, vectors: vectors, count: count, into: sums)
    }
  #endif
  unsafe addSums(values, truth, vectors: vectors, count: count, into: sums)
}

func multiplyHere(
  _ values: UnsafeRawPointer, _ truth: UnsafeRawPointer, _ vectors: Int, _ count: Int,
  clipped clip: ProductClip, into products: UnsafeMutableRawPointer,
  _ powers: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.multiply(
        values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
        leastComplement: clip.leastComplement, into: products, powers)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.multiply(
        values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
        leastComplement: clip.leastComplement, into: products, powers)
    }
  #endif
  unsafe multiply(
    values, truth, vectors: vectors, count: count, low: clip.low, high: clip.high,
    leastComplement: clip.leastComplement, into: products, powers)
}

func takeLogarithmsHere(
  _ products: UnsafeMutableRawPointer, _ powers: UnsafeRawPointer, count: Int
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.takeLogarithms(products, powers, count: count)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.takeLogarithms(products, powers, count: count)
    }
  #endif
  unsafe takeLogarithms(products, powers, count: count)
}

func findEndsHere(
  _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, count: Int, into ends: UnsafeMutableRawPointer
) -> Int {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.findEnds(a, b, count: count, into: ends)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.findEnds(a, b, count: count, into: ends)
    }
  #endif
  return unsafe findEnds(a, b, count: count, into: ends)
}

func addSeenHere(
  _ mask: UnsafeRawPointer, count: Int, once: UnsafeMutableRawPointer,
  twice: UnsafeMutableRawPointer
) -> (first: Int, second: Int) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.addSeen(mask, count: count, once: once, twice: twice)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.addSeen(mask, count: count, once: once, twice: twice)
    }
  #endif
  return unsafe addSeen(mask, count: count, once: once, twice: twice)
}

func sumDigitsHere(
  _ counts: UnsafeRawPointer, _ low: UnsafeRawPointer, _ high: UnsafeRawPointer, count: Int
) -> (low: UInt64, high: UInt64) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.sumDigits(counts, low, high, count: count)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.sumDigits(counts, low, high, count: count)
    }
  #endif
  return unsafe sumDigits(counts, low, high, count: count)
}

func findSetHere(
  _ bytes: UnsafeRawPointer, count: Int, into bits: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.findSet(bytes, count: count, into: bits)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.findSet(bytes, count: count, into: bits)
    }
  #endif
  unsafe findSet(bytes, count: count, into: bits)
}

func countPatternsHere(
  _ bits: UnsafeRawPointer, count: Int, size: Int, into tables: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if vectorBytes == 64 {
      return unsafe CountingAVX512.countPatterns(bits, count: count, size: size, into: tables)
    }
    if vectorBytes == 32 {
      return unsafe CountingAVX2.countPatterns(bits, count: count, size: size, into: tables)
    }
  #endif
  unsafe countPatterns(bits, count: count, size: size, into: tables)
}
