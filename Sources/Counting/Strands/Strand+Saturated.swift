internal import Core

extension Strand {
  /// How many probabilities of each class are exactly 0 or 1.
  func saturated(in run: Range<Int>) -> [SaturatedCounts] {
    var counts = [SaturatedCounts](repeating: .zero, count: classes)
    unsafe withMemory(run) { values, truth in
      for index in 0..<(run.count * classes) {
        let p = unsafe values.loadUnaligned(fromByteOffset: index &* 4, as: Float.self)
        guard p == 0 || p == 1 else { continue }
        let isOwn = unsafe truth.load(fromByteOffset: index, as: UInt8.self) != 0
        switch (isOwn, p == 1) {
        case (true, false): counts[index % classes].ownAtZero += 1
        case (true, true): counts[index % classes].ownAtOne += 1
        case (false, false): counts[index % classes].otherAtZero += 1
        case (false, true): counts[index % classes].otherAtOne += 1
        }
      }
    }
    return counts
  }
}
