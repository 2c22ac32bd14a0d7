/// A run of pixels with a label, before what is around it is known.
struct LabelledRun {
  var start: UInt32
  var end: UInt32
  var label: Label
}

extension [LabelRuns.Mask] {
  /// The runs of all masks by their starts.
  ///
  /// Each mask's are sorted already, so they are dealt out to as many parts of the image as there are runs, one after the
  /// other, and what is left to sort in a part is a handful. Merging twenty lists would take five comparisons a run, of
  /// which every second is guessed wrong.
  func sortedRuns(pixels: Int) -> [LabelledRun] {
    let count = reduce(0) { $0 + $1.runs.count }
    guard count > 0 else { return [] }
    let bits = Int.bitWidth - pixels.leadingZeroBitCount
    let shift = UInt32(Swift.max(0, bits - (Int.bitWidth - count.leadingZeroBitCount)))
    // Where the runs of each part go, one place further on than they begin.
    var places = [UInt32](repeating: 0, count: (pixels - 1) >> Int(shift) + 2)
    var next = places.mutableSpan
    for mask in self {
      let runs = mask.runs.span
      for index in runs.indices { next[Int(runs[index].start &>> shift) &+ 1] &+= 1 }
    }
    var most: UInt32 = 0
    for part in 1..<next.count {
      most = Swift.max(most, next[part])
      next[part] &+= next[part &- 1]
    }
    return unsafe [LabelledRun](unsafeUninitializedCapacity: count) { sorted, filled in
      for mask in self {
        let runs = mask.runs.span
        for index in runs.indices {
          let run = runs[index]
          let part = Int(run.start &>> shift)
          unsafe sorted[Int(next[part])] = LabelledRun(
            start: run.start, end: run.start &+ run.count, label: mask.label)
          next[part] &+= 1
        }
      }
      filled = count
      // Only masks that overlap have many runs in one part.
      if most > 64 {
        unsafe sorted.sort { $0.start < $1.start }
      } else {
        unsafe sortNearly(sorted)
      }
    }
  }
}

/// Sorts runs that are all near their places: by insertion.
private func sortNearly(_ runs: UnsafeMutableBufferPointer<LabelledRun>) {
  for index in 1..<runs.count where unsafe runs[index].start < runs[index &- 1].start {
    let run = unsafe runs[index]
    var place = index
    repeat {
      unsafe runs[place] = runs[place &- 1]
      place &-= 1
    } while unsafe place > 0 && runs[place &- 1].start > run.start
    unsafe runs[place] = run
  }
}
