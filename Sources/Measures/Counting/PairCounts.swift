internal import Core

/// How often each truth occurs with each prediction, counted by runs of equal pixels.
///
/// Neighbours in a label map are mostly the same, so what costs time is finding where a run ends.
/// Eight pixels at a time are compared with those one further on: a byte of the difference that is
/// not 0 is an end, and only there anything is added.
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
    let (t, p) = unsafe (truth.bytes, predicted.bytes)
    let (rows, columns) = (places.rows.span, places.columns.span)
    // Once for the piece: an array asks at each change whether it is shared.
    var cells = cells.mutableSpan
    while index + 33 <= count {
      // Most often nothing changes within 32 pixels.
      let ends = (
        PairCounts.ends(t, p, index), PairCounts.ends(t, p, index &+ 8),
        PairCounts.ends(t, p, index &+ 16), PairCounts.ends(t, p, index &+ 24)
      )
      if ends.0 | ends.1 | ends.2 | ends.3 != 0 {
        PairCounts.add(ends.0, from: index, &start, truth, predicted, rows, columns, &cells)
        PairCounts.add(ends.1, from: index &+ 8, &start, truth, predicted, rows, columns, &cells)
        PairCounts.add(ends.2, from: index &+ 16, &start, truth, predicted, rows, columns, &cells)
        PairCounts.add(ends.3, from: index &+ 24, &start, truth, predicted, rows, columns, &cells)
      }
      index &+= 32
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

  /// Not 0 in the bytes of those of eight pixels that end a run.
  @inline(__always)
  private static func ends(_ t: RawSpan, _ p: RawSpan, _ index: Int) -> UInt64 {
    (word(t, index) ^ word(t, index &+ 1)) | (word(p, index) ^ word(p, index &+ 1))
  }

  @inline(__always)
  private static func word(_ bytes: RawSpan, _ index: Int) -> UInt64 {
    // The first pixel is the lowest byte on any machine.
    UInt64(
      littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  @inline(__always)
  private static func add(
    _ ends: UInt64, from first: Int, _ start: inout Int, _ truth: Span<UInt8>,
    _ predicted: Span<UInt8>, _ rows: Span<Int>, _ columns: Span<Int>,
    _ cells: inout MutableSpan<Int>
  ) {
    var ends = ends
    while ends != 0 {
      let bit = ends.trailingZeroBitCount & ~7
      let last = first &+ bit / 8
      cells[rows[Int(truth[last])] &+ columns[Int(predicted[last])]] &+= last &+ 1 &- start
      start = last &+ 1
      // Everything up to the end of that byte.
      ends &= (~0 &<< UInt64(bit)) &<< 8
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
