internal import Raster

extension PairCounts {
  /// Adds an image of which both sides are runs: the two lists are gone through together, from end to end.
  mutating func add(_ truth: LabelRuns, _ predicted: LabelRuns) {
    precondition(truth.pixels == predicted.pixels)
    let steps = Steps(
      truth: steps(of: truth, times: side), predicted: steps(of: predicted, times: 1))
    let half = UInt32(truth.pixels / 2)
    var first = Walk(from: 0, to: half, steps)
    var second = Walk(from: half, to: UInt32(truth.pixels), steps)
    guard few == nil else {
      while let (cell, count) = first.next(steps) ?? second.next(steps) { add(count, at: cell) }
      return
    }
    var cells = cells.mutableSpan
    // Each step waits for the one before; those of two halves do not wait for each other.
    while !first.isAtEnd, !second.isAtEnd {
      let (one, other) = (first.step(steps), second.step(steps))
      cells[one.cell] &+= one.count
      cells[other.cell] &+= other.count
    }
    while let (cell, count) = first.next(steps) ?? second.next(steps) { cells[cell] &+= count }
  }

  private func steps(of runs: LabelRuns, times factor: Int) -> [Step] {
    // Label's own are a call away.
    let (none, ignored, factor) = (UInt32(classes), Label.ignored, UInt32(factor))
    return runs.pieces.map { piece in
      let place = min(UInt32(piece.label), none) &+ (piece.label == ignored ? 1 : 0)
      return Step(end: piece.end, cell: place &* factor)
    }
  }
}

/// A run and the part of its pair's cell that its label says.
private struct Step {
  var end: UInt32
  var cell: UInt32
}

/// Both lists.
private struct Steps {
  var truth: [Step]
  var predicted: [Step]
}

/// Where a walk along both lists is.
private struct Walk {
  private var row: Int
  private var column: Int
  private var start: UInt32
  private let end: UInt32

  init(from start: UInt32, to end: UInt32, _ steps: Steps) {
    self.start = start
    self.end = end
    row = steps.truth.first(behind: start)
    column = steps.predicted.first(behind: start)
  }

  var isAtEnd: Bool { start == end }

  /// The next pixels that are alike on both sides.
  @inline(__always)
  mutating func step(_ steps: Steps) -> (cell: Int, count: Int) {
    let (t, p) = (steps.truth[row], steps.predicted[column])
    let next = min(t.end, p.end, end)
    let count = Int(next &- start)
    start = next
    row &+= t.end == next ? 1 : 0
    column &+= p.end == next ? 1 : 0
    return (Int(t.cell &+ p.cell), count)
  }

  mutating func next(_ steps: Steps) -> (cell: Int, count: Int)? {
    isAtEnd ? nil : step(steps)
  }
}

extension [Step] {
  /// Which one the pixel is in.
  fileprivate func first(behind pixel: UInt32) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].end > pixel { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
