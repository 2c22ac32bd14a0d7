/// A run and the mask that it is of.
struct MaskRun {
  var start: UInt32
  var end: UInt32
  /// Its place in the list.
  var mask: UInt32
}

extension [LabelRuns.Mask] {
  /// The runs of all masks by their starts.
  ///
  /// Sorted by the digits of the start, the lowest first: of an image of two million pixels that is twice a pass
  /// without a comparison, where a merge of twenty lists has five comparisons a run that cannot be predicted.
  func sortedRuns(pixels: Int) -> [MaskRun] {
    let count = reduce(0) { $0 + $1.runs.count }
    let bits = Swift.max(1, Int.bitWidth - pixels.leadingZeroBitCount)
    let passes = (bits + 10) / 11
    let digit = (bits + passes - 1) / passes
    var runs: [MaskRun] = []
    runs.reserveCapacity(count)
    for (index, mask) in enumerated() {
      for run in mask.runs {
        runs.append(
          MaskRun(start: run.start, end: run.start &+ run.count, mask: UInt32(index)))
      }
    }
    guard self.count > 1 else { return runs }
    var other = [MaskRun](repeating: MaskRun(start: 0, end: 0, mask: 0), count: count)
    for pass in 0..<passes {
      runs.sort(byBits: pass * digit, digit, into: &other)
      swap(&runs, &other)
    }
    return runs
  }
}

extension [MaskRun] {
  /// Copies them to `target` in the order of some bits of their starts; equal ones stay in their order.
  fileprivate func sort(byBits low: Int, _ digit: Int, into target: inout [MaskRun]) {
    let mask = UInt32(1) << UInt32(digit) - 1
    let shift = UInt32(low)
    var places = [Int](repeating: 0, count: 1 << digit)
    let runs = span
    var next = places.mutableSpan
    for index in runs.indices { next[Int(runs[index].start >> shift & mask)] += 1 }
    var sum = 0
    for value in next.indices {
      let count = next[value]
      next[value] = sum
      sum += count
    }
    var sorted = target.mutableSpan
    for index in runs.indices {
      let run = runs[index]
      let value = Int(run.start >> shift & mask)
      sorted[next[value]] = run
      next[value] += 1
    }
  }
}
