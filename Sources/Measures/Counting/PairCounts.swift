internal import CLanes
internal import Core

/// How often each truth occurs with each prediction, counted by runs of equal pixels.
///
/// Neighbours in a label map are mostly the same, so what costs time is finding where a run ends.
/// Sixty-four pixels at a time are compared with those one further on: where they differ is an end,
/// and only there anything is added.
struct PairCounts {
  /// Truth by prediction. Behind the classes stands *no class*, and in the truth behind that what
  /// does not count.
  private(set) var cells: [Int]
  private let classes: Int
  private var side: Int { classes + 2 }

  init(classes: Int) {
    self.classes = classes
    let (count, _) = (classes + 2).multipliedReportingOverflow(by: classes + 2)
    cells = .init(repeating: 0, count: count)
  }

  /// Where a label's row or column is.
  private func place(_ label: Label) -> Int {
    label == .ignored ? classes + 1 : min(Int(label), classes)
  }

  mutating func add(truth: Label, predicted: Label) {
    cells[place(truth) &* side &+ place(predicted)] &+= 1
  }

  /// For each byte of two maps the row and the column that it means.
  struct Places {
    fileprivate var rows: [Int]
    fileprivate var columns: [Int]
  }

  func places(truth: LabelMap, predicted: LabelMap) -> Places {
    Places(
      rows: truth.meanings.map { place($0) * side }, columns: predicted.meanings.map(place))
  }

  /// Adds the pixels of two pieces of equal length.
  mutating func add(_ truth: Span<UInt8>, _ predicted: Span<UInt8>, by places: Places) {
    precondition(truth.count == predicted.count)
    let count = truth.count
    var (start, index) = (0, 0)
    let (rows, columns) = (places.rows.span, places.columns.span)
    // Once for the piece: an array asks at each change whether it is shared.
    var cells = cells.mutableSpan
    unsafe truth.withUnsafeBufferPointer { t in
      unsafe predicted.withUnsafeBufferPointer { p in
        guard let t = t.baseAddress, let p = p.baseAddress else { return }
        while index &+ 65 <= count {
          var ends = unsafe unmask_ends_of_64(t + index, p + index)
          while ends != 0 {
            let last = index &+ ends.trailingZeroBitCount
            unsafe cells[rows[Int(t[last])] &+ columns[Int(p[last])]] &+= last &+ 1 &- start
            start = last &+ 1
            ends &= ends &- 1
          }
          index &+= 64
        }
      }
    }
    while index < count {
      let isEnd =
        index &+ 1 == count || truth[index] != truth[index &+ 1]
        || predicted[index] != predicted[index &+ 1]
      if isEnd {
        cells[rows[Int(truth[index])] &+ columns[Int(predicted[index])]] &+= index &+ 1 &- start
        start = index &+ 1
      }
      index &+= 1
    }
  }

  /// What a tally takes: counted pixels only.
  func write(into tally: inout Tally) {
    var entries: [Confusion.Entry] = []
    for truth in 0...classes {
      for predicted in 0...classes {
        let count = cells[truth * side + predicted]
        guard count > 0 else { continue }
        entries.append(.init(truth: truth, predicted: predicted, count: count))
        tally.pixels += count
        if truth == classes { tally.unclassed += count }
      }
    }
    tally.confusion = Confusion(entries)
  }
}
