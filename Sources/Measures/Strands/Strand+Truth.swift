internal import Core

#if arch(x86_64)
  internal import MeasuresAVX2
#endif

extension Strand {
  /// What the truth of several classes says to pixels.
  struct PixelCounts {
    /// For each class, how many pixels are true for it and for none before it.
    var first: [Int]
    var unclassed = 0
    /// How many are true for several classes.
    var overlapping = 0
  }

  /// Counts the pixels of a run, whose number four divides.
  func pixelCounts(in run: Range<Int>) -> PixelCounts {
    var counts = PixelCounts(first: .init(repeating: 0, count: classes))
    var firsts = [UInt8](repeating: 0, count: (classes + 7) / 8 * 8)
    unsafe withMemory(run) { _, truth in
      for start in stride(from: 0, to: run.count, by: 252) {
        let count = min(252, run.count - start)
        var states = [SIMD4<UInt64>](repeating: .zero, count: count / 4 * 2)
        unsafe states.withUnsafeMutableBytes { states in
          unsafe firsts.withUnsafeMutableBytes { firsts in
            guard let states = states.baseAddress, let firsts = firsts.baseAddress else { return }
            unsafe findFirstsHere(
              truth + start * classes, classes, count, (run.count - start) * classes, states, firsts
            )
          }
        }
        for c in 0..<classes { counts.first[c] += Int(firsts[c]) }
        // Of a pixel that is true for a class all bits are set, so that adding 1 leaves nothing.
        var (none, several) = (SIMD4<UInt64>.zero, SIMD4<UInt64>.zero)
        for index in stride(from: 0, to: states.count, by: 2) {
          none &+= states[index] &+ 1
          several &+= (states[index + 1] | (0 &- states[index + 1])) &>> 63
        }
        counts.unclassed += Int(none.wrappedSum())
        counts.overlapping += Int(several.wrappedSum())
      }
    }
    return counts
  }
}

private func findFirstsHere(
  _ truth: UnsafeRawPointer, _ classes: Int, _ count: Int, _ end: Int,
  _ pixels: UnsafeMutableRawPointer, _ firsts: UnsafeMutableRawPointer
) {
  #if arch(x86_64)
    if usesAVX2 {
      return unsafe MeasuresAVX2.findFirsts(
        truth, classes: classes, count: count, end: end, pixels: pixels, firsts: firsts)
    }
  #endif
  unsafe findFirsts(
    truth, classes: classes, count: count, end: end, pixels: pixels, firsts: firsts)
}
